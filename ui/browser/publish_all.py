"""Write the code of every browser part, and what the search finds, into static/vendor: `python -m ui.browser.publish_all`, before the disk is read-only."""

from ui.browser import assets
from ui.browser.frame import serve_every_page
from ui.browser.plot import serve_plotly
from ui.i18n import LANGUAGES

PARTS = (
    "all_units",
    "attention",
    "cards",
    "curtain",
    "dial",
    "draw",
    "lesson_file",
    "lesson_player",
    "letters",
    "long_text",
    "paint",
    "progress",
    "road",
    "room",
    "scan",
    "scene",
    "shop",
    "solved",
    "stepper",
    "strip",
    "thumbnails",
    "timeline",
    "top_bar",
    "tour",
    "wave",
    "word_pieces",
    "writer",
)

if __name__ == "__main__":
    from ui.course.search.entries import publish_index  # it knows all pages, which import this folder

    serve_every_page()
    serve_plotly()
    for lang in LANGUAGES:
        publish_index(lang)
    for part in PARTS:
        assets.serve(part)
