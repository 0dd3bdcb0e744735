"""The ready-made networks of the pages on memory and gradients, and of Home."""
