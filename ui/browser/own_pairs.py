"""Pairs of a key on a circle and a value in a disc, which the visitor drags; four memories answer in the browser while they move.

The browser code is in own_pairs/; its memories.js computes what rnn_core/studies/modern/pairs.py computes, and a test holds both
equal. Angles are whole degrees and values hundredths, so that a link says exactly what is seen.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from ui.browser import assets, door
from ui.i18n import _

HEIGHT = 560  # until the part knows the height of the stage
MOST = 8  # pairs

_part = st.components.v2.component("unrolled_own_pairs", js=assets.LOADER)
_PAIR = re.compile(r"(\d{1,3}),(-?\d{1,3}),(-?\d{1,3})", re.ASCII)


@dataclass(frozen=True)
class OwnPair:
    angle: int  # of the key, in degrees: 0..359
    x: int  # of the value, in hundredths: -100..100
    y: int


@dataclass(frozen=True)
class Placed:
    pairs: tuple[OwnPair, ...]
    query: int  # an angle


PLACED = door.record(
    pairs=door.several(
        door.record(angle=door.whole(0, 359), x=door.whole(-100, 100), y=door.whole(-100, 100)), 1, MOST
    ),
    query=door.whole(0, 359),
    at=door.whole(0, 2**53),
)


def own_pairs(
    placed: Placed,
    starts: Mapping[str, Sequence[OwnPair]],
    rules: Mapping[str, str],
    settings: Mapping[str, float],
    *,
    key: str,
) -> None:
    """`starts`: pairs to begin with, by the names of their buttons; `rules`: what each memory is called; `settings`: decay, sharpness."""
    sent = door.read(st.session_state.get(key), "placed", PLACED)
    _part(
        key=key,
        data=assets.component_data(
            {
                "module": assets.serve("own_pairs"),
                "height": HEIGHT,
                "pairs": [asdict(pair) for pair in placed.pairs],
                "query": placed.query,
                "answered": sent["at"] if sent else 0,
                "starts": [{"name": name, "pairs": [asdict(pair) for pair in pairs]} for name, pairs in starts.items()],
                "settings": dict(settings),
                "words": {
                    "rules": dict(rules),
                    "keys": _("Keys and the query q"),
                    "values": _("Values"),
                    "key": _("Key {pair}"),
                    "value": _("Value {pair}"),
                    "query": _("Query"),
                    "add": _("Add a pair"),
                    "remove": _("Remove the chosen pair"),
                    "error": _("mean squared error {error}"),
                    "kept": _("{count} numbers kept"),
                    "help": _(
                        "Drag keys, values and q, or move them with the arrow keys (finer with Shift). Rings: the values. Points: what their keys read. Diamond: what q reads."
                    ),
                    "unavailable": _("The picture could not be loaded. Please reload the page."),
                },
            }
        ),
        on_placed_change=door.no_callback,
    )


def placed_by_visitor(key: str) -> Placed | None:
    """What the browser has sent, or None."""
    sent = door.read(st.session_state.get(key), "placed", PLACED)
    return Placed(tuple(OwnPair(**pair) for pair in sent["pairs"]), sent["query"]) if sent else None


def written(pairs: Sequence[OwnPair]) -> str:
    """Pairs as a text for links: 30,50,87_120,-100,0."""
    return "_".join(f"{pair.angle},{pair.x},{pair.y}" for pair in pairs)


def pairs_of(text: str) -> tuple[OwnPair, ...]:
    """The pairs of such a text; none where it is not one."""
    found = [_PAIR.fullmatch(part) for part in text[:200].split("_")]
    pairs = [OwnPair(*map(int, each.groups())) for each in found if each]
    is_valid = 1 <= len(pairs) == len(found) <= MOST and all(
        pair.angle < 360 and abs(pair.x) <= 100 and abs(pair.y) <= 100 for pair in pairs
    )
    return tuple(pairs) if is_valid else ()
