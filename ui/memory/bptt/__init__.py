"""The page on back-propagation through time."""
