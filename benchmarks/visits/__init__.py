"""Visitors of a running server, for `python -m benchmarks load` and `visitors`: many without a browser, and a few in Chromium."""
