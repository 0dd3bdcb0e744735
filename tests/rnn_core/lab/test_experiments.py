"""The experiments: recorded runs match their settings, and the texts match the recorded runs."""

import json

import numpy as np
import pytest
from safetensors.numpy import load

from rnn_core.lab.counts import counts_to, read_string
from rnn_core.lab.experiments import EXPERIMENTS
from rnn_core.lab.outcomes import Outcome, result
from rnn_core.lab.ready import READY, record_name
from rnn_core.lab.record import run
from rnn_core.lab.recorded import RECORDED, names, network, recording, to_json
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks.counting import Counting
from rnn_core.learn.train import advance, start
from ui.lab.experiments.figures import best_counter

KILOBYTES = 70


def by_option(name: str, option: str) -> dict[object, list[Outcome]]:
    grouped: dict[object, list[Outcome]] = {}
    for outcome in recording(name).outcomes:
        grouped.setdefault(getattr(outcome.settings, option), []).append(outcome)
    return grouped


@pytest.mark.parametrize("name", names())
def test_the_recorded_runs_are_those_of_the_experiment(name: str) -> None:
    experiment, made = EXPERIMENTS[name], recording(name)
    assert tuple(outcome.settings for outcome in made.outcomes) == experiment.runs(experiment.seeds)
    assert made.command.endswith(f"record {name}")
    assert experiment.live_seeds <= made.seeds == experiment.seeds
    assert (RECORDED / f"{name}.json").stat().st_size < KILOBYTES * 1024
    for outcome in made.outcomes:
        assert outcome.ending in ("budget", "overflow")
        assert outcome.ending == "overflow" or outcome.steps[-1] == outcome.settings.budget


@pytest.mark.parametrize("name", READY)
def test_the_recorded_runs_are_those_of_the_ready_comparison(name: str) -> None:
    made = recording(record_name(name))
    assert tuple(outcome.settings for outcome in made.outcomes) == READY[name].runs()
    assert {outcome.steps[-1] for outcome in made.outcomes} == {READY[name].budget}
    assert (RECORDED / f"{record_name(name)}.json").stat().st_size < KILOBYTES * 1024


def test_counting_says_how_far_a_network_gets() -> None:
    state = start(RunSettings(task=Counting(longest=6), hidden=4))
    read = read_string(state, 3)
    assert "".join(read.symbols) == "|aaabbb"
    assert (read.memory.shape, len(read.predicted), read.right[:4].all()) == ((7, 4), 7, True)
    leading = [read_string(state, n).right.all() for n in range(1, 5)].index(False)
    assert counts_to(state, 4) == leading


def test_what_is_recorded_is_read_back() -> None:
    settings = RunSettings(hidden=4, batch=2, budget=6, check_every=2)
    _, outcome = run(settings)
    text = to_json("a command", "2.0", 1, [outcome], [])
    again = json.loads(text)["runs"][0]
    assert RunSettings.read(again["settings"]) == settings
    assert again["steps"] == [0, 2, 4, 6]
    np.testing.assert_allclose(again["loss"], outcome.loss, rtol=1e-3)
    assert again["gradient"][0] is None


def test_the_plain_rnn_gives_up_first_and_the_gru_not_at_all() -> None:
    def solved(cell: str) -> dict[int, int]:
        mine = by_option("reach", "cell")[cell]
        lengths = dict.fromkeys(outcome.settings.task.length for outcome in mine)
        return {T: sum(each.solved for each in mine if each.settings.task.length == T) for T in lengths}

    assert solved("rnn-tanh") == {10: 0, 20: 0, 40: 0, 80: 0}
    assert solved("lstm") == {10: 2, 20: 2, 40: 1, 80: 0}
    assert solved("gru") == {10: 2, 20: 2, 40: 2, 80: 2}


