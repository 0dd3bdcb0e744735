"""The address of a page: what it may ask, what is refused, and the settings that are kept when a page is left."""
