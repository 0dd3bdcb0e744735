"""How a plan comes in and goes out: ready plans, files and links come through the one door of tours; students get a link."""

import streamlit as st

from ui.as_text import in_markdown
from ui.browser.lesson_file import lesson_file
from ui.classroom.address import app_address, as_query
from ui.classroom.plans import edit, kept
from ui.classroom.plans.ready import ready_plans
from ui.classroom.teacher_links.share import share_link
from ui.i18n import _
from ui.shell import site
from ui.widgets.tours import place, shipped
from ui.widgets.tours.fields import TourProblem
from ui.widgets.tours.tour import LARGEST, Tour, pack, read_tour, unpack
from ui.widgets.tours.write import write_tour
from ui.widgets.uploads import empty_upload, upload

_FILE = "plan_file"
LARGEST_UPLOAD = 1_000_000  # bytes; the reader of plans refuses far smaller ones in a sentence of its own


def open_from_link() -> None:
    """A plan in the link (`plan=`, or `ready=` for one of ours) is opened once, and then edited in this visit."""
    packed, name = st.query_params.get("plan"), st.query_params.get("ready")
    for parameter in ("plan", "ready"):
        st.query_params.pop(parameter, None)
    try:
        if packed is not None:
            kept.open_plan(read_tour(unpack(packed)))
        elif name is not None and name in shipped.plan_names():
            kept.open_plan(shipped.shipped_tour(name))
        elif name is not None:
            raise TourProblem(_("There is no lesson plan of this name."))
    except TourProblem as problem:
        st.warning(in_markdown(str(problem)), icon=":material/link_off:")


def open_plans(*, is_open: bool) -> None:
    """Ready plans as cards, and a file. `is_open`: they stand on the page, because there is no plan yet."""
    if is_open:
        _ready()
    else:
        with st.expander(_("Open a ready plan"), icon=":material/folder_open:"):
            _ready()
    with st.expander(_("Open a plan from a file"), icon=":material/upload_file:"):
        _upload()


def _ready() -> None:
    plan = ready_plans()
    if plan is not None:
        kept.open_plan(plan)
        st.rerun()


def _upload() -> None:
    data, problem = upload(_("A plan or a tour (TOML)"), ["toml", "txt"], _FILE, LARGEST_UPLOAD)
    if data is not None:
        try:
            kept.open_plan(read_tour(data))
        except TourProblem as refused:
            problem = str(refused)
        else:
            empty_upload(_FILE)  # so that the same file can come again, after the plan was changed
            st.rerun()
    if problem:
        st.error(in_markdown(problem), icon=":material/edit:")


def share(plan: Tour) -> None:
    with st.expander(_("Links and files of this plan"), icon=":material/share:"):
        _students(plan)
        _teachers(plan)
        _page(plan)


def _page(plan: Tour) -> None:
    st.markdown(f"**{_('One page for a stick or the course’s site')}**")
    st.markdown(
        _(
            "An HTML file with texts, questions and pictures in both languages, without your notes. It works without a network. "
            "Making it opens every stop, which takes some seconds each."
        )
    )
    lesson_file(plan, site.title)


def student_query(plan: Tour) -> str | None:
    """The link for the class, behind the app's address; None where the plan is too long for a link."""
    for name in shipped.plan_names():
        if shipped.shipped_tour(name) == plan:
            return as_query({"tour": name, "student": "1"})
    packed = pack(write_tour(edit.for_students(plan)))
    if len(packed) > place.LONGEST_IN_LINK:
        return None
    return as_query({"tour": place.OWN, "student": "1", "own_tour": packed})


def _students(plan: Tour) -> None:
    st.markdown(f"**{_('For students')}**")
    st.markdown(
        _("Students see the stops and no menu. Your notes are not in this link, unless the plan is one of ours.")
    )
    query = student_query(plan)
    if query is None:
        st.info(
            _("This plan is too long for a link: shorten its texts, or pass the file on."), icon=":material/link_off:"
        )
    else:
        share_link(app_address() + query, "plan_students")


def _teachers(plan: Tour) -> None:
    st.markdown(f"**{_('For colleagues')}**")
    packed = pack(write_tour(plan))
    if len(packed) > place.LONGEST_IN_LINK:
        st.info(
            _("This plan is too long for a link: shorten its texts, or pass the file on."), icon=":material/link_off:"
        )
    else:
        assert len(write_tour(plan)) <= LARGEST
        st.code(app_address() + "lesson" + as_query({"plan": packed}), language=None, wrap_lines=True)
