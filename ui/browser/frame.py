"""The styles and the code of every page, which a page sends before anything else."""

from functools import cache
from pathlib import Path

import streamlit as st

from ui.browser import assets, door
from ui.browser.bundle import bundle
from ui.browser.plot import serve_plotly
from ui.browser.some_pages import send_styles
from ui.figures.style import css_variables
from ui.i18n import _
from ui.widgets import limits

_FOLDER = Path(__file__).parent
UPLOAD_REFUSED = "AxiosError: Request failed with status code 503"  # Streamlit's words, in every language

_part = st.components.v2.component(
    "unrolled_frame",
    css=css_variables() + (_FOLDER / "frame.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "frame.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


@cache
def serve_every_page() -> str:
    """The address of the code that every page runs: dragged sliders and their previews, a short history, translated labels."""
    code = bundle(_FOLDER / "every_page", "every_page.js")
    return assets.publish("every_page", {"every_page.js": code.encode()}) + "every_page.js"


def _words() -> dict[str, str]:
    """The translations of the labels of Streamlit's own widgets, and a sentence for what it reports of a refused upload."""
    labels = {
        "Upload": _("Upload"),
        "{size} per file": _("{size} per file"),
        "File must be {size} or smaller.": _("File must be {size} or smaller."),
        "Press Enter to apply": _("Press Enter to apply"),
        "Press Enter to submit form": _("Press Enter to submit form"),
        "Press Ctrl+Enter to apply": _("Press Ctrl+Enter to apply"),
        "Press ⌘+Enter to apply": _("Press ⌘+Enter to apply"),
        "file upload": _("file upload"),
        "Record": _("Record"),
        "Stop recording": _("Stop recording"),
        "Increment": _("Increment"),
        "Decrement": _("Decrement"),
        "Help": _("Help"),
        "Error: ": _("Error: "),
        UPLOAD_REFUSED: _("The server holds as many files as it may. Please try again in a few minutes."),
    }
    return {english: label for english, label in labels.items() if label != english}


def _lost() -> dict[str, str]:
    """The message of a page that has lost its connection."""
    return {
        "title": _("No connection to the server."),
        "text": _("Nothing is lost: your settings are in the page’s address, and the page connects again by itself."),
    }


def send_styles_and_code(index: str) -> None:
    """Send the styles, the code that every page runs, and the code of diagrams and charts, which most pages need. `index` is the
    address of what can be looked up."""
    modules = [
        serve_every_page(),
        assets.serve("top_bar"),
        assets.serve("stepper"),
        assets.serve("dial"),
        serve_plotly()["module"],
    ]
    _part(
        key="frame",
        data=assets.component_data(
            {
                "modules": modules,
                "words": _words(),
                "lost": _lost(),
                "reference": {"index": index, "words": {"glossary": _("Open the glossary")}},
                "isEmbedded": bool(st.context.is_embedded),
                "limits": limits.of_link()._asdict(),
            }
        ),
        on_connected_change=door.no_callback,
    )
    if "text" in limits.of_link().without:
        send_styles("without_text")
