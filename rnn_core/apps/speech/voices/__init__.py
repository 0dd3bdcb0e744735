"""The voices of the data: which part of the split each belongs to, and the programs that make the recordings."""
