"""Which exercises are solved: a bar, and the browser's memory of it. There is no account; the browser keeps the list.

`progress_bar(...)` returns what the browser kept from earlier visits, as far as the page does not know it yet.
"""

from collections.abc import Collection, Mapping

import streamlit as st

from rnn_core.studies.practice.progress import MOST_HINTS, MOST_TRIES, Solved
from ui.browser import assets, door
from ui.i18n import _

HEIGHT = 44

_part = st.components.v2.component("unrolled_solved", js=assets.LOADER)


def progress_bar(
    solved: Mapping[str, Solved], counted: Collection[str], known: Collection[str], *, forget: int
) -> dict[str, Solved]:
    """The bar shows the solved ones of `counted`; the memory holds all of `known`. `forget` counts how often the reader has asked
    to forget everything: a higher number empties the browser's memory."""
    sent = _part(
        key="solved",
        data=assets.component_data(
            {
                "module": assets.serve("solved"),
                "height": HEIGHT,
                "solved": {name: {"tries": each.tries, "hints": each.hints} for name, each in solved.items()},
                "number": len(solved.keys() & set(counted)),
                "count": len(counted),
                "forget": forget,
                "words": {
                    "solved": _("{solved} of {count} solved"),
                    "unavailable": _("The progress could not be loaded. Please reload the page."),
                },
            }
        ),
        on_kept_change=door.no_callback,
    )
    return door.read(sent, "kept", kept_progress(known, forget)) or {}


def kept_progress(known: Collection[str], forget: int) -> door.Reader[dict[str, Solved]]:
    """The entries of a browser's memory; those of exercises that this version does not have are dropped."""
    entry = door.record(tries=door.whole(1, MOST_TRIES), hints=door.whole(0, MOST_HINTS))
    name = door.or_else(door.one_of(known), "")
    fields = door.record(
        forget=door.exactly(forget), solved=door.table(name, door.or_else(entry, None), most=10 * len(known))
    )

    def reader(sent: object) -> dict[str, Solved]:
        found = fields(sent)["solved"]
        return {name: Solved(**each) for name, each in found.items() if name and each}

    return reader
