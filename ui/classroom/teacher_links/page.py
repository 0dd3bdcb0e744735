"""The builder of a teacher's link: a view, what students may change in it, and what they see."""

import streamlit as st

from ui.as_text import in_markdown
from ui.classroom.address import app_address
from ui.classroom.teacher_links.build import LinkSettings, built, controls_of
from ui.classroom.teacher_links.share import share_link
from ui.i18n import LANGUAGE_NAMES, LANGUAGES, _, language
from ui.links.kept_settings import in_session
from ui.widgets import limits
from ui.widgets.lesson import prose
from ui.widgets.tours.fields import LONGEST_VIEW, TourProblem
from ui.widgets.tours.tour import read_view

EXAMPLE = "lstm?preset=leak&bias=2"


def teacher_links() -> None:
    prose("lesson", "links")
    left, right = st.columns(2, gap="large")
    with left:
        text = st.text_input(_("Link of the view"), EXAMPLE, max_chars=LONGEST_VIEW, **in_session("link_view"))
    try:
        page, query = read_view(text, _("this link"))
    except TourProblem as problem:
        st.error(in_markdown(str(problem)), icon=":material/edit:")
        return
    names = {"menu": _("Menu"), "settings": _("Settings"), "presets": _("Presets"), "answers": _("Hints and answers")}
    names["text"] = _("Texts below the picture")
    with left:
        fixed = st.multiselect(
            _("Fixed settings"),
            controls_of(page, query),
            key=f"link_fixed_{page}",
            placeholder=_("Choose settings"),
            accept_new_options=True,
            help=_("Names as in the link. A setting that the link does not name can be typed."),
        )
        without = st.pills(
            _("Leave out"),
            limits.PARTS,
            format_func=names.__getitem__,
            selection_mode="multi",
            **in_session("link_without"),
        )
    with right:
        lang = st.segmented_control(
            _("Language"),
            LANGUAGES,
            format_func=LANGUAGE_NAMES.__getitem__,
            default=language(),
            required=True,
            **in_session("link_language"),
        )
        hide = st.checkbox(_("Curtain down until R is pressed"), **in_session("link_hide"))
        st.caption(_("“Start again” on the page and a reload both return to the view of this link."))
    settings = LinkSettings(page, query, tuple(fixed), tuple(without), lang, hide)
    share_link(app_address() + built(settings), "view", has_frame=True)
