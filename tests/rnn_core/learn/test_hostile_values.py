"""Invalid numbers and texts in a link, a saved view and a run file: each is refused with one message."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.apps.sentiment.settings import Settings
from rnn_core.apps.text.settings import Settings as TextSettings
from rnn_core.errors import CoreError, check_integer, check_number
from rnn_core.lab.comparison import Comparison
from rnn_core.lab.settings import RunSettings
from rnn_core.learn import runfile
from rnn_core.learn.settings import TrainingSettings
from tests.kinds import EVERY_KIND
from tests.rnn_core.learn.test_run_files import changed
from ui.cells import setup as setups
from ui.cells.setup import CellSetup, SetupProblem

HUGE = 10**400  # no float is as large
ENDLESS = 10**5000  # and Python does not even write this one
REAL_OPTIONS = ("rate", "momentum", "gain", "target", "clip_norm")


def kind_of(value: object) -> str:
    """Python writes no integer of thousands of digits, not even as a test's name."""
    return type(value).__name__


@pytest.mark.parametrize(
    "value", [HUGE, -HUGE, ENDLESS, float("inf"), float("nan"), "1", None, True, [1.0]], ids=kind_of
)
def test_one_check_refuses_every_value_that_is_no_number_in_range(value: object) -> None:
    with pytest.raises(CoreError) as caught:
        check_number("rate", value, 0.0, 1.0)
    assert len(str(caught.value)) < 300
    for name in REAL_OPTIONS if value is not None else REAL_OPTIONS[:2]:
        with pytest.raises(CoreError, match=name):
            RunSettings.read({name: value})


@pytest.mark.parametrize("value", [HUGE, ENDLESS, -ENDLESS, 1.5, "3", None, True, [1]], ids=kind_of)
def test_an_integer_of_any_length_is_refused_in_a_short_sentence(value: object) -> None:
    with pytest.raises(CoreError) as caught:
        check_integer("steps", value, 0, 100)
    assert len(str(caught.value)) < 300


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([HUGE, -HUGE, 10**4000, 0, 1, 2, 40])
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["\ud800", "lab", "lstm", "own", "counter", "after-keeps", "typed", "torch"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
ROWS = [[f"good {k}", k % 2] for k in range(300)]


@pytest.mark.parametrize(
    "rows",
    [
        ["a text", 1],
        7,
        {"a": 1},
        "[" + ",".join(['"ab"'] * 300) + "]",
        json.dumps([*ROWS, ["half \ud800", 1]]),
        "half \ud800",
        json.dumps([[text, [good]] for text, good in ROWS]),
    ],
    ids=[
        "a list",
        "a number",
        "an object",
        "strings for rows",
        "a surrogate in a row",
        "a surrogate",
        "lists of labels",
    ],
)
def test_reviews_in_a_run_file_that_nobody_packed_are_refused(rows: object) -> None:
    plain = {**Settings().to_plain(), "rows": rows}
    with pytest.raises(CoreError):
        runfile.load(changed(settings=plain), EVERY_KIND)


@given(st.dictionaries(st.sampled_from([*RunSettings().to_plain(), "unknown"]), ANYTHING, max_size=3), ANYTHING)
def test_any_list_of_runs_in_a_link_is_a_comparison_or_a_sentence(line: dict[str, object], seeds: object) -> None:
    text = json.dumps({"task": {"name": "adding"}, "seeds": seeds, "runs": [line]})
    try:
        Comparison.unpack(text)
    except CoreError as problem:
        str(problem).encode()


@pytest.mark.parametrize("own", [["x"], 7, "half \ud800", "%%%", "é" * 9])
def test_a_text_in_a_run_file_that_nobody_packed_is_refused(own: object) -> None:
    with pytest.raises(CoreError):
        runfile.load(changed(settings={**TextSettings().to_plain(), "text": "own", "own": own}), EVERY_KIND)


def saved(**values: object) -> str:
    content = json.loads(setups.to_file(CellSetup("lstm", preset="random")))
    return json.dumps({**content, **values})


@pytest.mark.parametrize(
    "text",
    [
        saved(seed="3"),
        saved(seed=float("inf")),
        saved(seed=HUGE),
        saved(seed=-1),
        saved(seed=True),
        saved(scheme=["torch"]),
        saved(scheme=None),
        saved(preset="counter", scheme=["torch"]),
        saved(preset="counter", seed="3"),
        saved(preset=["counter"]),
        saved(form=["peephole"]),
        saved(form=3),
        saved(form=None),
        saved(signal=["wave"]),
        saved(steps=float("inf")),
        saved(steps=True),
        saved(numbers=[[HUGE]], signal="typed"),
        saved(numbers=[[float("inf")]], signal="typed"),
        saved(numbers=["12"], signal="typed"),
        saved(numbers=[[True]], signal="typed"),
        saved(numbers=7),
        saved(edits=[{"name": "W_xi", "entry": float("inf"), "value": 1}]),
        saved(edits=[{"name": "W_xi", "entry": 0, "value": HUGE}]),
        saved(edits=[{"name": "W_xi", "entry": 0, "value": "1"}]),
        saved(edits=[{"name": "W_xi", "entry": 0.5, "value": 1}]),
        saved(edits=[{"name": ["W_xi"], "entry": 0, "value": 1}]),
        '{"unrolled": 1, "cell": "lstm", "seed": ' + "9" * 5000 + "}",
    ],
)
def test_a_saved_view_with_a_value_of_another_kind_is_met_with_a_sentence(text: str) -> None:
    with pytest.raises(SetupProblem, match="not a saved view"):
        setups.from_file(text, "lstm")


@given(st.dictionaries(st.sampled_from([*json.loads(saved()), "unknown"]), ANYTHING, max_size=4))
def test_any_saved_view_is_a_setup_or_a_sentence(values: dict[str, object]) -> None:
    try:
        setup = setups.from_file(saved(**values), "lstm")
    except SetupProblem:
        return
    setups.params_of(setup)
    setups.inputs_of(setup)
    assert setups.from_file(setups.to_file(setup), "lstm") == setup


@given(st.sampled_from([RunSettings, Settings, TextSettings]), st.data())
def test_any_options_are_settings_or_a_sentence(kind: type[TrainingSettings], data: st.DataObject) -> None:
    names = [*kind().to_plain(), "unknown"]
    given_options = data.draw(st.dictionaries(st.sampled_from(names), ANYTHING, max_size=3))
    try:
        state, _curves = runfile.load(changed(settings={**kind().to_plain(), **given_options}), EVERY_KIND)
    except CoreError as problem:
        str(problem).encode()
        return
    assert isinstance(state.settings, TrainingSettings)


@given(st.dictionaries(st.sampled_from(["version", "step", "best_loss", "best_step", "ending", "settings"]), ANYTHING))
def test_any_header_of_a_run_file_is_a_run_or_a_sentence(about: dict[str, object]) -> None:
    try:
        runfile.load(changed(**about), EVERY_KIND)
    except CoreError as problem:
        str(problem).encode()
