"""One network in NumPy, PyTorch and Keras: complete programs that print the same numbers, and where the libraries differ."""
