"""The equations as one table for Python and the browser, and the explanation of any value by its equation."""
