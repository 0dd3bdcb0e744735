"""Spoken digits: a reader equal to torch, beliefs of a sound's beginning, scores made again, and programs that run."""

import numpy as np
import pytest
import torch
from safetensors.torch import load

from rnn_core.apps.speech import bag, data, playing, programs, reader, trials
from rnn_core.apps.speech.baselines import baselines
from rnn_core.apps.speech.settings import CONDITIONS, NOISE, PROGRAM, SHIPPED, VOICES, WRONG_DIGITS, Settings, standard
from rnn_core.apps.trained import load_trained
from rnn_core.learn.state import RunState
from rnn_core.learn.train import advance, start
from tests.programs import printed

QUICK = standard("gru").changed(hidden=6, batch=4, budget=2, check_every=2)
FORMS = [
    QUICK,
    QUICK.changed(cell="lstm", pooling="last", language="mandarin"),
    QUICK.changed(cell="rnn-tanh", bidirectional=False, pooling="last", varied=False),
]


def trained(settings: Settings) -> RunState:
    return advance(start(settings), 1)[0]


@pytest.mark.parametrize("settings", FORMS)
def test_the_reader_says_what_torch_says(settings: Settings) -> None:
    state = trained(settings)
    problem = settings.problem()
    weights = {name.removeprefix("network."): value for name, value in load(state.tensors).items() if "network" in name}
    problem.network.load_state_dict(weights)
    assert {name: tuple(weight.shape) for name, weight in weights.items()} == dict(settings.network_shapes())
    sounds, _words = data.batch(settings, 5)
    with torch.no_grad():
        theirs = problem.network(torch.from_numpy(sounds.inputs.astype(np.float32)), torch.from_numpy(sounds.lengths))
    ours = reader.Reader(state)
    assert ours.scores(sounds.inputs, sounds.lengths) == pytest.approx(theirs.numpy(), abs=1e-5)


@pytest.mark.parametrize("settings", FORMS)
def test_the_belief_after_a_frame_is_that_of_the_sound_that_ends_there_and_gradients_are_its_slopes(settings) -> None:
    net = reader.Reader(trained(settings))
    inputs = np.random.default_rng(0).standard_normal((9, 13))
    reading = net.read(inputs)
    assert reading.belief.sum(axis=1) == pytest.approx(np.ones(9))
    assert net.read(inputs[:4]).belief[-1] == pytest.approx(reading.belief[3], abs=1e-12)
    back = net.gradients(reading, 2).dxs
    for t, x in ((0, 3), (5, 0), (8, 12)):
        moved = [inputs.copy(), inputs.copy()]
        moved[0][t, x] += 1e-5
        moved[1][t, x] -= 1e-5
        up, down = (np.log(net.read(each).belief[-1, 2]) for each in moved)
        assert back[t, x] == pytest.approx((up - down) / 2e-5, abs=1e-7)


def test_shuffled_frames_are_the_same_frames_and_sound_otherwise() -> None:
    whole = trials.around(data.of_split("test")[27].samples)
    said, mixed, back = (playing.played(whole, order=order) for order in playing.ORDERS)
    assert np.array_equal(np.sort(mixed.features.inputs, axis=0), np.sort(said.features.inputs, axis=0))
    assert np.array_equal(back.features.inputs, mixed.features.inputs[::-1]) is False
    assert len({bag.of_frames(each.features.cepstra).tobytes() for each in (said, mixed, back)}) == 1
    again = playing.in_order(said.features, np.arange(len(said.features.cepstra))[::-1])
    assert np.array_equal(again.inputs[::-1], said.features.inputs)
    assert not np.allclose(mixed.sound, said.sound, atol=0.05)


def test_noise_and_speed_do_what_they_say() -> None:
    whole = trials.around(data.of_split("test")[2].samples)
    still, loud, fast = playing.played(whole), playing.played(whole, noise=30), playing.played(whole, speed=2.0)
    noise = loud.whole - still.whole
    ratio = np.mean(still.whole[still.word] ** 2) / np.mean(noise**2)
    assert 10 * np.log10(ratio) == pytest.approx(10.0, abs=0.5)
    assert len(fast.whole) == pytest.approx(len(whole) / 2, abs=2)


def test_a_word_that_noise_hides_is_looked_for_no_longer_than_it_may_be() -> None:
    whole = np.random.default_rng(0).normal(0.0, 0.1, 80_000)
    whole[50_000:51_000] *= 3.0
    word = playing.played(whole, speed=0.5).word
    assert word.stop - word.start == playing.LONGEST * 8000
    assert word.start < 100_000 < word.stop


@pytest.mark.parametrize("variant", SHIPPED)
def test_the_scores_that_ship_are_those_of_the_weights_that_ship(variant: str) -> None:
    kept = load_trained(Settings, variant)
    assert kept.state.settings == SHIPPED[variant]
    spoken = CONDITIONS if kept.state.settings.task == "word" else (*CONDITIONS, WRONG_DIGITS)
    assert set(kept.about.scores) == set(spoken)
    if kept.state.settings.task == "strip":
        return  # measured again in test_strips.py
    measured = reader.scores(kept.state) if variant == "gru" else {VOICES: reader.confusion(kept.state)}
    if variant != "gru":
        counts = measured[VOICES]
        measured = {VOICES: np.trace(counts) / counts.sum()}
    for name, value in measured.items():
        assert value == pytest.approx(kept.about.scores[name], abs=0.013)


def test_the_ready_network_beats_every_trivial_answer_in_noise_and_on_another_program() -> None:
    ready = load_trained(Settings, "gru")
    for condition in (NOISE, PROGRAM):
        best = max(scores[condition] for scores in baselines(ready.state.settings).values())
        assert ready.about.scores[condition] > best


@pytest.mark.parametrize("write", [programs.as_torch, programs.as_keras])
@pytest.mark.parametrize(
    "settings", [standard("gru", "strip"), standard("lstm").changed(bidirectional=False, pooling="last")]
)
def test_the_programs_run_and_answer(write: object, settings: Settings) -> None:
    lines = printed(write(settings, 2))
    assert 0.0 <= float(lines[-1].split()[-1]) <= 1.0
