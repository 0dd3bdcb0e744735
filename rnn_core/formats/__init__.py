"""Parameters, traces and networks as files, in PyTorch, and as programs in other frameworks."""
