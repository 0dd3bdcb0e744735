r"""The T-maze, and REINFORCE with a baseline (Williams 1992) as its training.

The turn to the right side is rewarded with 1, to the wrong one with -1; a move against a wall costs 0.1. The loss is
$-\sum_t (G_t - b_t) \log \pi(u_t)$ for each episode, with the sum $G_t$ of the rewards from step t on and its mean $b_t$ over the
batch. Its measure is the share of episodes that end with the right turn, with actions drawn from the policy.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from rnn_core.learn.problem import Outcome, Problem, generator
from rnn_core.studies.maze.settings import ACTIONS, FORWARD, LEFT, SEEN, MazeSettings

TURNED_RIGHT, TURNED_WRONG, AGAINST_WALL = 1.0, -1.0, -0.1
_TESTED = 1  # stream of random numbers


class Policy(nn.Module):
    """Observations (B, 4) -> the scores of the actions (B, 3), with a state from one step to the next or without."""

    def __init__(self, settings: MazeSettings) -> None:
        super().__init__()
        has_memory = settings.policy == "gru"
        size = len(SEEN), settings.hidden
        self.inner = nn.GRU(*size, batch_first=True) if has_memory else nn.Linear(*size)
        self.readout = nn.Linear(settings.hidden, len(ACTIONS))

    def forward(self, seen: Tensor, state: Tensor | None) -> tuple[Tensor, Tensor | None]:
        if isinstance(self.inner, nn.GRU):
            hs, state = self.inner(seen[:, None], state)
            return self.readout(hs[:, 0]), state
        return self.readout(torch.tanh(self.inner(seen))), None


@dataclass(frozen=True)
class Episodes:
    """T steps of B episodes; what comes after the end of an episode counts nothing."""

    chances: Tensor  # (T, B) log pi of the actions
    rewards: Tensor  # (T, B)
    alive: Tensor  # (T, B) 1 until the episode has ended
    success: Tensor  # (B,)


class Maze(Problem):
    def __init__(self, settings: MazeSettings) -> None:
        self.settings = settings
        self.network: Policy = Policy(settings)
        self.carry = {}

    def train_on(self, step: int) -> Outcome:
        return outcome(self._episodes(self.settings.batch, generator(self.settings.seed, step)))

    def held_out(self) -> Outcome:
        return outcome(self._episodes(self.settings.tested, generator(self.settings.seed, 0, _TESTED)))

    def _episodes(self, size: int, draws: torch.Generator) -> Episodes:
        settings = self.settings
        signal = torch.arange(size) % 2  # 0 left, 1 right: as many of each
        place, state = torch.zeros(size, dtype=torch.long), None
        alive, success = torch.ones(size), torch.zeros(size)
        chances, rewards, was_alive = [], [], []
        for _ in range(settings.limit):
            scores, state = self.network(observed(place, signal, settings.length), state)
            logs = F.log_softmax(scores, dim=1)
            action = torch.multinomial(logs.detach().exp(), 1, generator=draws)[:, 0]
            at_junction, turns = place == settings.length, action != FORWARD
            right = at_junction & (action == LEFT + signal)
            wrong = at_junction & turns & ~right
            reward = TURNED_RIGHT * right + TURNED_WRONG * wrong + AGAINST_WALL * (at_junction != turns)
            chances.append(logs.gather(1, action[:, None])[:, 0])
            rewards.append(reward * alive)
            was_alive.append(alive)
            success = success + right * alive
            place = place + (~at_junction & ~turns).long()
            alive = alive * ~(right | wrong)
        return Episodes(torch.stack(chances), torch.stack(rewards), torch.stack(was_alive), success)


def observed(place: Tensor, signal: Tensor, length: int) -> Tensor:
    """What the agent sees at these places: the signal at the start, the corridor, or the junction."""
    seen = torch.where(place == 0, signal, torch.where(place == length, 3, 2))
    return F.one_hot(seen, len(SEEN)).float()


def outcome(episodes: Episodes) -> Outcome:
    returns = episodes.rewards.flip(0).cumsum(0).flip(0)
    count = episodes.alive.sum(1, keepdim=True).clamp(min=1.0)
    mean = (returns * episodes.alive).sum(1, keepdim=True) / count
    loss = -((returns - mean) * episodes.alive * episodes.chances).sum(0).mean()
    return Outcome(loss, float(episodes.success.mean()))
