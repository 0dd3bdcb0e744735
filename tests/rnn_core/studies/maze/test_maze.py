"""The T-maze: its rules, its loss against the plain formula, and what each policy can reach."""

import numpy as np
import pytest
import torch
from safetensors.numpy import load

from rnn_core.learn.problem import generator
from rnn_core.learn.state_tensors import state_shapes
from rnn_core.learn.train import advance, start
from rnn_core.studies.maze.problem import Episodes, Maze, observed, outcome
from rnn_core.studies.maze.settings import FORWARD, POLICIES, SEEN, WITHOUT_MEMORY, MazeSettings

SMALL = MazeSettings(length=2, hidden=8, budget=150, check_every=50)


def test_what_is_seen() -> None:
    places, signals = torch.tensor([0, 0, 1, 2, 2]), torch.tensor([0, 1, 1, 0, 1])
    seen = [SEEN[int(row.argmax())] for row in observed(places, signals, 2)]
    assert seen == ["signal left", "signal right", "corridor", "junction", "junction"]


class Scripted(torch.nn.Module):
    """Takes given actions, all episodes the same."""

    def __init__(self, actions: list[int]) -> None:
        super().__init__()
        self.actions, self.step = actions, 0

    def forward(self, seen, state):
        action = self.actions[min(self.step, len(self.actions) - 1)]
        self.step += 1
        return torch.nn.functional.one_hot(torch.full((len(seen),), action), 3) * 1000.0, state


@pytest.mark.parametrize(
    ("actions", "rewards", "success"),
    [
        ([FORWARD, FORWARD, 1], [[0, 0, 1.0], [0, 0, -1.0]], [1, 0]),
        ([FORWARD, FORWARD, 2], [[0, 0, -1.0], [0, 0, 1.0]], [0, 1]),
        ([1, FORWARD, FORWARD, FORWARD, 2], [[-0.1, 0, 0, -0.1, -1.0], [-0.1, 0, 0, -0.1, 1.0]], [0, 1]),
        ([FORWARD], [[0, 0, *[-0.1] * 6]] * 2, [0, 0]),
    ],
)
def test_the_rules(actions: list[int], rewards: list[list[float]], success: list[int]) -> None:
    """Of two episodes, the first with the signal left. After its end an episode gets no more rewards."""
    maze = Maze(SMALL)
    maze.network = Scripted(actions)
    episodes = maze._episodes(2, generator(0, 0))
    assert episodes.success.tolist() == success
    for episode, wanted in enumerate(rewards):
        got = episodes.rewards[:, episode]
        np.testing.assert_allclose(got[: len(wanted)], wanted, atol=1e-6)
        assert not got[len(wanted) :].any()


def test_the_loss_is_its_formula() -> None:
    rng = np.random.default_rng(0)
    logs, rewards = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    alive = np.array([[1, 1, 1], [1, 1, 1], [1, 0, 1], [1, 0, 0]], dtype=float)
    rewards *= alive
    total = 0.0
    for t in range(4):
        returns = rewards[t:].sum(axis=0)
        mean = returns[alive[t] > 0].mean()
        total -= sum((returns[b] - mean) * logs[t, b] for b in range(3) if alive[t, b])
    made = outcome(Episodes(*map(torch.tensor, (logs, rewards, alive, np.array([1.0, 0.0, 1.0])))))
    assert made.loss.item() == pytest.approx(total / 3, rel=1e-12)
    assert made.measure == pytest.approx(2 / 3)


@pytest.mark.parametrize("policy", POLICIES)
def test_a_state_has_the_tensors_of_its_settings_and_chunks_change_no_bit(policy: str) -> None:
    settings = SMALL.changed(policy=policy)
    whole, _metrics = advance(start(settings), 3)
    assert {name: value.shape for name, value in load(whole.tensors).items()} == state_shapes(settings, 3)
    assert advance(advance(start(settings), 1)[0], 2)[0] == whole


def test_a_memory_makes_the_difference() -> None:
    with_memory, without = (
        advance(start(SMALL.changed(policy=policy)), SMALL.budget)[1].checks.measure
        for policy in ("gru", "feed-forward")
    )
    assert with_memory[-1] > 0.9
    assert max(without) < WITHOUT_MEMORY + 0.13  # three standard deviations of 128 episodes
    assert without[-1] > 0.35  # it reaches the junction, and guesses
