"""The styles and the code of every page, which a page sends before anything else."""

from functools import cache
from pathlib import Path

import streamlit as st

from ui.browser import assets
from ui.browser.bundle import bundle
from ui.browser.plot import serve_plotly
from ui.i18n import _

_FOLDER = Path(__file__).parent

_part = st.components.v2.component(
    "unrolled_frame",
    css=(_FOLDER / "frame.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "frame.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


@cache
def serve_every_page() -> str:
    """The address of the code that every page runs: dragged sliders and their previews, a short history, translated labels."""
    code = bundle(_FOLDER / "every_page", "every_page.js")
    return assets.publish("every_page", {"every_page.js": code.encode()}) + "every_page.js"


def _words() -> dict[str, str]:
    """The translations of the labels of Streamlit's own widgets. English pages need none."""
    labels = {
        "Upload": _("Upload"),
        "{size} per file": _("{size} per file"),
        "Press Enter to apply": _("Press Enter to apply"),
        "Press Ctrl+Enter to apply": _("Press Ctrl+Enter to apply"),
        "Press ⌘+Enter to apply": _("Press ⌘+Enter to apply"),
        "file upload": _("file upload"),
        "Record": _("Record"),
        "Stop recording": _("Stop recording"),
        "Increment": _("Increment"),
        "Decrement": _("Decrement"),
        "Help": _("Help"),
        "Collapse sidebar": _("Collapse sidebar"),
        "Expand sidebar": _("Expand sidebar"),
    }
    return {english: label for english, label in labels.items() if label != english}


def _lost() -> dict[str, str]:
    """The message of a page that has lost its connection."""
    return {
        "title": _("No connection to the server."),
        "text": _("Nothing is lost: your settings are in the page’s address, and the page connects again by itself."),
    }


def send_styles_and_code() -> None:
    """Send the styles, the code that every page runs, and the code of diagrams and charts, which most pages need."""
    modules = [serve_every_page(), assets.serve("stepper"), assets.serve("dial"), serve_plotly()["module"]]
    _part(key="frame", data=assets.component_data({"modules": modules, "words": _words(), "lost": _lost()}))
