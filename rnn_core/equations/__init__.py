"""The equations as one table that Python and the browser both read, and the explanation of any value from it."""
