"""The parts of a page that run in the browser: each is a .py file beside the folder with its JavaScript and CSS."""
