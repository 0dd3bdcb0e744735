"""The page on clipping and the cliff."""
