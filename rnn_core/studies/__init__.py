"""The networks and runs of the pages on memory and gradients, and of Home."""
