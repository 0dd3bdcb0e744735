"""The page on the history of recurrent networks."""
