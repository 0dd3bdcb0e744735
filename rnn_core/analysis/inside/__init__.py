"""Looking into a trained network: what its units know, what it looks back at, which states cause its answer, and its dynamics."""
