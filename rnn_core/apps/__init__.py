"""The applications, one folder each; `application.py` defines their descriptor, `registry.py` lists them."""
