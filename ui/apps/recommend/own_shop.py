"""A visitor's own shop on the recommender's page: its table, its columns, and the switch to train on it."""

import streamlit as st

from rnn_core.apps.recommend.shop import LEAST_ITEMS, LEAST_SESSIONS, Columns, OwnShop, TooFewSessions, likely_columns
from rnn_core.apps.table import Table
from rnn_core.errors import CoreError
from ui.apps.recommend import compute
from ui.apps.recommend.controls import SHOP, TRAIN_ON_SHOP
from ui.i18n import _
from ui.widgets.uploads import digest

NONE = -1  # no column


def keep_own_shop(data: bytes) -> str:
    """Keeps the table as the visitor's shop; returns the reason why it cannot be one."""
    table = compute.foreign_table(data)
    try:
        found, packed = compute.foreign_shop(data, _columns(table, digest(data)))
    except TooFewSessions:
        return _("At least {sessions} sessions of two clicks or more, and {items} items, are needed to train.").format(
            sessions=LEAST_SESSIONS, items=LEAST_ITEMS
        )
    except CoreError:
        return _("This table is too large to train on here. Bring a part of it.")
    st.session_state[SHOP] = packed
    _what_was_read(found)
    return ""


def _columns(table: Table, file: str) -> Columns:
    likely = likely_columns(table)
    names = {at: f"{table.name(at) or at + 1}: {_seen(table, at)}" for at in range(table.width)}
    options = list(names)
    with st.container(horizontal=True):
        session = st.selectbox(
            _("Column of sessions"),
            options,
            likely.session,
            format_func=names.__getitem__,
            key=f"shop_session_column_{file}",
        )
        item = st.selectbox(
            _("Column of items"), options, likely.item, format_func=names.__getitem__, key=f"shop_item_column_{file}"
        )
        times = {NONE: _("none: the rows are in order"), **names}
        at = NONE if likely.time is None else likely.time
        time = st.selectbox(
            _("Column of times"), list(times), at + 1, format_func=times.__getitem__, key=f"shop_time_column_{file}"
        )
    return Columns(session, item, None if time == NONE else time)


def _seen(table: Table, at: int) -> str:
    """The first different cells of a column, by which the visitor recognises it."""
    return ", ".join(list(dict.fromkeys(cell[:16] for cell in table.column(at)[:30] if cell))[:3])


def _what_was_read(found: OwnShop) -> None:
    shop = found.shop
    st.caption(
        _(
            "Your shop: {items} items, {sessions} sessions, {clicks} clicks. Every tenth session is kept for the test."
        ).format(
            items=f"{len(shop.names):,}", sessions=f"{len(shop.sessions):,}", clicks=f"{sum(map(len, shop.sessions)):,}"
        )
    )
    if found.too_short:
        st.caption(_("Sessions of a single click were left out: {count}.").format(count=f"{found.too_short:,}"))
    if found.rare_items or found.clicks_left_out > 0:
        st.warning(
            _("Left out beyond the limits: {items} of the rarest items, and {clicks} clicks.").format(
                items=f"{found.rare_items:,}", clicks=f"{max(found.clicks_left_out, 0):,}"
            )
        )
    st.toggle(
        _("Train on this table"),
        key=TRAIN_ON_SHOP,
        help=_("The page then shows your items. Training takes about a minute."),
    )
