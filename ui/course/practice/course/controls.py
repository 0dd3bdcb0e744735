"""What goes into a file for a course's own system, and the two buttons that make it."""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain

import streamlit as st

from rnn_core.studies.practice.catalogue import LARGEST_SEED, TOPICS
from ui.course.practice.course.items import ALL_TOPICS, Item, exercises, questions
from ui.course.practice.course.moodle import moodle_xml
from ui.course.practice.course.qti import qti_package
from ui.course.practice.formulas import without_colours
from ui.i18n import Language, _, language, using_language
from ui.links.kept_settings import in_link
from ui.shell import site
from ui.widgets.choices import choice
from ui.widgets.lesson import prose

MOST_VERSIONS = 10


@st.fragment
def course_files() -> None:
    prose("worksheets", "course")
    topics = {ALL_TOPICS: _("All topics")} | {page: site.title(page) for page in TOPICS}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        topic = choice(st.selectbox, _("Topic"), topics, ALL_TOPICS, "course_topic", width=280)
        count = int(
            st.number_input(
                _("Versions of each exercise"), 1, MOST_VERSIONS, 3, width=190, **in_link("course_versions")
            )
        )
        first = int(st.number_input(_("First seed"), 0, LARGEST_SEED, 0, width=150, **in_link("course_seed")))
    with st.container(horizontal=True, gap="small"):
        _file(_("Moodle XML"), moodle_xml, "unrolled-moodle.xml", "application/xml", topic, range(first, first + count))
        _file(
            _("QTI 2.1 (ZIP)"), qti_package, "unrolled-qti.zip", "application/zip", topic, range(first, first + count)
        )


def _file(label: str, write: Callable[[Iterable[Item]], bytes], name: str, mime: str, topic: str, seeds: range) -> None:
    made = partial(file_for_course, write, topic, seeds, language())
    st.download_button(label, made, name, mime, icon=":material/download:", on_click="ignore")


def file_for_course(write: Callable[[Iterable[Item]], bytes], topic: str, seeds: range, lang: Language) -> bytes:
    """Made after the click, in a thread of its own, which does not know the reader's language."""
    with using_language(lang), without_colours():
        return write(chain(questions(topic), exercises(topic, seeds)))
