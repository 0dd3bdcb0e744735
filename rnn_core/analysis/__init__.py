"""What can be measured on a run: Jacobians through time, norms and bounds, memory, fixed points, clipping, descent."""
