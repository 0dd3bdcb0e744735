"""The browser parts: a .py beside the folder with its JavaScript and CSS."""
