"""Training on behalf of visitors: worker processes and their queue, runs, and the buttons that start and pause them."""
