"""Which cells keep track of a state, and which recall: small networks trained on short sequences and tested on longer ones."""
