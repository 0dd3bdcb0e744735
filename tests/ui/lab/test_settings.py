"""No state of the lab's widgets asks for what a run refuses, and every run's settings come back from the widgets whole."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core.errors import CoreError
from rnn_core.lab.layout import first_weights
from rnn_core.lab.settings import CELLS, INITS, OPTIMISERS, SCHEDULES, RunSettings
from rnn_core.lab.tasks import TASKS
from rnn_core.lab.tasks.latch import Latch
from rnn_core.lab.tasks.waves import Waves
from ui.lab.names import task_description, task_labels
from ui.lab.settings import DEFAULTS, RULES, effective_values, in_link, settings_of, values_of, without_widgets

TOO_LARGE = ("hidden and layers", "batch, steps and hidden", "batch, steps and state")


def real(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high) | st.sampled_from([low, high])


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


WIDGETS = st.fixed_dictionaries(
    {
        "task": st.sampled_from(tuple(TASKS)),
        "T": st.integers(10, 200),
        "few": maybe(st.integers(1, 100_000)),
        "cell": st.sampled_from(CELLS),
        "H": st.integers(4, 256),
        "layers": st.integers(1, 4),
        "two_way": st.booleans(),
        "symbol_size": maybe(st.integers(1, 128)),
        "init": st.sampled_from(INITS),
        "w_gain": real(0.0, 10.0),
        "forget": maybe(real(-10.0, 10.0)),
        "chrono": maybe(st.integers(3, 10_000)),
        "optimiser": st.sampled_from(OPTIMISERS),
        "rate": real(0.0, 1000.0),
        "schedule": st.sampled_from(SCHEDULES),
        "momentum": real(0.1, 0.999),
        "decay": real(0.0, 1.0),
        "clip": maybe(real(1e-6, 1e6)),
        "clip_each": maybe(real(1e-6, 1e6)),
        "dropout": real(0.0, 0.9),
        "same_mask": st.booleans(),
        "l1": real(0.0, 1.0),
        "l2": real(0.0, 1.0),
        "keep": real(0.0, 10.0),
        "batch": st.integers(1, 512),
        "truncate": maybe(st.integers(1, 1000)),
        "true_first": real(0.0, 1.0),
        "true_last": real(0.0, 1.0),
        "target": maybe(real(0.0, 1e6)),
        "patience": maybe(st.integers(1, 1_000_000)),
        "budget": st.integers(1, 1_000_000),
        "seed": st.integers(0, 2**31 - 1),
        "more": st.sampled_from(["", "{}", "nonsense", "[1]", '{"check_every":7}', '{"check_every":0}', '{"task":3}']),
    }
)


@given(WIDGETS)
@settings(max_examples=300)
def test_any_state_of_the_widgets_is_a_run_or_too_large_a_one(values: dict) -> None:
    assert values.keys() == DEFAULTS.keys()
    try:
        asked = settings_of(values)
    except CoreError as caught:
        problem = caught.argument
    else:
        problem = ""
    if problem:
        assert problem in TOO_LARGE
        return
    assert settings_of(values_of(asked)) == asked
    for name in effective_values(values)[1]:
        assert effective_values(values)[0][name] == next(rule.off for rule in RULES if rule.widget == name)


@given(WIDGETS.map(lambda values: values | {"H": 4 + values["H"] % 9, "batch": 1 + values["batch"] % 4}))
@settings(max_examples=40, deadline=None)
def test_the_settings_of_the_widgets_can_be_initialised(values: dict) -> None:
    weights = first_weights(settings_of(values))
    assert all(math.isfinite(float(abs(value).max())) for value in weights.values())


@pytest.mark.parametrize(
    "given_settings",
    [
        RunSettings(
            task=Latch(steps=700, signal=2, noise=0.3, examples=12), check_every=7, budget=999_983, seed=2**31 - 1
        ),
        RunSettings(task=Waves(steps=9, waves=5), teacher_forcing=0.25, teacher_forcing_end=0.0, rate=0.1 + 0.2),
        RunSettings(cell="rnn-relu", keep_gradient=1.5, init="spectral_radius", gain=0.7, check_every=10_000),
    ],
)
def test_settings_of_a_file_come_back_whole_even_where_no_widget_shows_them(given_settings: RunSettings) -> None:
    values = values_of(given_settings)
    assert settings_of(values) == given_settings
    assert settings_of({**values, "rate": 0.5}) == given_settings.changed(rate=0.5)


def test_settings_without_a_widget_are_listed_until_the_task_changes() -> None:
    values = values_of(RunSettings(task=Latch(steps=700, noise=0.3), check_every=7))
    assert without_widgets(values) == {"check_every": 7, "steps": 700, "noise": 0.3}
    assert settings_of({**values, "T": 60}).task == Latch(steps=60)
    assert without_widgets({**values, "T": 60}) == {"check_every": 7}
    assert without_widgets(DEFAULTS) == {}


def test_the_link_says_what_differs_and_nothing_else() -> None:
    assert in_link(DEFAULTS) == {}
    run = RunSettings(cell="gru", bidirectional=True, clip_norm=0.1, task=Latch(noise=0.3))
    link = in_link(values_of(run))
    more = json.loads(link.pop("more"))
    assert (more["task"]["noise"], more.keys()) == (0.3, {"task"})
    assert link == {"task": "latch", "cell": "gru", "two_way": "true", "clip": "0.1"}


def test_every_task_has_a_readable_name() -> None:
    assert task_labels().keys() == TASKS.keys()
    assert all("Baseline" in task_description(name) for name in TASKS)
