"""Training as a pure function. Only `problem` and `train` import torch, and they run in worker processes."""
