"""The menu in the head of a page whose view can be taken along."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from rnn_core.formats.numbers import as_csv, as_npz
from ui.i18n import _, language, using_language
from ui.widgets.stage import actions
from ui.widgets.take_along.offers import offers_of_page

NOTEBOOK, CSV, NPZ, ZIP = "application/x-ipynb+json", "text/csv", "application/octet-stream", "application/zip"


def take_along_menu() -> None:
    """The last button of the page's head. The page calls this after it has made its view."""
    found = offers_of_page()
    if found is None or not (found.numbers or found.notebooks):
        return
    tip = _("Download the numbers of this view, or the view as a notebook")
    with actions(), st.popover(_("Download"), icon=":material/download:", help=tip, key="take_along_menu"):
        for library in found.notebooks:
            of_library = f"-{library.lower()}" if len(found.notebooks) > 1 else ""
            name = f"{found.slug}{of_library}"
            if found.files(library):
                label = _("Notebook with {library} and its files (ZIP)").format(library=library)
                _download(label, partial(found.archive, library), f"{name}.zip", ZIP, "folder_zip")
            else:
                label = _("Notebook with {library}").format(library=library)
                _download(label, partial(found.notebook, library), f"{name}.ipynb", NOTEBOOK, "book_2")
        if found.numbers:
            _download(_("Numbers as CSV"), lambda: as_csv(found.numbers), f"{found.slug}.csv", CSV, "table")
            _download(
                _("Numbers as NPZ (NumPy)"), lambda: as_npz(found.numbers), f"{found.slug}.npz", NPZ, "data_array"
            )
        st.caption(_("Each chart has a menu ⋯ of its own, with its files: a picture, and a page that works offline."))


def _download(label: str, make: Callable[[], str | bytes], name: str, kind: str, icon: str) -> None:
    """A file that is made when it is asked for, in another thread: so it takes the language along."""
    lang = language()

    def made() -> str | bytes:
        with using_language(lang):
            return make()

    key = f"take_along_{name}"
    st.download_button(
        label, made, f"unrolled-{name}", kind, icon=f":material/{icon}:", on_click="ignore", key=key, type="tertiary"
    )
