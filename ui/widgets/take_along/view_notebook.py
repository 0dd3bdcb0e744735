"""A view whose numbers rnn_core computes, as an offer: each number beside the line that computes it again."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ui.widgets.take_along.offers import Offer, offer
from ui.widgets.take_along.recipe import Files, Recipe

MOST_IN_LINE = 60  # numbers of an array that are written one by one


class Shown(NamedTuple):
    value: ArrayLike
    code: str  # an expression of the names that the notebook's first lines define


def given(value: ArrayLike) -> Shown:
    """What the reader gave or a page names: it is not computed, so the notebook carries it."""
    return Shown(value, literal(value))


def literal(value: ArrayLike) -> str:
    """A value as Python, exact to the last bit; an array needs `np`."""
    if not isinstance(value, np.ndarray):
        return repr(value)
    if value.dtype.kind in "US" or value.size <= MOST_IN_LINE:
        return f"np.array({value.tolist()!r}, {value.dtype.str!r}).reshape({value.shape})"
    return f'np.frombuffer(bytes.fromhex("{value.tobytes().hex()}"), {value.dtype.str!r}).reshape({value.shape})'


def offer_view(
    lines: str,
    shown: Mapping[str, Shown],
    said: str = "",
    *,
    part: str = "view",
    setup: str = "",
    files: Files | None = None,
) -> None:
    """`setup` and `lines`: the imports and the settings, as Python; parts of a page with the same `setup` share it.
    `said`: what the view shows, in a sentence for the notebook. `files`: what the Python reads from the notebook's folder."""
    numbers = {name: np.asarray(each.value) for name, each in shown.items()}
    expressions = {name: each.code for name, each in shown.items()}
    offer(Offer(numbers, recipe=Recipe(setup, lines, expressions, said, files or {})), part)
