"""What a teacher can put on the list of a room: each kind of stop with its own small form."""

from collections.abc import Callable, Mapping
from functools import cache

import streamlit as st

from rnn_core.studies.practice.catalogue import LARGEST_SEED
from ui.as_text import in_markdown
from ui.browser import door
from ui.classroom.plans import kept
from ui.classroom.plans.edit import summary
from ui.classroom.room import limits, offered
from ui.classroom.room.export import kind_names
from ui.classroom.room.offered import Offer, new_id, stop_of
from ui.classroom.room.own_question import own_question
from ui.classroom.room.plan import stops
from ui.classroom.room.questions import view_of
from ui.classroom.room.rooms import Stop
from ui.i18n import LANGUAGES, Language, _, language, using_language
from ui.shell import site
from ui.widgets.tours import place, shipped
from ui.widgets.tours.fields import TourProblem
from ui.widgets.tours.tour import LARGEST, Tour, read_tour
from ui.widgets.uploads import upload

LARGEST_UPLOAD = 1_000_000  # bytes; the reader of plans refuses far smaller ones in a sentence of its own


def adding() -> tuple[Stop, ...]:
    """The stops that the teacher has just added."""
    kinds: Mapping[str, tuple[str, Callable[[], tuple[Stop, ...]]]] = {
        "sketch": (_("Sketch"), lambda: _offered("sketch", _sketches(language()))),
        "lesson": (_("Question of the app"), lambda: _offered("lesson", _lesson_questions(language()))),
        "exercise": (_("Exercise"), _exercise),
        "own": (_("Own question"), _own),
        "view": (_("View"), _view),
        "plan": (_("Lesson plan"), _plan),
    }
    chosen = st.segmented_control(
        _("What to add"),
        list(kinds),
        default="sketch",
        format_func=lambda name: kinds[name][0],
        key="add_kind",
        label_visibility="collapsed",
        required=True,
    )
    return kinds[chosen][1]()


@cache
def _sketches(_in: Language) -> Mapping[str, Offer]:
    return offered.sketches()


@cache
def _lesson_questions(_in: Language) -> Mapping[str, Offer]:
    return offered.lesson_questions()


@cache
def _exercises(_in: Language) -> Mapping[str, Offer]:
    return offered.exercises()


def _exercise() -> tuple[Stop, ...]:
    found = _offered("exercise", _exercises(language()))
    on_page = offered.on_page_only()
    with st.expander(_("Exercises that are solved on their page"), icon=":material/open_in_new:"):
        name = st.selectbox(_("Exercise"), list(on_page), format_func=on_page.__getitem__, key="add_page_exercise")
        if st.button(_("Add the view of this exercise"), icon=":material/add:", key="add_page"):
            return (_view_stop(f"exercises?exercise={name}"),)
    return found


def _offered(kind: str, offers: Mapping[str, Offer]) -> tuple[Stop, ...]:
    name = st.selectbox(
        _("Question"),
        list(offers),
        format_func=lambda each: offers[each].title,
        key=f"add_{kind}",
        label_visibility="collapsed",
    )
    offer, seed = offers[name], 0
    if offer.has_numbers:
        seed = int(st.number_input(_("Numbers (seed)"), 0, LARGEST_SEED, 0, 1, key=f"add_{kind}_seed", width=170))
    stop = offer.make(seed)
    question = stop.question
    if question is None:
        return ()
    words = question.words[language()]
    with st.container(border=True):
        st.caption(kind_names()[question.kind])
        st.markdown(f"**{_shown(words.text)}**")
        if words.note:
            st.markdown(_shown(words.note))
        for at, option in enumerate(words.options):
            is_right = question.kind == "choice" and at == question.right
            st.markdown(f"{'✓' if is_right else '·'} {_shown(option)}")
    return (
        (stop,) if st.button(_("Add to the list"), icon=":material/add:", type="primary", key=f"add_{kind}_now") else ()
    )


def _shown(text: str) -> str:
    """The marks of a room's texts are left out of the preview."""
    return in_markdown(text.replace("_{", "_").replace("^{", "^").replace("}", "").replace("*", ""))


def _own() -> tuple[Stop, ...]:
    question = own_question()
    return () if question is None else (stop_of(question),)


def _view() -> tuple[Stop, ...]:
    pages = [page.slug for page in site.PAGES if page.slug != "room"]
    with st.form("add_view", border=False):
        slug = st.selectbox(_("Page"), pages, format_func=site.title, key="add_view_page")
        link = st.text_input(
            _("or a link of the app, with all its settings"), key="add_view_link", max_chars=limits.LONGEST_VIEW
        )
        sent = st.form_submit_button(_("Add to the list"), icon=":material/add:", type="primary")
    if not sent:
        return ()
    try:
        return (_view_stop(view_of(link) or slug),)
    except door.Refused:
        st.warning(_("This is no link of a page of this app."), icon=":material/link_off:")
        return ()


def _view_stop(view: str) -> Stop:
    titles: dict[Language, str] = {}
    for lang in LANGUAGES:
        with using_language(lang):
            titles[lang] = site.title(view.partition("?")[0])
    return Stop(new_id(), titles, None, view)


def _plan() -> tuple[Stop, ...]:
    """The plan of this visit, a lesson plan or a tour of ours, or a file."""
    own = (place.OWN,) if kept.plan().steps else ()
    name = st.selectbox(
        _("Tour or lesson plan"),
        (*own, *shipped.plan_names(), *shipped.names()),
        format_func=_named,
        key="add_plan",
    )
    tour = _tour(name)
    st.caption(summary(tour))
    if st.button(_("Add all its stops"), icon=":material/playlist_add:", type="primary", key="add_plan_now"):
        return stops(tour)
    data, problem = upload(_("Or a file (TOML)"), ["toml", "txt"], "room_plan", LARGEST_UPLOAD)
    if problem:
        st.error(in_markdown(problem), icon=":material/edit:")
    if data is None:
        return ()
    try:
        tour = read_tour(data[: LARGEST + 1])
    except TourProblem as refused:
        st.error(in_markdown(str(refused)), icon=":material/edit:")
        return ()
    st.markdown(f"**{in_markdown(str(tour.title))}**")
    return (
        stops(tour)
        if st.button(_("Add the stops of this file"), icon=":material/playlist_add:", key="add_file_now")
        else ()
    )


def _tour(name: str) -> Tour:
    return kept.plan() if name == place.OWN else shipped.shipped_tour(name)


def _named(name: str) -> str:
    title = str(_tour(name).title)
    return _("Your plan: {title}").format(title=title) if name == place.OWN else title
