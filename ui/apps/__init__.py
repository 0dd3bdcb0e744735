"""The applications: what their pages share, and a folder each."""
