"""The page on hidden states over time."""
