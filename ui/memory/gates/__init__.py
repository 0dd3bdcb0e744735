"""The page on gates over time."""
