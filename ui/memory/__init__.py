"""The pages on hidden states, gates, back-propagation, gradients, clipping and variants, a folder each."""
