"""The stage of the recommender's page: our shop, the session, and what comes next by the network and by the last click alone."""

from collections.abc import Callable
from functools import cache

import numpy as np
import streamlit as st

from rnn_core.apps.recommend.items import CATEGORIES, items
from rnn_core.apps.recommend.settings import Settings, standard
from rnn_core.arrays import Array
from ui.apps import frame
from ui.apps.recommend import basket, compute, controls
from ui.apps.recommend.figures import CATEGORY_LOOKS
from ui.apps.recommend.take import take_session
from ui.browser.shop import Category, Next, Shop, ShopItem, shop
from ui.browser.thumbnails import Thumbnail, ThumbnailLine, thumbnails
from ui.cache.shipped import shipped
from ui.i18n import Language, _, language
from ui.widgets.stage import dock

SHOWN = 10


def play(network: frame.Network[Settings], clicks: compute.Clicked) -> None:
    shown = shop_of(network, clicks)
    shop(shown, key="shop", add=basket.add, choose=basket.choose_category)
    with dock():
        given = controls.session_buttons(clicks)
        examples(clicks)
    if shown.is_full:
        st.info(_("A session here has at most {count} clicks. Undo one, or begin anew.").format(count=basket.MOST))
    basket.explain_typed(given)


def shop_of(network: frame.Network[Settings], clicks: compute.Clicked) -> Shop:
    known = compute.known(network.settings, clicks)
    predicted = None if network.state is None else compute.reading(network.state, clicks).chances[-1]
    chances = known.best if predicted is None else predicted
    category = np.array([item.category for item in items()])
    labels = controls.category_names()
    ranks = ranks_of(known.followed) if clicks else None
    top = [int(item) for item in np.argsort(-chances, kind="stable")[:SHOWN]]
    take_session(network, [basket.name_of(number) for number in range(len(items()))], clicks, predicted, known)
    return Shop(
        items=[
            ShopItem(
                basket.name_of(number),
                CATEGORIES[item.category],
                CATEGORY_LOOKS[item.category][0],
                item.expensive,
                float(chances[number]),
            )
            for number, item in enumerate(items())
        ],
        categories=[
            Category(name, labels[name], CATEGORY_LOOKS[at][0], float(chances[category == at].sum()))
            for at, name in enumerate(CATEGORIES)
        ],
        category=basket.category(),
        clicked=clicks,
        is_full=len(clicks) >= basket.MOST,
        list=[
            Next(
                item,
                None if predicted is None else float(predicted[item]),
                float(known.best[item]),
                float(known.followed[item]) if clicks else None,
                None if ranks is None else int(ranks[item]),
            )
            for item in top
        ],
        sentence=what_happened(predicted, known.followed, clicks, basket.name_of),
    )


def ranks_of(chances: Array) -> Array:
    """The rank of each item: 1 is the most probable; equal ones are in the order of the shop."""
    ranks = np.empty(len(chances), dtype=int)
    ranks[np.argsort(-chances, kind="stable")] = np.arange(1, len(chances) + 1)
    return ranks


def most_lifted(chances: Array, followed: Array) -> int:
    """The item in the list that the last click alone would have put lowest."""
    top = np.argsort(-chances, kind="stable")[:SHOWN]
    return int(top[np.argmax(ranks_of(followed)[top])])


def what_happened(
    predicted: Array | None, followed: Array, clicks: compute.Clicked, name_of: Callable[[int], str]
) -> str:
    if not clicks:
        return _("Nothing is clicked yet, so the list shows how popular the items are. **Click one.**")
    if predicted is None:
        return _("No network is trained with these settings: the list shows the best possible prediction.")
    item = most_lifted(predicted, followed)
    text = _(
        "After **{last}**, the network puts **{item}** at number **{rank}**. By the last click alone it would be number **{low}**."
    )
    return text.format(
        last=name_of(clicks[-1]),
        item=name_of(item),
        rank=ranks_of(predicted)[item],
        low=ranks_of(followed)[item],
    )


def examples(clicks: compute.Clicked) -> None:
    selected = next((name for name in basket.EXAMPLES if basket.example(name) == clicks), None)
    thumbnails(
        _("Sessions to try"),
        _pictures(language()),
        selected,
        "sessions",
        lambda name: basket.put(basket.example(name)),
    )


@cache
def _pictures(_in: Language) -> dict[str, Thumbnail]:
    labels = controls.example_labels()
    return {name: Thumbnail(labels[name], _lines(name)) for name in basket.EXAMPLES}


def _lines(name: str) -> tuple[ThumbnailLine, ...]:
    """The probability, click by click, of the item that the shipped network lifts most above the count of pairs, by both."""
    network = shipped(standard("gru"))
    if network is None:
        return ()
    session = basket.example(name)
    reader, settings = compute.reader(network.state), standard("gru")
    chances = reader.read(session).chances[1:]
    followed = [compute.known(settings, session[: at + 1]).followed for at in range(len(session))]
    item = most_lifted(chances[-1], followed[-1])
    by_network, by_last = chances[:, item], np.array([each[item] for each in followed])
    most = max(by_network.max(), by_last.max())
    return (
        ThumbnailLine((by_last / most).tolist(), "baseline", "dot"),
        ThumbnailLine((by_network / most).tolist(), "gru"),
    )
