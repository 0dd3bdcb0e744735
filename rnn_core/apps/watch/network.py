"""Training on strips: the loss counts the kind of motion and every next frame."""

from functools import cache

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from rnn_core.apps.torch_parts import recurrent_layer
from rnn_core.apps.watch import data
from rnn_core.apps.watch.motion import FRAMES, KINDS, SEEN
from rnn_core.apps.watch.settings import BETWEEN, EMBEDDING, PIXELS, Settings
from rnn_core.learn.problem import Outcome, Problem

_BATCHES, _CUTS, _ORDERS = 44, 45, 46  # streams of random numbers
_FEWEST = 5  # true frames before the network's own
_OF_FRAMES = 20.0  # the weight of the next frame's cross-entropy per pixel, relative to the kind's


class Network(nn.Module):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.frame = nn.Linear(PIXELS, EMBEDDING)
        self.recurrent = recurrent_layer(settings, EMBEDDING)
        self.motion = nn.Linear(settings.hidden, len(KINDS))
        self.between = nn.Linear(settings.hidden, BETWEEN)
        self.next = nn.Linear(BETWEEN, PIXELS)

    def next_frames(self, states: Tensor) -> Tensor:
        """The logit of each pixel."""
        logits: Tensor = self.next(torch.relu(self.between(states)))
        return logits

    def forward(self, frames: Tensor, own_from: int) -> tuple[Tensor, Tensor]:
        """(B, T, PIXELS) -> scores of the kinds (B, T, kinds), and logits of the next frames (B, T, PIXELS).

        From step `own_from` on the network reads its own predictions.
        """
        hs, state = self.recurrent(torch.relu(self.frame(frames[:, :own_from])))
        states, logits = [hs], [self.next_frames(hs)]
        for _ in range(own_from, frames.shape[1]):
            own = torch.sigmoid(logits[-1][:, -1:])
            hs, state = self.recurrent(torch.relu(self.frame(own)), state)
            states.append(hs)
            logits.append(self.next_frames(hs))
        return self.motion(torch.cat(states, dim=1)), torch.cat(logits, dim=1)


class WatchProblem(Problem):
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.network: Network = Network(settings)
        self.carry = {}

    def train_on(self, step: int) -> Outcome:
        seed = self.settings.seed
        strips = data.draw([_BATCHES, seed, step], self.settings.batch)
        own_from = FRAMES - 1
        if self.settings.later_frames == "own":
            own_from = int(np.random.default_rng([_CUTS, seed, step]).integers(_FEWEST, FRAMES))
        return self._outcome(strips, own_from, [_ORDERS, seed, step])

    def held_out(self) -> Outcome:
        return self._outcome(_validation(), SEEN, [_ORDERS])

    def _outcome(self, strips: data.Strips, own_from: int, order: list[int]) -> Outcome:
        """The measure is the share of kinds that are right after SEEN frames."""
        frames = strips.frames
        if self.settings.order == "shuffled":
            frames = data.shuffled(frames, order)
        read = torch.from_numpy(frames).float()
        kinds, logits = self.network(read[:, :-1], own_from)
        wanted = torch.from_numpy(strips.kinds)
        late = kinds[:, _FEWEST - 1 :]
        of_kind = cross_entropy(late.flatten(0, 1), wanted.repeat_interleave(late.shape[1]))
        of_frames = binary_cross_entropy_with_logits(logits, read[:, 1:])
        right = kinds[:, min(SEEN, own_from) - 1].argmax(dim=1) == wanted
        return Outcome(of_kind + _OF_FRAMES * of_frames, right.float().mean().item())


@cache
def _validation() -> data.Strips:
    return data.held_out("validation")
