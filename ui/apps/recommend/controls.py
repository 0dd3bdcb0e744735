"""The widgets of the recommender's page: the session, click by click, and the network."""

import streamlit as st

from rnn_core.apps.recommend.items import CATEGORIES, CATEGORIES_ZH
from rnn_core.apps.recommend.settings import Settings, for_shop, standard
from ui.apps.cell_choice import cell_choice
from ui.apps.recommend import basket
from ui.i18n import _, language
from ui.links.kept_settings import in_link
from ui.runs.settings_area import more_settings
from ui.widgets.choices import choice

SHOP, TRAIN_ON_SHOP = "recommend_shop", "recommend_on_shop"  # keys of the session
SESSIONS = (100, 1_000, 5_000, 20_000)


def category_names() -> dict[str, str]:
    return CATEGORIES_ZH if language() == "zh" else {name: name for name in CATEGORIES}


def chosen_settings() -> Settings:
    cell = cell_choice("recommend_cell")
    settings = standard(cell)
    with more_settings():
        scores = {"apart": _("have weights of their own"), "tied": _("are products with the embedding")}
        kind = choice(st.segmented_control, _("The scores"), scores, "apart", "recommend_scores")
        labels = {str(count): f"{count:,}" for count in SESSIONS}
        sessions = choice(st.segmented_control, _("Sessions to learn from"), labels, "20000", "recommend_sessions")
        embedding = st.slider(_("Embedding size"), 2, 64, settings.embedding, **in_link("recommend_E"))
        hidden = st.slider(_("Hidden size H"), 4, 128, settings.hidden, **in_link("recommend_H"))
    settings = own_shop_settings(settings)
    return settings.changed(tied=kind == "tied", sessions=int(sessions), embedding=embedding, hidden=hidden)


def own_shop_settings(settings: Settings) -> Settings:
    """The settings with the visitor's shop, where one was uploaded and is switched on."""
    return for_shop(st.session_state[SHOP], settings.cell) if uses_own_shop() else settings


def uses_own_shop() -> bool:
    return bool(st.session_state.get(SHOP) and st.session_state.get(TRAIN_ON_SHOP))


def example_labels() -> dict[str, str]:
    return {
        "need": _("A need returns"),
        "taste": _("Expensive taste"),
        "repeat": _("Once more?"),
        "drift": _("Something new"),
    }


def session_buttons(clicks: tuple[int, ...]) -> str:
    """What is typed for an item, and buttons to undo and to clear."""
    given = basket.typed() if len(clicks) < basket.MOST else ""
    st.button(_("Undo"), icon=":material/undo:", on_click=basket.undo, disabled=not clicks, key="clicks_undo")
    st.button(
        _("Clear"), icon=":material/delete:", on_click=basket.put, args=((),), disabled=not clicks, key="clicks_clear"
    )
    return given
