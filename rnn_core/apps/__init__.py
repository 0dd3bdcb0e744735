"""The applications, a folder each; `application.py` says what one is, `registry.py` lists them."""
