"""The query parameters of a page's address: which are known, which are refused, and which settings return with a page."""