def test_fact_18_chrono_leaves_the_plateau_first_and_here_with_waits_of_every_length_too() -> None:
    left: dict[tuple[str, bool], int] = {}
    for each in recording("chrono").outcomes:
        task = each.settings.task
        key = (task.name, each.settings.chrono is not None)
        left[key] = left.get(key, 0) + int(each.loss.min() < 0.97 * task.baselines()[0].loss)
    assert left == {("copy", True): 1, ("copy", False): 0, ("variable copy", True): 2, ("variable copy", False): 0}


def test_two_rates_of_six_are_good_in_every_seed() -> None:
    rates = {rate: result(mine) for rate, mine in by_option("rates", "rate").items()}
    assert [row.solved for _, row in sorted(rates.items())] == [0, 0, 0, 3, 3, 0]
    assert rates[1.0].loss[0] > 100 * 0.172
    assert rates[1e-05].loss[0] > 0.8


def test_forget_bias_three_learns_what_zero_and_one_do_not() -> None:
    solved = {bias: result(mine).solved for bias, mine in by_option("forget", "forget_bias").items()}
    assert (solved[0.0], solved[1.0]) == (0, 0)
    assert solved[3.0] >= 4


def test_clipping_lets_the_exploding_network_learn() -> None:
    free, clipped = (by_option("clip", "clip_norm")[limit] for limit in (None, 1.0))
    assert min(outcome.final_loss for outcome in free) > 0.16
    assert sum(outcome.final_loss < 0.1 for outcome in clipped) >= 4
    assert max(np.nanmax(outcome.gradient) for outcome in free) > 1000


def test_sixteen_waves_are_learned_by_heart_unless_a_penalty_forbids_it() -> None:
    outcomes = recording("overfit").outcomes
    baseline = outcomes[0].settings.task.baselines()[0].loss
    free = [each for each in outcomes if not each.settings.dropout and not each.settings.l2]
    held = [each for each in outcomes if each.settings.l2]
    assert min(each.final_loss for each in free) > baseline > 1.5 * max(each.final_loss for each in held)
    assert max(each.training[-1] for each in free) < 0.01


def test_fact_15_a_plain_rnn_learns_and_the_regulariser_carries_it_further() -> None:
    plain, regular = (by_option("pascanu", "keep_gradient")[weight] for weight in (0.0, 1.0))
    assert max(outcome.final_measure for outcome in regular) > 0.94
    assert result(regular).measure[2] > result(plain).measure[2] > 0.6
    better = [b.final_loss < a.final_loss for a, b in zip(plain, regular, strict=True)]
    assert all(better)


def test_from_zeros_nothing_but_the_last_bias_ever_learns() -> None:
    settings = next(each for each in EXPERIMENTS["inits"].settings if each.init == "zeros")
    first = start(settings.changed(hidden=8))
    before, after = load(first.tensors), load(advance(first, 20, view=False)[0].tensors)
    moved = {name for name in before if not np.array_equal(before[name], after[name])}
    assert moved == {"network.readout.bias"}


def test_fact_19_the_lstm_counts_beyond_its_training_and_has_a_cell_that_counts() -> None:
    made = recording("counting")
    counts: dict[str, list[int]] = {}
    for outcome, count in zip(made.outcomes, made.counts_to, strict=True):
        counts.setdefault(outcome.settings.cell, []).append(count)
    assert min(counts["lstm"]) > 20
    assert max(counts["gru"] + counts["rnn-tanh"]) < 20
    state = network("counting-lstm")
    assert counts_to(state, 60) == max(counts["lstm"])
    assert best_counter(read_string(state, 20))[1] > 0.98


def test_fact_14_gated_cells_leave_the_baseline_and_the_plain_rnn_does_not() -> None:
    cells = by_option("cells", "cell")
    for cell in ("gru", "lstm"):
        row = result(cells[cell])
        assert (row.seeds, row.solved) == (5, 5)
        assert row.loss[2] < 0.01
    assert result(cells["rnn-tanh"]).loss[0] > 0.1
