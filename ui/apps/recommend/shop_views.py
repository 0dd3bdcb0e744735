"""The recommender's page with a visitor's own shop: a session of their items, and what comes next."""

import numpy as np
import streamlit as st

from rnn_core.apps.recommend.settings import Settings
from rnn_core.apps.recommend.shop import sessions_of, unpack
from ui.apps import frame
from ui.apps.recommend import compute
from ui.apps.recommend.figures import Suggestions, suggestions_chart
from ui.as_text import in_chart, in_markdown
from ui.browser.plot import plot
from ui.i18n import _
from ui.widgets.uploads import digest

SHOWN = 10


def play(network: frame.Network[Settings]) -> None:
    """Some clicks of a test session, or the visitor's own choice, and the items that are most probable next."""
    packed = network.settings.shop
    names, tests = unpack(packed).names, sessions_of(packed, "test")
    left, right = st.columns([2, 3], gap="medium")
    with left:
        clicks = _clicks(names, tests, digest(packed))
    with right:
        _list(network, names, clicks)


def _clicks(names: tuple[str, ...], tests: np.ndarray, shop: str) -> tuple[int, ...]:
    number = st.slider(_("Test session"), 1, len(tests), 1, key=f"shop_session_{shop}") if len(tests) > 1 else 1
    session = [int(click) for click in tests[number - 1] if click >= 0]
    shown = st.slider(_("Clicks that are read"), 1, len(session), len(session) - 1, key=f"shop_read_{shop}_{number}")
    own = st.multiselect(
        _("or clicks of your choice, in order"),
        range(len(names)),
        format_func=names.__getitem__,
        placeholder="…",
        key=f"shop_own_{shop}",
    )
    clicks = tuple(own) or tuple(session[:shown])
    st.markdown(_("**Clicked so far:** {items}").format(items=" → ".join(in_markdown(names[at]) for at in clicks)))
    if not own and shown < len(session):
        st.markdown(_("Then came: {item}").format(item=in_markdown(names[session[shown]])))
    return clicks


def _list(network: frame.Network[Settings], names: tuple[str, ...], clicks: tuple[int, ...]) -> None:
    followed = compute.followed(network.settings, clicks)
    chances = None if network.state is None else compute.reading(network.state, clicks).chances[-1]
    top = np.argsort(-(followed if chances is None else chances), kind="stable")[:SHOWN]
    shown = Suggestions(
        [in_chart(names[at]) for at in top], None if chances is None else chances[top], None, followed[top]
    )
    plot(suggestions_chart(shown, _("What comes next?")), key="suggestions")
    if network.state is None:
        st.info(_("Train the network below: after about a minute its list appears here."))
