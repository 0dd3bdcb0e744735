"""A text cut into word pieces, with a slider for the number of merges; the merges are applied in the browser while it moves.

The browser code is in word_pieces/; its merges.js cuts as rnn_core/apps/text/pieces.py does, and a test holds both equal.
"""

import streamlit as st

from rnn_core.apps.text.pieces import Merges, words_of
from ui.browser import assets
from ui.i18n import _

HEIGHT = 420

_part = st.components.v2.component("unrolled_word_pieces", js=assets.LOADER)


def word_pieces(text: str, merges: Merges, *, key: str, at: int) -> None:
    """`at`: the number of merges at first."""
    _part(
        key=key,
        data=assets.component_data(
            {
                "module": assets.serve("word_pieces"),
                "height": HEIGHT,
                "passage": words_of(text),
                "pairs": [list(pair) for pair in merges.pairs],
                "counts": list(merges.counts),
                "at": min(at, len(merges.pairs)),
                "words": {
                    "label": _("Number of merges"),
                    "text": _("The text in word pieces. Arrow keys move from piece to piece."),
                    "sum": _(
                        "{characters} characters, {pieces} symbols to read: {share} characters each. {known} merges add {added} word pieces to the alphabet."
                    ),
                    "piece": _(
                        "“{piece}” is merge {n}: “{one}” + “{other}”, {count} times side by side when it was merged"
                    ),
                    "character": _("“{piece}” is a character: no pair with its neighbours is merged"),
                    "help": _("Point at a piece, or move to it with the arrow keys, to see from what it was merged."),
                    "newest": _("The newest merges"),
                    "none": _("No merges yet: every character is a symbol of its own."),
                    "unavailable": _("The text could not be loaded. Please reload the page."),
                },
            }
        ),
    )
