"""Interventions as short text: what goes into the link comes out of it, and nonsense is met with words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.studies.sequences import SequenceSetup, run_of
from ui.memory.gates import holds
from ui.memory.gates.holds import Hold

values = st.floats(-1, 1).map(lambda value: round(value, 2) + 0.0)
steps = st.tuples(st.integers(1, 1000), st.integers(1, 1000)).map(sorted)


@st.composite
def any_hold(draw):
    what = draw(st.sampled_from("ifogrznshc"))
    first, last = draw(steps)
    return Hold(what, draw(st.none() | st.integers(1, 128)), first, last, 0.0 if what == "s" else draw(values))


@given(st.lists(any_hold(), max_size=holds.MOST_HOLDS).map(tuple))
def test_a_link_brings_back_what_was_held(held):
    assert holds.unpacked(holds.packed(held)) == held


def test_the_text_can_be_read_by_a_person():
    assert holds.packed([Hold("f", None, 21, 30, 0.0), Hold("s", 3, 1, 60), Hold("c", 2, 40, 40, 0.5)]) == (
        "f.all.21-30.0~s.3.1-60~c.2.40.0.5"
    )


@pytest.mark.parametrize(
    "text",
    ["x.all.1.0", "f.all.1-2", "f", "~", "f.all.1-2.nan", "f.all.1-2.1e999", "f.all.1.0~" * 30, "<b>", "f.2.1-2.1-1"],
)
def test_nonsense_in_a_link_is_told(text):
    if text == "f.all.1-2":  # a value left out is zero
        assert holds.unpacked(text) == (Hold("f", None, 1, 2, 0.0),)
        return
    with pytest.raises(ValueError, match="cannot be read"):
        holds.unpacked(text)


def test_a_hold_becomes_what_the_core_understands():
    assert holds.intervention(Hold("f", None, 2, 3, 0.5), "lstm", 2, 9) == rc.Clamp("forget_gate", (0, 1), 0.5, (1, 2))
    assert holds.intervention(Hold("s", 2, 8, 99), "gru", 2, 9) == rc.Silence((1,), (7, 8))
    assert holds.intervention(Hold("c", 1, 4, 4, 1.0), "lstm", 2, 9) == rc.SetState("c", (0,), 1.0, 3)
    assert holds.intervention(Hold("z", None, 2, 3, 0.5), "lstm", 2, 9) is None  # an LSTM has no z
    assert holds.intervention(Hold("f", 3, 2, 3, 0.5), "lstm", 2, 9) is None  # nor this run a third unit
    assert holds.intervention(Hold("f", 1, 10, 12, 0.5), "lstm", 2, 9) is None  # nor a tenth step


@given(any_hold())
def test_every_hold_that_fits_can_be_run_and_the_past_stays_untouched(hold):
    setup = SequenceSetup("lstm", hidden_size=3, steps=12, signal="wave")
    made = holds.intervention(hold, "lstm", 3, 12)
    if made is None:
        return
    untouched, held = run_of(setup), run_of(setup, interventions=(made,))
    np.testing.assert_array_equal(held.hs[: hold.first], untouched.hs[: hold.first])
