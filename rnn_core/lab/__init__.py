"""The training lab: its tasks and networks, comparisons of runs, experiments and their recorded runs."""
