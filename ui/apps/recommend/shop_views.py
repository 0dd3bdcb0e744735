"""The stage of the recommender's page with a visitor's own shop: shelves of their items, a session, and what comes next.

A session is the beginning of a test session until the visitor clicks an item; from then on it is their own.
"""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from rnn_core.apps.recommend.process import Clicks
from rnn_core.apps.recommend.settings import Settings
from rnn_core.apps.recommend.shop import LONGEST, sessions_of, unpack
from rnn_core.arrays import Array
from ui.apps import frame
from ui.apps.recommend import compute
from ui.apps.recommend.stage import ranks_of, what_happened
from ui.browser.shop import Category, Next, Shop, ShopItem, shop
from ui.i18n import _
from ui.widgets.stage import dock
from ui.widgets.take_along.offers import offer_numbers
from ui.widgets.uploads import digest

SHOWN = 10
ON_A_SHELF, SHELVES = 12, 8  # the most frequent items; all others are found by their names
INK = "baseline"


@dataclass(frozen=True)
class OwnSession:
    """The clicks of one visitor in their own shop, kept for the visit."""

    names: tuple[str, ...]
    tests: Clicks  # (N, LONGEST)
    shop: str  # a short name of the table

    @property
    def kept(self) -> str:
        return f"shop_clicks_{self.shop}"

    def put(self, clicks: tuple[int, ...]) -> None:
        st.session_state[self.kept] = clicks[:LONGEST]

    def forget(self) -> None:
        """The test session is read again."""
        st.session_state.pop(self.kept, None)


def play(network: frame.Network[Settings]) -> None:
    packed = network.settings.shop
    own = OwnSession(unpack(packed).names, sessions_of(packed, "test"), digest(packed))
    picture = st.container()
    with dock():
        clicks, came = _clicks(own)
    with picture:
        _shop(network, own, clicks, came)
    if network.state is None:
        st.info(_("Train the network below: after about a minute its list appears here."))


def _clicks(own: OwnSession) -> tuple[tuple[int, ...], int | None]:
    """What is read, and what came next in the test session."""
    number, read = 1, f"shop_read_{own.shop}"
    if len(own.tests) > 1:
        label = _("Test session")
        number = st.slider(label, 1, len(own.tests), 1, key=f"shop_session_{own.shop}", on_change=own.forget)
    session = tuple(int(click) for click in own.tests[number - 1] if click >= 0)
    label, most = _("Clicks that are read"), len(session)
    shown = st.slider(label, 1, most, most - 1, key=f"{read}_{number}", on_change=own.forget)
    clicks: tuple[int, ...] = st.session_state.get(own.kept, session[:shown])
    came = session[shown] if own.kept not in st.session_state and shown < most else None
    _find(own, clicks)
    st.button(
        _("Undo"), icon=":material/undo:", on_click=own.put, args=(clicks[:-1],), disabled=not clicks, key="shop_undo"
    )
    st.button(_("Clear"), icon=":material/delete:", on_click=own.put, args=((),), disabled=not clicks, key="shop_clear")
    return clicks, came


def _find(own: OwnSession, clicks: tuple[int, ...]) -> None:
    """Every item by its name: the shelves have the most frequent ones."""
    key = f"shop_found_{own.shop}"

    def add() -> None:
        item = st.session_state[key]
        if item is not None:
            own.put((*clicks, item))
            st.session_state[key] = None

    st.selectbox(
        _("Find an item"),
        range(len(own.names)),
        None,
        format_func=own.names.__getitem__,
        placeholder="…",
        key=key,
        on_change=add,
        disabled=len(clicks) >= LONGEST,
    )


def _shop(network: frame.Network[Settings], own: OwnSession, clicks: tuple[int, ...], came: int | None) -> None:
    followed = compute.followed(network.settings, clicks)
    predicted = None if network.state is None else compute.reading(network.state, clicks).chances[-1]
    chances = followed if predicted is None else predicted
    ranks = ranks_of(followed)
    top = [int(item) for item in np.argsort(-chances, kind="stable")[:SHOWN]]
    offer_numbers(
        {"items": list(own.names), "clicks": clicks, "probability": predicted, "followed_the_last_click": followed}
    )
    popular = range(min(len(own.names), ON_A_SHELF * SHELVES))
    seen = list(dict.fromkeys([*popular, *clicks, *top]))  # the browser gets these alone, and counts them from 0
    place = {item: at for at, item in enumerate(seen)}
    shelves = {str(first): popular[first : first + ON_A_SHELF] for first in popular[::ON_A_SHELF]}
    shelf_of = {item: name for name, shelf in shelves.items() for item in shelf}
    category = f"shop_shelf_{own.shop}"
    shown = Shop(
        items=[
            ShopItem(own.names[item], shelf_of.get(item, ""), INK, is_expensive=False, share=float(chances[item]))
            for item in seen
        ],
        categories=[
            Category(name, _shelf_label(shelf), INK, float(chances[list(shelf)].sum()))
            for name, shelf in shelves.items()
        ],
        category=st.session_state.get(category, "0"),
        clicked=[place[item] for item in clicks],
        is_full=len(clicks) >= LONGEST,
        list=[
            Next(
                place[item],
                None if predicted is None else float(predicted[item]),
                None,
                float(followed[item]) if clicks else None,
                int(ranks[item]) if clicks else None,
            )
            for item in top
        ],
        sentence=_sentence(own, predicted, followed, clicks, came),
    )
    shop(
        shown,
        key=f"shop_{own.shop}",
        add=lambda at: own.put((*clicks, seen[at])),
        choose=lambda name: st.session_state.update({category: name}),
    )


def _sentence(
    own: OwnSession, predicted: Array | None, followed: Array, clicks: tuple[int, ...], came: int | None
) -> str:
    if predicted is None and clicks:
        text = _("No network is trained on your table yet: the list shows what followed the last item.")
    else:
        text = what_happened(predicted, followed, clicks, own.names.__getitem__)
    return text if came is None else f"{text} {_('Then came: {item}').format(item=own.names[came])}"


def _shelf_label(shelf: range) -> str:
    return _("Most clicked: {first} to {last}").format(first=shelf[0] + 1, last=shelf[-1] + 1)
