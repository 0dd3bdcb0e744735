"""Interventions as short text: the link brings them back, and nonsense is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.studies.sequences import SequenceSetup, run_of
from ui.memory.gates import intervention_text
from ui.memory.gates.intervention_text import Spec

values = st.floats(-1, 1).map(lambda value: round(value, 2) + 0.0)
steps = st.tuples(st.integers(1, 1000), st.integers(1, 1000)).map(sorted)


@st.composite
def any_spec(draw):
    what = draw(st.sampled_from("ifogrznshc"))
    first, last = draw(steps)
    return Spec(what, draw(st.none() | st.integers(1, 128)), first, last, 0.0 if what == "s" else draw(values))


@given(st.lists(any_spec(), max_size=intervention_text.MOST).map(tuple))
def test_interventions_survive_a_link(specs):
    assert intervention_text.from_text(intervention_text.to_text(specs)) == specs


def test_the_text_of_an_intervention_is_readable():
    assert intervention_text.to_text(
        [Spec("f", None, 21, 30, 0.0), Spec("s", 3, 1, 60), Spec("c", 2, 40, 40, 0.5)]
    ) == ("f.all.21-30.0~s.3.1-60~c.2.40.0.5")


@pytest.mark.parametrize(
    "text",
    ["x.all.1.0", "f.all.1-2", "f", "~", "f.all.1-2.nan", "f.all.1-2.1e999", "f.all.1.0~" * 30, "<b>", "f.2.1-2.1-1"],
)
def test_nonsense_in_a_link_is_refused(text):
    if text == "f.all.1-2":  # a value left out is zero
        assert intervention_text.from_text(text) == (Spec("f", None, 1, 2, 0.0),)
        return
    with pytest.raises(ValueError, match="cannot be read"):
        intervention_text.from_text(text)


def test_a_spec_becomes_an_intervention_of_the_core():
    assert intervention_text.to_core(Spec("f", None, 2, 3, 0.5), "lstm", 2, 9) == rc.Clamp(
        "forget_gate", (0, 1), 0.5, (1, 2)
    )
    assert intervention_text.to_core(Spec("s", 2, 8, 99), "gru", 2, 9) == rc.Silence((1,), (7, 8))
    assert intervention_text.to_core(Spec("c", 1, 4, 4, 1.0), "lstm", 2, 9) == rc.SetState("c", (0,), 1.0, 3)
    assert intervention_text.to_core(Spec("z", None, 2, 3, 0.5), "lstm", 2, 9) is None  # an LSTM has no z
    assert intervention_text.to_core(Spec("f", 3, 2, 3, 0.5), "lstm", 2, 9) is None  # nor this run a third unit
    assert intervention_text.to_core(Spec("f", 1, 10, 12, 0.5), "lstm", 2, 9) is None  # nor a tenth step


@given(any_spec())
def test_every_valid_intervention_runs_and_changes_no_earlier_step(spec):
    setup = SequenceSetup("lstm", hidden_size=3, steps=12, signal="wave")
    made = intervention_text.to_core(spec, "lstm", 3, 12)
    if made is None:
        return
    original, changed = run_of(setup), run_of(setup, interventions=(made,))
    np.testing.assert_array_equal(changed.hs[: spec.first], original.hs[: spec.first])
