"""The widgets of the recommender's page: the session, click by click, and the network."""

import streamlit as st

from rnn_core.apps.recommend.items import CATEGORIES, CATEGORIES_ZH, items
from rnn_core.apps.recommend.settings import Settings, standard
from ui.apps.cell_choice import cell_choice
from ui.apps.recommend import basket
from ui.i18n import _, language
from ui.links.kept_settings import in_link
from ui.runs.settings_area import more_settings
from ui.widgets.choices import choice

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
    return settings.changed(tied=kind == "tied", sessions=int(sessions), embedding=embedding, hidden=hidden)


def examples() -> None:
    labels = {
        "need": _("A need that comes back"),
        "taste": _("Only fine things"),
        "repeat": _("Just once more?"),
        "drift": _("Something new"),
    }
    with st.container(horizontal=True):
        for name, label in labels.items():
            st.button(label, on_click=basket.put, args=(basket.example(name),), key=f"example_{name}")


def session(clicks: tuple[int, ...]) -> None:
    """The clicks so far in words, buttons to undo and to clear, and the items to click."""
    steps = " → ".join(basket.name_of(item) for item in clicks) or _("nothing yet")
    st.markdown(_("**Clicked so far:** {items}").format(items=steps))
    with st.container(horizontal=True):
        st.button(_("Undo"), icon=":material/undo:", on_click=basket.undo, disabled=not clicks, key="clicks_undo")
        st.button(
            _("Clear"),
            icon=":material/delete:",
            on_click=basket.put,
            args=((),),
            disabled=not clicks,
            key="clicks_clear",
        )
    full = len(clicks) >= basket.MOST
    if full:
        st.info(_("A session here has at most {count} clicks. Undo one, or begin anew.").format(count=basket.MOST))
    category = choice(st.selectbox, _("Click in the shop"), category_names(), CATEGORIES[0], "category")
    with st.container(horizontal=True, gap="small"):
        for number, item in enumerate(items()):
            if CATEGORIES[item.category] == category:
                st.button(
                    basket.name_of(number), on_click=basket.add, args=(number,), disabled=full, key=f"item_{number}"
                )
    if not full:
        basket.typed()
