"""A visitor's file: why it was not taken, in a sentence that says what to do; and words out of it, shown as they are."""

import hashlib

import streamlit as st

from rnn_core.apps.table import LARGEST, TableRefused
from ui.i18n import _


def refused(problem: TableRefused) -> str:
    match problem.reason:
        case "empty":
            return _("There is nothing in it. A table with one value in each row is needed.")
        case "too large":
            return _("It is larger than {size} MB. Please take a part of it.").format(size=LARGEST // 1_000_000)
        case "binary":
            return _("This is not a text file. Save the table as CSV (UTF-8), and try again.")
        case "one row":
            return _("There is only one row. Each value needs a row of its own.")


def tell(problem: str, kept: object, icon: str | None = None) -> None:
    """Why the new one was not taken, and that the one before, where there was one, stays."""
    if not problem:
        return
    st.error(problem, icon=icon)
    if kept:
        st.caption(_("What you gave before is still in use."))


def digest(data: str) -> str:
    """For the keys of widgets that stand at what suits this very file."""
    return hashlib.blake2b(data.encode(), digest_size=6).hexdigest()


def plain(words: str) -> str:
    """A label is Markdown, and what a visitor typed is not."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]()<>#+-.!|~:$^" else letter for letter in words)
