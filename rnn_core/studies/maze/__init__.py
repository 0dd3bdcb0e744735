"""Reinforcement learning with and without a memory: a corridor with a signal at its start."""
