"""Measurements of a run: Jacobians through time, norms and bounds, memory, fixed points, clipping, gradient descent."""
