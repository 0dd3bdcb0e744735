"""The page on vanishing and exploding gradients."""
