"""The server, the list of pages, and the head, menu and foot of every page."""
