"""The widgets of the page on pictures with questions: the network, the picture and the question."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnn_core.apps.multimodal.questions import read_words, split_words, unknown_words
from rnn_core.apps.multimodal.settings import FUSIONS, INPUTS, Settings, standard
from rnn_core.arrays import Array
from ui.apps.cell_choice import cell_choice
from ui.apps.digit_drawing import drawn_digit
from ui.apps.multimodal import compute
from ui.as_text import in_markdown
from ui.i18n import _, language, listed
from ui.links.kept_settings import in_link
from ui.runs.settings_area import more_settings
from ui.widgets.choices import choice

MOST_WORDS = 40
LONGEST = 200  # characters
SOURCE, PAD = "multimodal_source", "paint_asked"
NUMBER, FIRST = "asked_picture", 6  # of the test pictures
EXAMPLE, TYPED = "question", "typed_question"
EXAMPLES = {
    "greater": "Is it greater than five?",
    "even": "Is it even?",
    "seven": "Is this a 7?",
    "less": "Is the digit smaller than 3?",
    "greater_zh": "它比五大吗？",
    "even_zh": "这个数是偶数吗？",
    "equal_zh": "图里的数是不是8？",
}


@dataclass(frozen=True)
class Question:
    words: tuple[str, ...]
    numbers: tuple[int, ...]  # of the words that are known


@dataclass(frozen=True)
class Picture:
    image: Array | None  # None: nothing is drawn yet
    digit: int | None  # None: unknown, because it was drawn
    is_own: bool = False
    name: str = ""


def chosen_settings() -> Settings:
    fusion_labels = {"early": _("early"), "late": _("late"), "gated": _("gated")}
    fusion = choice(
        st.segmented_control, _("Fusion"), {each: fusion_labels[each] for each in FUSIONS}, "gated", "fusion"
    )
    cell = cell_choice("multimodal_cell")
    defaults = standard(fusion, cell)
    with more_settings():
        input_labels = {"both": _("picture and question"), "question": _("question only"), "picture": _("picture only")}
        inputs = choice(st.selectbox, _("Inputs"), {each: input_labels[each] for each in INPUTS}, "both", "inputs")
        named = choice(
            st.segmented_control, _("Also learns the digit’s name"), {"yes": _("yes"), "no": _("no")}, "yes", "named"
        )
        hidden = st.slider(_("Hidden size H"), 8, 128, defaults.hidden, **in_link("multimodal_H"))
        sight = st.slider(_("Numbers for the picture"), 4, 64, defaults.sight, **in_link("sight"))
    return defaults.changed(inputs=inputs, named=named == "yes", hidden=hidden, sight=sight)


def take_drawing() -> None:
    """A stroke on the pad: from now on the picture is the visitor's."""
    st.session_state[SOURCE] = "draw"


def picture() -> Picture:
    labels = {"test": _("test data"), "draw": f":material/draw: {_('my own drawing')}"}
    chosen = choice(st.segmented_control, _("Picture from"), labels, "test", SOURCE, label_visibility="collapsed")
    if chosen == "draw":
        return Picture(drawn_digit(PAD), None, is_own=True)
    test = compute.test_pictures()
    with st.popover(_("All"), icon=":material/grid_view:"):
        at = st.slider(_("Test picture"), 1, len(test.digits), FIRST, **in_link("asked_picture")) - 1
    return Picture(test.images[at], int(test.digits[at]), name=str(at))


def question(examples: DeltaGenerator, reported: DeltaGenerator) -> Question:
    """The typed question, or else the chosen example. A refused question does not replace the last valid one.

    The examples are drawn in the place `examples`, the field for a question here, and a problem with it in the place `reported`."""
    first = "greater_zh" if language() == "zh" else "greater"
    with examples:
        example = choice(
            st.pills, _("Questions"), EXAMPLES, first, EXAMPLE, label_visibility="collapsed", on_change=_forget_typed
        )
    label = _("Ask your own question, in English or Chinese")
    typed = st.text_input(
        label,
        **in_link("typed_question"),
        placeholder=_("Ask your own question"),
        max_chars=LONGEST,
        label_visibility="collapsed",
    )
    if not typed.strip():
        st.session_state.pop("multimodal_asked", None)
        return _question(split_words(EXAMPLES[example]))
    words = split_words(typed)
    problem = _problem(words)
    if problem:
        reported.error(problem)
        return st.session_state.get("multimodal_asked") or _question(split_words(EXAMPLES[example]))
    if strange := unknown_words(words):
        reported.warning(
            _("These words did not occur in its training, so it skips them: {words}.").format(
                words=listed(in_markdown(word[:30]) for word in strange)
            )
        )
    asked = _question([word for word in words if word not in strange])
    st.session_state["multimodal_asked"] = asked
    return asked


def _forget_typed() -> None:
    st.session_state[TYPED] = ""


def _problem(words: list[str]) -> str:
    if len(words) > MOST_WORDS:
        return _("A question of at most {most} words is enough; here are {count}.").format(
            most=MOST_WORDS, count=len(words)
        )
    if len(unknown_words(words)) == len(words):
        return _("It knows none of these words. Ask about size, about even and odd, or about one digit.")
    return ""


def _question(words: list[str]) -> Question:
    return Question(tuple(words), tuple(read_words(words)))
