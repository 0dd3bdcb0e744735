"""The forward and the backward pass: unrolling, back-propagation through time, layers, padded batches."""
