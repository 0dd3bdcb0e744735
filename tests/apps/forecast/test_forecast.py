"""Forecasting: no future in what is learned, a reader equal to torch, and scores that can be made again."""

import numpy as np
import pytest
import torch
from safetensors.torch import load

from rnn_core.apps.forecast import programs, reader
from rnn_core.apps.forecast.baselines import baselines, forecasts
from rnn_core.apps.forecast.own.season import likely_season
from rnn_core.apps.forecast.own.series import NoNumbers, own_series, own_table
from rnn_core.apps.forecast.series import NAMES, series
from rnn_core.apps.forecast.settings import MEASURES, OWN, SHIPPED, Settings, standard
from rnn_core.apps.forecast.split import split
from rnn_core.apps.table import TableRefused, read_table
from rnn_core.apps.trained import load_trained
from rnn_core.errors import CoreError
from rnn_core.learn.train import advance, start
from tests.programs import printed

QUICK = standard("waves").changed(budget=3, hidden=5, batch=8)


@pytest.mark.parametrize("settings", [QUICK, QUICK.changed(ahead="direct", changes=True, cell="lstm")])
def test_the_reader_says_what_torch_says(settings: Settings) -> None:
    state, _ = advance(start(settings), 2)
    problem = settings.problem()
    problem.network.load_state_dict(
        {name.removeprefix("network."): value for name, value in load(state.tensors).items() if "network" in name}
    )
    origin = settings.split().validation_end
    inputs, _targets = problem.windows(np.array([origin - settings.window + 1]))
    with torch.no_grad():
        theirs = problem.network(inputs)[0, -1].numpy()
    ours = reader.Reader(state)
    said = ours.forecast(origin).ahead[: settings.outputs] - ours.parts.values[origin]
    assert said == pytest.approx(theirs * ours.unit, abs=1e-5)
    assert {name: tuple(weight.shape) for name, weight in problem.network.named_parameters()} == dict(
        settings.network_shapes()
    )


@pytest.mark.parametrize("settings", [QUICK, QUICK.changed(changes=True), QUICK.changed(ahead="direct")])
def test_nothing_that_comes_after_the_training_part_is_learned_from(settings: Settings) -> None:
    values = series("waves").values
    end = settings.split().training_end
    other = np.concatenate([values[:end], 100.0 - values[end:]])
    own = [settings.changed(series=OWN, own=tuple(each.tolist())) for each in (values, other)]
    first, second = (advance(start(each), 3)[0] for each in own)
    assert first.tensors == second.tensors
    assert split(values, 36, 12).scale == split(other, 36, 12).scale


def test_trivial_answers_know_only_what_came_before_today() -> None:
    settings = QUICK
    origin = settings.split().validation_end + 3
    reported = {name: answer(np.array([origin]), 12) for name, answer in forecasts(settings).items()}
    values = series("waves").values
    changed = settings.changed(series=OWN, own=tuple([*values[: origin + 1], *(-values[origin + 1 :])]), own_season=20)
    for name, answer in forecasts(changed).items():
        assert answer(np.array([origin]), 12) == pytest.approx(reported[name], abs=1e-12)


def test_the_last_season_is_repeated_as_often_as_it_takes() -> None:
    values = np.arange(100.0) % 5 + np.arange(100.0) / 1000
    settings = QUICK.changed(series=OWN, own=tuple(values), own_season=5, window=10)
    said = forecasts(settings)["repeat the last season"](np.array([90]), 12)[0]
    assert said == pytest.approx([values[86 + k % 5] for k in range(12)])


@pytest.mark.parametrize("variant", ["sunspots-gru", "co2-lstm", "chaos-rnn-tanh"])
def test_the_scores_that_ship_are_those_of_the_weights_that_ship(variant: str) -> None:
    trained = load_trained(Settings, variant)
    assert trained.state.settings == SHIPPED[variant]
    assert reader.scores(trained.state) == pytest.approx(dict(trained.about.scores))


@pytest.mark.parametrize("name", ["co2", "waves", "chaos", "elnino", "nile"])
def test_the_ready_gru_beats_every_trivial_answer_where_the_page_says_so(name: str) -> None:
    measure = MEASURES[0]
    ours = load_trained(Settings, f"{name}-gru").about.scores[measure.name]
    assert all(measure.is_better(ours, other[measure.name]) for other in baselines(SHIPPED[f"{name}-gru"]).values())


def test_every_series_ships_with_every_cell_and_no_gaps() -> None:
    assert len(SHIPPED) == 3 * len(NAMES)
    assert all(np.isfinite(series(name).values).all() for name in NAMES)
    assert series("co2").filled == 5, "months without a value, counted in the source"


def test_an_own_table_is_understood_and_its_wrong_rows_are_named() -> None:
    rows = [
        "day;temperature",
        *(f"2020-01-{k:02d};{k % 7},5" for k in range(1, 29)),
        "2020-01-29;warm",
        "2020-01-30;",
        "2020-01-31;3",
    ]
    found = own_series(own_table("\n".join(rows).encode("utf-16")))
    assert found.value_name == "temperature"
    assert found.dates[0] == "2020-01-01"
    assert found.wrong_rows == (30,)
    assert found.empty_rows == (31,)
    assert found.values[0] == 1.5
    assert likely_season(np.tile([0.0, 1, 4, 2, 7, 1, 3], 20)) == 7


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"PK\x03\x04\0\0", "binary"),
        (b"a,b,c", "one row"),
        (b"1\n" * 2_000_000, "too large"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(TableRefused) as refusal:
        read_table(data)
    assert refusal.value.reason == reason


def test_rows_are_counted_as_an_editor_counts_them() -> None:
    table = read_table(b"day,value\n\n1,2\n\n2,x\n3,4\n")
    assert table.numbers == (3, 5, 6)
    assert own_series(table).wrong_rows == (5,)
    with pytest.raises(TableRefused):
        read_table(b"a,b\n" + b"x" * 200_000 + b",1\n")


def test_words_are_no_series_and_a_constant_has_nothing_to_learn() -> None:
    with pytest.raises(NoNumbers):
        own_series(own_table(b"a\nb\nc\nd"))
    with pytest.raises(CoreError, match="values that vary"):
        split(np.ones(200), 10, 5)


@pytest.mark.parametrize("write", [programs.as_torch, programs.as_keras])
@pytest.mark.parametrize("settings", [standard("nile"), standard("co2", "lstm").changed(ahead="direct")])
def test_the_programs_run_and_forecast(write: object, settings: Settings) -> None:
    last = printed(write(settings, 3))[-1]
    assert len(last.strip("[]").split(",")) == settings.horizon
