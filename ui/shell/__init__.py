"""The frame around every page, the list of pages, the server, links and what they ask for."""
