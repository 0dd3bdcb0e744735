"""The section of the Home page on tours: ours to begin, and a teacher's own to read in and to pass on."""

import streamlit as st

from ui.as_text import in_markdown
from ui.i18n import _
from ui.widgets.lesson import prose
from ui.widgets.tours import place, shipped
from ui.widgets.tours.fields import TourProblem
from ui.widgets.tours.tour import Tour
from ui.widgets.uploads import upload

LARGEST_UPLOAD = 1_000_000  # bytes; the reader of tours refuses far smaller ones in a sentence of its own


def tours() -> None:
    prose("home", "tours")
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        name = st.selectbox(_("Tour"), shipped.names(), format_func=_label, key="tour_to_begin")
    with right:
        st.button(_("Begin the tour"), key="begin_tour", icon=":material/tour:", on_click=place.ask_for, args=(name,))
    with st.expander(_("A tour of your own"), icon=":material/edit_note:"):
        _own()


def _label(name: str) -> str:
    tour = shipped.shipped_tour(name)
    return _("{title} ({stops} stops, about {minutes} min)").format(
        title=tour.title, stops=len(tour.steps), minutes=tour.minutes
    )


def _own() -> None:
    prose("home", "own_tour")
    example = shipped.FOLDER / "lstm.toml"
    st.download_button(
        _("Download the LSTM’s tour as an example"),
        example.read_bytes(),
        "tour.toml",
        "text/plain",
        icon=":material/download:",
    )
    data, problem = upload(_("A tour (TOML)"), ["toml", "txt"], "own_tour_file", LARGEST_UPLOAD)
    if data is not None and not problem:
        try:
            place.keep_own_tour(data)
        except TourProblem as refused:
            problem = str(refused)
    if problem:
        st.error(in_markdown(problem), icon=":material/edit:")
    tour = place.own_tour()
    if tour is not None:
        _begin_own(tour)


def _begin_own(tour: Tour) -> None:
    reported = _("**{title}** has {stops} stops.").format(title=in_markdown(str(tour.title)), stops=len(tour.steps))
    st.markdown(reported)
    st.button(
        _("Begin your tour"), key="begin_own_tour", icon=":material/tour:", on_click=place.ask_for, args=(place.OWN,)
    )
    packed = place.own_in_link()
    if packed:
        st.caption(_("Put this behind the app’s address, and the link opens your tour:"))
        st.code(f"?tour={place.OWN}&own_tour={packed}", language=None, wrap_lines=True)
    else:
        st.caption(_("Your tour is too long for a link: pass the file on instead."))
