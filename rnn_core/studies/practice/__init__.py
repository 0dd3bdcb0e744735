"""Exercises and worksheets: their numbers, their answers, and the mistakes behind wrong answers. All are computed by the core."""
