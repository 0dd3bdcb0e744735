"""Below an exercise that is homework (`homework=STUDENT` in the link): the student's receipt, as a code and as a file."""

import streamlit as st

from rnn_core.studies.practice.catalogue import EXERCISES, LARGEST_SEED
from rnn_core.studies.practice.goal_list import GOALS
from rnn_core.studies.practice.homework.assign import LONGEST_STUDENT, homework_exercises, is_student
from rnn_core.studies.practice.homework.check import make_receipt
from rnn_core.studies.practice.homework.receipt import LARGEST_NUMBER, VALUE, Receipt, receipt_code, write_receipt
from rnn_core.studies.practice.typed import read_number
from ui.i18n import _
from ui.links.kept_settings import unbound_in_link
from ui.widgets.tables import text_block

_MADE = "receipt of homework"


def hand_in() -> None:
    asked = unbound_in_link("homework")
    if asked:
        with st.container(border=True, key="hand_in"):
            _hand_in(asked)


@st.fragment
def _hand_in(asked: str) -> None:
    st.markdown(f"#### {_('Hand in')}")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            _("Student number"), asked[:LONGEST_STUDENT], max_chars=LONGEST_STUDENT, key="hand_in_student", width=260
        )
        st.button(
            _("Make my receipt"),
            key="make_receipt",
            type="primary",
            icon=":material/receipt_long:",
            on_click=_make_receipt,
        )
    made = st.session_state.get(_MADE)
    if isinstance(made, Receipt):
        _show(made)
    elif made:
        st.warning(made, icon=":material/edit:")
    else:
        st.caption(
            _(
                "Answer first. The receipt holds your student number, the exercise, your answer and its result, and nothing else."
            )
        )


def _make_receipt() -> None:
    """For the button's callback: the receipt of the present answer, or a sentence that says what is missing."""
    state = st.session_state
    student = str(state["hand_in_student"]).strip()
    exercise, seed = str(state.get("exercise")), int(state.get("numbers", 0))
    answer = _answer(exercise, seed)
    if not is_student(student):
        state[_MADE] = _("A student number has letters, digits and . @ + - _ only.")
    elif answer is None or exercise not in homework_exercises() or not 0 <= seed <= LARGEST_SEED:
        state[_MADE] = _("There is no answer yet. Write a number or set the dials, and press again.")
    else:
        state[_MADE] = make_receipt(student, exercise, seed, answer)


def _show(receipt: Receipt) -> None:
    values = ", ".join(f"{value:g}" for _name, value in receipt.answer)
    st.markdown(
        _("Your answer {values} is in this receipt. Send your teacher the code or the file:").format(values=values)
    )
    text_block(receipt_code(receipt))
    st.download_button(
        _("Download the receipt"),
        write_receipt(receipt),
        f"homework-{receipt.student}.json",
        "application/json",
        icon=":material/download:",
        on_click="ignore",
    )


def _answer(exercise: str, seed: int) -> dict[str, float] | None:
    """The visitor's present answer on the page."""
    if exercise in GOALS:
        knobs = GOALS[exercise].knobs
        found = {knob.name: st.session_state.get(f"set_{exercise}_{knob.name}") for knob in knobs}
        values = {name: float(value) for name, value in found.items() if isinstance(value, int | float)}
        return values if len(values) == len(knobs) else None
    typed = st.session_state.get(f"answer_{exercise}_{seed}") if exercise in EXERCISES else None
    value = read_number(typed) if isinstance(typed, str) else None
    return None if value is None or abs(value) > LARGEST_NUMBER else {VALUE: value}
