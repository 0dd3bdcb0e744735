"""The files that host the app."""
