"""Two sequences of the same length with different answers: which state of the first, put into the second, brings its answer back."""

import numpy as np
import streamlit as st

from rnn_core.analysis.inside.answers import LastState
from rnn_core.analysis.inside.patching import STATE, Patch, patch_map, patched_road
from rnn_core.apps.passages import Answers, Opened
from rnn_core.arrays import Array
from rnn_core.cells.activations import sigma
from ui.as_text import in_chart
from ui.i18n import _
from ui.memory.inside import answers_compute as compute
from ui.memory.inside.chosen import Chosen
from ui.memory.inside.compute_runs import Swap
from ui.memory.inside.names import answer_name, value_names
from ui.memory.inside.sequence_text import line_of, shown_tokens
from ui.memory.inside.sequences_compute import SequenceUnits
from ui.memory.inside.swap_figure import Roads, probability
from ui.memory.inside.swap_shown import show
from ui.memory.inside.take_runs import Place, of_swap
from ui.widgets.choices import choice
from ui.widgets.take_along.offers import offer_numbers

LONGEST = 40  # steps
OTHERS = 160


def swap(chosen: Chosen[SequenceUnits], at: int) -> None:
    """The sequence at the place is the clean one."""
    opened, answers = chosen.found.opened, chosen.found.opened.answers
    if answers is None or answers.output == "identity" or not isinstance(answers.head(0), LastState):
        st.markdown(
            _(
                "This needs an answer that is a linear function of the last state: the answer of this network is another."
            )
        )
        return
    clean = opened.passage.sequence_of(at)
    others = _others(opened, answers, clean)
    if not others:
        st.markdown(
            _(
                "No other sequence that is shown has the same length, at most {longest} steps, and another answer."
            ).format(longest=LONGEST)
        )
        return
    left, right = st.columns(2)
    with left:
        names = {str(each): line_of(opened, each) for each in others}
        other = int(choice(st.selectbox, _("The other sequence"), names, str(others[0]), "swap_other", in_link=False))
    with right:
        values = {name: label for name, label in value_names().items() if name in opened.network.values}
        name = choice(
            st.selectbox, _("Swap"), {STATE: _("the whole state"), **values}, STATE, "swap_value", in_link=False
        )
    _show(opened, answers, clean, other, name)


def _others(opened: Opened, answers: Answers, clean: int) -> list[int]:
    """The sequences with which it can be compared."""
    read, own = opened.passage, _answer(opened, answers, clean)
    length = int(read.ends[clean] - read.starts[clean])
    if length > LONGEST:
        return []
    same = [each for each in compute.measured(opened, OTHERS) if read.ends[each] - read.starts[each] == length]
    return [each for each in same if _answer(opened, answers, each) != own]


def _answer(opened: Opened, answers: Answers, sequence: int) -> int:
    return compute.best(answers.shares(answers.head(sequence).scores(compute.states_of(opened, sequence))))


def _show(opened: Opened, answers: Answers, clean: int, other: int, name: str) -> None:
    wanted, instead = (_answer(opened, answers, each) for each in (clean, other))
    weights = np.zeros(opened.network.outputs)
    if answers.output == "sigmoid":
        weights[0] = 1.0 if wanted else -1.0
    else:
        weights[wanted], weights[instead] = 1.0, -1.0
    one, two = (opened.passage.inputs[compute.steps_of(opened, each)] for each in (clean, other))
    tokens = [tuple(shown_tokens(opened.passage)[compute.steps_of(opened, each)]) for each in (clean, other)]
    found = Swap(tokens[0], tokens[1], patch_map(opened.network, one, two, weights, name=name))

    def road(step: int, unit: int | None) -> Array:
        patch = Patch(step, None if unit is None else (unit,), name)
        return patched_road(opened.network, one, two, weights, (patch,))

    low, high = (f"“{in_chart(answer_name(opened, each))}”" for each in (instead, wanted))

    def take(roads: Roads, _place: Place) -> None:
        offer_numbers({name: each.value for name, each in of_swap(found, roads).items()}, "swap")

    show(found, road, sigma, probability((low, high), are_words=False), take, on_stage=False)
