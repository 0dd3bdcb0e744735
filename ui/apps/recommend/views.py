"""The recommender's page: the list after each click, the effect of each click, and the map of items."""

import numpy as np
import streamlit as st

from rnn_core.apps.recommend.items import CATEGORIES, items
from rnn_core.apps.recommend.process import process
from rnn_core.apps.recommend.settings import Settings
from rnn_core.learn.state import RunState
from ui.apps import frame
from ui.apps.inside import inside
from ui.apps.on_demand import on_demand
from ui.apps.recommend import basket, compute, controls, shop_views, stage
from ui.apps.recommend.figures import Suggestions, item_map_chart, suggestions_chart
from ui.browser.plot import plot
from ui.figures.matrix import matrix
from ui.i18n import _
from ui.widgets.choices import choice

CURSOR = "recommend"
SHOWN = 10
EXPLAINED = 6


def answer_names() -> dict[str, str]:
    return {
        "most popular": _("most popular"),
        "what followed the last item": _("what followed the last item"),
        "neighbours of the session": _("neighbours of the session"),
        "best possible": _("best possible"),
        "hit rate at 5": _("hit rate at 5"),
        "reciprocal rank at 5": _("reciprocal rank at 5"),
        "hit rate at 20": _("hit rate at 20"),
        "reciprocal rank at 20": _("reciprocal rank at 20"),
    }


def play(network: frame.Network[Settings]) -> None:
    """The stage, and below it the same in figures."""
    if network.settings.shop:
        shop_views.play(network)
        return
    clicks = basket.clicks()
    stage.play(network, clicks)
    state = network.state
    left, right = st.columns(2, gap="medium")
    with left:
        _list(network, clicks)
    if state is not None and clicks:
        top = top_items(network, clicks)
        with right:
            _effects_of_clicks(state, clicks, top[:EXPLAINED])
        on_demand(_("Look inside: this session"), lambda: _inside(state, clicks, top[0]))


def top_items(network: frame.Network[Settings], clicks: compute.Clicked) -> list[int]:
    """The items with the best chances, by the network, or by Bayes' rule where there is none."""
    if network.state is None:
        chances = compute.known(network.settings, clicks).best
    else:
        chances = compute.reading(network.state, clicks).chances[-1]
    return [int(item) for item in np.argsort(-chances, kind="stable")[:SHOWN]]


def _list(network: frame.Network[Settings], clicks: compute.Clicked) -> None:
    top = top_items(network, clicks)
    known = compute.known(network.settings, clicks)
    chances = None if network.state is None else compute.reading(network.state, clicks).chances[-1][top]
    followed = known.followed[top] if clicks else None
    shown = Suggestions([basket.name_of(item) for item in top], chances, known.best[top], followed)
    plot(suggestions_chart(shown, _("What comes next?")), key="suggestions")
    st.caption(_hidden_in_words(known))


def _hidden_in_words(known: compute.Known) -> str:
    """The posterior of the three hidden variables of the process."""
    hidden = known.hidden
    interest, need = int(hidden.interest[0, -1].argmax()), int(hidden.need[0, -1].argmax())
    names = list(controls.category_names().values())
    text = _("Hidden behind the clicks, by Bayes’ rule: interest in {category} {share}; expensive taste {fine}").format(
        category=names[interest], share=f"{hidden.interest[0, -1, interest]:.0%}", fine=f"{hidden.fine[0, -1]:.0%}"
    )
    if hidden.need[0, -1, need] > 0.01:
        text += _("; open need of “{item}” {share}").format(
            item=basket.name_of(process().leaves[need]), share=f"{hidden.need[0, -1, need]:.0%}"
        )
    return text + _(".")


def _effects_of_clicks(state: RunState, clicks: compute.Clicked, top: list[int]) -> None:
    effects = compute.effects(state, clicks)[:, top]  # (T, n)
    chart = matrix(
        effects.T,
        title=_("Why: the effect of each click on an item’s probability, in doublings"),
        rows=[basket.name_of(item) for item in top],
        columns=[f"{at}. {basket.name_of(item)}" for at, item in enumerate(clicks, 1)],
    )
    plot(chart, key="why")
    st.caption(
        _(
            "Each column leaves out one click and reads the session again. 1: the click doubles the probability; −1: it halves it."
        )
    )


def _inside(state: RunState, clicks: compute.Clicked, first: int) -> None:
    read = compute.reading(state, clicks)
    gradients = compute.reader(state).gradients(read, first)
    if read.trace is None or gradients is None:  # before the first click
        return
    st.markdown(
        _("One click is one time step. The gradients are of the log-probability of “{item}”.").format(
            item=basket.name_of(first)
        )
    )
    names = [basket.name_of(item) for item in clicks]
    inside(read.trace, gradients, CURSOR, names)


def item_map(network: frame.Network[Settings]) -> None:
    """The map of our shop's items, which have categories to compare with."""
    if network.state is None or network.settings.shop:
        return
    names = [basket.name_of(item) for item in range(len(items()))]
    groups = [item.category for item in items()]
    labels = [controls.category_names()[name] for name in CATEGORIES]
    kinds = {"scored": _("by the weights that score them"), "read": _("by the embedding that is read")}
    kind = choice(st.segmented_control, _("Where an item lies"), kinds, "scored", "map_of")
    found = compute.item_map(network.state, kind == "scored")
    plot(item_map_chart(found.places, names, groups, labels, _("The network’s map of the items")), key="map")
    st.caption(
        _(
            "Two directions show only a part. In all of them together, {share} of the five nearest neighbours of an item are of its own category; by chance it would be {chance}."
        ).format(share=f"{found.same_category:.0%}", chance=f"{11 / 119:.0%}")
    )
