"""The common parts of the pages on memory: the sequence, the network, and its cached runs."""
