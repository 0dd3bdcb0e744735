"""The visitor's session on the recommender's page: kept for the visit, and written into the link."""

import streamlit as st

from rnn_core.apps.recommend.items import CATEGORIES, by_name, items
from rnn_core.apps.recommend.own import item_number
from ui.browser.thumbnails import kept_choice
from ui.i18n import _, language, listed
from ui.links.kept_settings import is_back_or_forward

LINK = "clicks"  # item numbers in order: 0.17.4
CATEGORY = "category"
MOST = 20
_KEPT = "recommend_clicks"

EXAMPLES: dict[str, tuple[str, ...]] = {
    "need": ("camera", "coffee beans", "travel mug"),
    "taste": ("garden bench", "drawing tablet", "record player", "screen"),
    "repeat": ("moka pot", "cat food", "moka pot"),
    "drift": ("cake tin", "flour", "cake tin", "helmet", "water bottle"),
}


def name_of(item: int) -> str:
    found = items()[item]
    return found.zh if language() == "zh" else found.en


def example(name: str) -> tuple[int, ...]:
    return tuple(by_name()[item] for item in EXAMPLES[name])


def clicks() -> tuple[int, ...]:
    """The clicks so far: of the visit, of the link, or of an example."""
    if _KEPT not in st.session_state or is_back_or_forward():
        asked = st.query_params.get(LINK)
        st.session_state[_KEPT] = example("need") if asked is None else _unpacked(asked)
    kept: tuple[int, ...] = st.session_state[_KEPT]
    _write(kept)
    return kept


def _unpacked(text: str) -> tuple[int, ...]:
    parts = [part for part in text.split(".") if part]
    known = [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 5]
    known = [item for item in known if item < len(items())]
    if len(known) < len(parts):
        st.warning(_("Not every click in the link is an item of this shop: the others were left out."))
    if len(known) > MOST:
        st.warning(_("The link holds more than {most} clicks: the first {most} are used.").format(most=MOST))
    return tuple(known[:MOST])


def _write(kept: tuple[int, ...]) -> None:
    """The link names the session unless it is the one that the page opens with."""
    packed = ".".join(map(str, kept))
    if kept == example("need"):
        st.query_params.pop(LINK, None)
    elif st.query_params.get(LINK) != packed:
        st.query_params[LINK] = packed


def put(kept: tuple[int, ...]) -> None:
    st.session_state[_KEPT] = kept
    _write(kept)


def add(item: int) -> None:
    put((*st.session_state[_KEPT], item)[:MOST])


def category() -> str:
    """The shelf that is seen."""
    return kept_choice(CATEGORIES, CATEGORIES[0], CATEGORY)


def choose_category(name: str) -> None:
    st.session_state[CATEGORY] = name


def undo() -> None:
    put(st.session_state[_KEPT][:-1])


def add_typed() -> None:
    """Adds the item of the text field; a text that names no item stays there, with a message (see `typed`)."""
    item = item_number(st.session_state["item_typed"])
    if item is not None:
        add(item)
        st.session_state["item_typed"] = ""


def typed() -> str:
    """A field for the name of an item, in either language."""
    return st.text_input(_("Type an item"), key="item_typed", on_change=add_typed, max_chars=60, placeholder=name_of(0))


def explain_typed(given: str) -> None:
    if given.strip() and item_number(given) is None:
        shop = sorted({name_of(item) for item in range(len(items()))})
        near = [name for name in shop if given.strip().casefold() in name.casefold()][:5]
        if near:
            st.warning(_("No item has exactly this name. Did you mean: {names}?").format(names=listed(near)))
        else:
            st.warning(_("The shop has no such item. It sells the 120 items under the categories."))
