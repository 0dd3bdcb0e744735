"""Write the code of every browser part into static/vendor: `python -m ui.browser.publish_all`, before the disk is read-only."""

from ui.browser import assets
from ui.browser.frame import serve_every_page
from ui.browser.plot import serve_plotly

PARTS = ("dial", "draw", "letters", "paint", "stepper", "writer")

if __name__ == "__main__":
    serve_every_page()
    serve_plotly()
    for part in PARTS:
        assets.serve(part)
