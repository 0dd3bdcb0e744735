"""The mistakes that `python -m benchmarks mutations` makes in a copy of the core."""
