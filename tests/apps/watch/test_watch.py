"""Strips of a ball: the kinds of motion are what they are called, and the reader is the torch network."""

import numpy as np
import pytest
import torch

from rnn_core.apps.tensors import network_tensors
from rnn_core.apps.trained import load_trained
from rnn_core.apps.watch import data
from rnn_core.apps.watch.baselines import BAG, ONE, STAYS, STRAIGHT, baselines
from rnn_core.apps.watch.motion import EDGE, FRAMES, KINDS, SEEN, SIDE, centres, frames_of, own_path, path
from rnn_core.apps.watch.reader import Reader
from rnn_core.apps.watch.settings import MEASURES, SHIPPED, Settings
from rnn_core.errors import CoreError
from rnn_core.learn.train import advance, start
from tests.test_lesson_facts import both_say
from ui.apps.watch.own_path import packed, unpacked

SMALL = [Settings(cell=cell, hidden=6, budget=1, batch=8) for cell in ("rnn-tanh", "gru", "lstm")]


def paths(kind: str) -> list[np.ndarray]:
    rng = np.random.default_rng(KINDS.index(kind))
    return [path(kind, rng) for _ in range(60)]


def test_every_kind_moves_as_its_name_says() -> None:
    for kind, axis, sign in (("right", 0, 1), ("left", 0, -1), ("down", 1, 1), ("up", 1, -1)):
        assert all((sign * np.diff(points[:, axis]) > 0).all() for points in paths(kind)), kind
    for kind, sign in (("clockwise", 1), ("anticlockwise", -1)):
        for points in paths(kind):
            steps = np.diff(points, axis=0)
            turns = steps[:-1, 0] * steps[1:, 1] - steps[:-1, 1] * steps[1:, 0]
            assert (sign * turns > 0).all(), kind
    for points in paths("bounce"):
        steps = np.diff(points[:SEEN], axis=0)
        assert (steps[:-1] * steps[1:] < 0).any(), "it meets a wall among the frames that are read"
    for points in paths("swing"):
        away = points - points.mean(axis=0)
        assert np.linalg.svd(away, compute_uv=False)[1] == pytest.approx(0.0, abs=1e-9), "it stays on a line"


def test_the_whole_ball_is_seen_at_its_place() -> None:
    points = np.concatenate([each for kind in KINDS for each in paths(kind)])
    inside = points[((points >= EDGE) & (points <= SIDE - EDGE)).all(axis=1)]
    assert len(inside) > 0.98 * len(points)
    np.testing.assert_allclose(centres(frames_of(inside)), inside, atol=0.1)


def test_shuffled_strips_have_the_same_frames_in_another_order() -> None:
    frames = data.held_out("test").frames[:20]
    mixed = data.shuffled(frames, [1], SEEN)
    np.testing.assert_array_equal(mixed[:, SEEN:], frames[:, SEEN:])
    np.testing.assert_allclose(mixed[:, :SEEN].mean(axis=1), frames[:, :SEEN].mean(axis=1))
    assert (mixed != frames).any(axis=(1, 2)).all()


@pytest.mark.parametrize("settings", SMALL, ids=lambda each: each.cell)
def test_the_reader_is_the_torch_network_and_its_gradients_are_torchs(settings: Settings) -> None:
    state, _metrics = advance(start(settings), settings.budget, view=False)
    network = settings.problem().network.double()
    network.load_state_dict({key: torch.from_numpy(value) for key, value in network_tensors(state).items()})
    reader, strip = Reader(state), data.held_out("test").frames[3]
    reading = reader.read(strip[:SEEN], FRAMES - SEEN)
    read = torch.tensor(strip[None]).requires_grad_()
    kinds, logits = network(read, SEEN)
    np.testing.assert_allclose(reading.beliefs, kinds.softmax(dim=2)[0].detach().numpy(), rtol=0, atol=1e-12)
    np.testing.assert_allclose(reading.predicted, logits.sigmoid()[0].detach().numpy(), rtol=0, atol=1e-12)
    kinds.log_softmax(dim=2)[0, SEEN - 1, reading.kind].backward()
    back = reader.gradients(reading)
    np.testing.assert_allclose(back.frames[:SEEN], read.grad[0, :SEEN].numpy(), rtol=0, atol=1e-12)


def test_many_strips_are_read_as_each_alone() -> None:
    reader, frames = Reader(load_trained(Settings, "gru").state), data.held_out("test").frames[:3]
    beliefs, predicted = reader.roll(frames[:, :SEEN], 4)
    for at, strip in enumerate(frames):
        alone = reader.read(strip[:SEEN], 3)
        np.testing.assert_allclose(beliefs[at], alone.beliefs[:SEEN], atol=1e-12)
        np.testing.assert_allclose(predicted[at], alone.predicted, atol=1e-12)


def test_a_path_is_read_back_from_its_link_and_other_texts_are_refused() -> None:
    points = own_path(np.linspace(0.0, 16.0, 20).reshape(10, 2))
    found = unpacked(packed(points))
    assert found is not None
    np.testing.assert_allclose(found, points, atol=0.05)
    for text in ("080080", "08008", "0800800800801", "a80080" * 3, "080080" * 25, "０80080" * 3):
        assert unpacked(text) is None
    with pytest.raises(CoreError):
        own_path(np.zeros((4, 3)))


def test_the_lessons_give_the_scores_of_the_network_and_of_the_baselines() -> None:
    network, simple = load_trained(Settings, "gru").about.scores, baselines(SHIPPED["gru"])
    kind, shuffled, following, ahead = (measure.name for measure in MEASURES)
    shares = f"{simple[BAG][kind]:.0%}", f"{simple[ONE][kind]:.0%}"
    both_say("watch/question", *shares)
    both_say("watch/honest", *shares, f"{network[kind]:.1%}", f"{network[shuffled]:.0%}")
    both_say("watch/honest", *(f"{scores[ahead]:.1f}" for scores in (network, simple[STRAIGHT], simple[STAYS])))
    forced, mixed = (load_trained(Settings, name).about.scores for name in ("gru-true", "gru-shuffled"))
    both_say("watch/honest", f"{forced[following]:.2f}", f"{forced[ahead]:.1f}", f"{mixed[kind]:.0%}")
    assert f"{network[following]:.2f}" == f"{simple[STRAIGHT][following]:.2f}" == "0.12"
