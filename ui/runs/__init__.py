"""Training on behalf of visitors: worker processes, queues, runs, and the buttons that start and stop them."""
