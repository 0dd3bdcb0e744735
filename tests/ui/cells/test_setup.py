"""Links and saved files bring back the same view, number for number; broken ones are met with a sentence."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from rnn_core.arrays import weight_names
from rnn_core.params.presets import PRESETS
from tests.charts import opened, parts
from ui.cells import setup as setups
from ui.cells.setup import CellSetup, Edit, SetupProblem
from ui.runs.workers import NOT_STARTED, WorkersLostError

FORMS = {
    "rnn": ["", "tanh", "relu", "sigmoid", "linear"],
    "lstm": ["", "standard", "no_forget", "peephole", "coupled"],
    "gru": ["", "after-keeps", "after-writes", "before-keeps", "before-writes"],
}
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)


@st.composite
def edited_setups(draw: st.DrawFn) -> CellSetup:
    cell = draw(st.sampled_from(["rnn", "lstm", "gru"]))
    setup = CellSetup(
        cell,
        preset=draw(st.sampled_from(["random", *PRESETS[cell]])),
        hidden_size=draw(st.integers(1, 8)),
        input_size=draw(st.integers(1, 8)),
        form=draw(st.sampled_from(FORMS[cell])),
        seed=draw(st.integers(0, 9999)),
    )
    params = setups.base_params(setup)
    edits = {}
    for _ in range(draw(st.integers(0, 5))):
        name = draw(st.sampled_from(weight_names(params)))
        entry = draw(st.integers(0, getattr(params, name).size - 1))
        edits[name, entry] = Edit(name, entry, draw(NUMBERS))
    return replace(setup, edits=tuple(edits.values()))


@given(edited_setups())
def test_weights_survive_the_link_to_the_last_bit(setup: CellSetup) -> None:
    assert setups.unpack_edits(setups.pack_edits(setup), setup) == setup.edits


@given(edited_setups())
def test_a_view_survives_the_file_to_the_last_bit(setup: CellSetup) -> None:
    assert setups.from_file(setups.to_file(setup), setup.cell) == setup


@given(edited_setups())
def test_edits_are_what_differs_from_the_preset(setup: CellSetup) -> None:
    base, edited = setups.base_params(setup), setups.params_of(setup)
    again = setups.params_of(replace(setup, edits=setups.edits_between(base, edited)))
    for name in weight_names(base):
        np.testing.assert_array_equal(getattr(again, name), getattr(edited, name))


@pytest.mark.parametrize("text", ["x", "%%%%", "AAAA", "A" * 30_000, "eJwDAAAAAAE", "eNpjZGBgAAAACAAC"])
def test_a_broken_link_is_met_with_a_sentence(text: str) -> None:
    with pytest.raises(SetupProblem):
        setups.unpack_edits(text, CellSetup("lstm"))


def test_a_link_that_unpacks_to_gigabytes_is_refused_without_unpacking_it() -> None:
    bomb = CellSetup("lstm", edits=tuple(Edit("W_xi", 0, 0.0) for _ in range(200_000)))
    packed = setups.pack_edits(bomb)
    assert len(packed) < 20_000
    with pytest.raises(SetupProblem):
        setups.unpack_edits(packed, CellSetup("lstm"))


def test_weights_for_a_larger_cell_do_not_fit_a_smaller_one() -> None:
    large = CellSetup("rnn", hidden_size=8, edits=(Edit("W_hh", 63, 1.0),))
    with pytest.raises(SetupProblem):
        setups.unpack_edits(setups.pack_edits(large), replace(large, hidden_size=2))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e7])
def test_a_link_with_numbers_beyond_the_limit_is_refused(value: float) -> None:
    setup = CellSetup("gru", edits=(Edit("b_z", 0, value),))
    with pytest.raises(SetupProblem):
        setups.unpack_edits(setups.pack_edits(setup), setup)


@pytest.mark.parametrize(
    ("text", "width", "rows"),
    [
        ("1, 2 3", 1, ((1.0,), (2.0,), (3.0,))),
        ("1,2\n3,4", 2, ((1.0, 2.0), (3.0, 4.0))),
        ("1，2、-3e-1；", 1, None),
        ("  .5\t-1 ", 1, ((0.5,), (-1.0,))),
    ],
)
def test_numbers_are_read_however_they_are_separated(text: str, width: int, rows: tuple | None) -> None:
    assert setups.parse_numbers(text, width) == (rows or ((1.0,), (2.0,), (-0.3,)))


@pytest.mark.parametrize("text", ["", "  ", "1,2,abc", "nan", "inf", "1e9", "1 " * 10_000, "<script>", "１２a"])
def test_typed_nonsense_is_met_with_a_sentence(text: str) -> None:
    with pytest.raises(SetupProblem) as problem:
        setups.parse_numbers(text, 1)
    assert len(str(problem.value)) > 20


def test_a_link_with_typed_nonsense_says_so_and_shows_the_default_numbers() -> None:
    app = opened("rnn", input="typed", xs1="1,2,abc")
    assert "“abc” is not a number" in app.error[0].value
    [diagram] = [part for part in parts(app) if "cells" in part]
    assert diagram["cells"][0]["T"] == 6
    [steps] = [part for part in parts(app) if part.get("key") == "T"]
    assert steps["disabled"]  # there are as many steps as numbers


def test_a_broken_wave_in_a_link_is_met_with_a_sentence_and_the_default_wave() -> None:
    app = opened("rnn", input="drawn", preset="echo", wave="1e999,2,abc")
    assert "The wave in this link cannot be read" in app.warning[0].value
    [diagram] = [part for part in parts(app) if "cells" in part]
    assert diagram["cells"][0]["T"] == 40


@pytest.mark.parametrize(
    ("problem", "says"),
    [(TimeoutError(), "has not answered yet"), (WorkersLostError(NOT_STARTED), "cannot be started on this server")],
)
def test_a_check_that_torch_does_not_answer_says_so(
    monkeypatch: pytest.MonkeyPatch, problem: Exception, says: str
) -> None:
    def unanswered(setup: CellSetup) -> None:
        raise problem

    def script() -> None:
        from ui.cells import page, setup

        page._check_against_torch(setup.CellSetup("rnn"))

    monkeypatch.setattr("ui.cells.compute.torch_check", unanswered)
    app = AppTest.from_function(script, default_timeout=30).run()
    assert not app.exception
    assert [says in reported.value for reported in (*app.info, *app.error)] == [True]


def test_half_a_step_is_refused() -> None:
    with pytest.raises(SetupProblem, match="3 numbers do not fill whole steps: each step takes 2"):
        setups.parse_numbers("1 2 3", 2)


def _tampered(**changes: object) -> str:
    content = json.loads(setups.to_file(CellSetup("lstm")))
    return json.dumps({**content, **changes})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"unrolled": 1}',
        "[" * 100_000,
        _tampered(cell="gru"),
        _tampered(hidden_size=10**9),
        _tampered(hidden_size="3"),
        _tampered(steps=0),
        _tampered(preset="../../etc/passwd"),
        _tampered(signal="typed", numbers=[[1, 2]]),
        _tampered(signal="typed", numbers=[["1e99"]]),
        _tampered(edits=[{"name": "__class__", "entry": 0, "value": 1}]),
        _tampered(edits=[{"name": "W_xi", "entry": 10**6, "value": 1}]),
        _tampered(form="sideways"),
        _tampered(unknown=1),
        _tampered(edits=[{"name": "W_xi", "entry": 0, "value": 1}] * 1000),
        _tampered(form=" " * setups.LARGEST_FILE),
    ],
)
def test_a_foreign_file_is_met_with_a_sentence(text: str) -> None:
    with pytest.raises(SetupProblem, match="not a saved view"):
        setups.from_file(text, "lstm")


def test_the_largest_view_of_a_page_is_saved_and_opened() -> None:
    setup = CellSetup("lstm", hidden_size=8, input_size=8, steps=200, form="peephole", signal="typed")
    noise = np.random.default_rng(0).normal(size=(200, 8))
    setup = replace(setup, numbers=tuple(map(tuple, noise.tolist())))
    base = setups.base_params(setup)
    other = replace(base, **{name: getattr(base, name) - 1 / 3 for name in weight_names(base)})
    setup = replace(setup, edits=setups.edits_between(base, other))
    assert setups.from_file(setups.to_file(setup), "lstm") == setup


def test_a_file_of_many_edits_makes_the_weights_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    base_params = setups.base_params
    monkeypatch.setattr(setups, "base_params", lambda setup: made.append(setup) or base_params(setup))
    setups.from_file(_tampered(edits=[{"name": "W_hi", "entry": 0, "value": 1.0}] * 30), "lstm")
    assert len(made) == 1
    with pytest.raises(SetupProblem):
        setups.from_file(_tampered(edits=[{"name": "W_hi", "entry": 0, "value": 1.0}] * 400_000), "lstm")
    assert len(made) == 1  # such a file is not even read
