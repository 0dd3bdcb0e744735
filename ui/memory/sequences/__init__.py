"""What the pages on memory share: the sequence, the network, and its cached runs."""
