"""Training the finder. The eye learns from the windows at all places; the path is supervised by the nearest unread digit.

In half of the pictures the path follows the right places, in the others the network's own: there it learns to go on from its errors.
"""

from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, max_pool2d, pad, smooth_l1_loss

from rnn_core.apps.digits.pictures import DIGITS
from rnn_core.apps.finding import data
from rnn_core.apps.finding.paths import Guide, eye_targets
from rnn_core.apps.finding.settings import (
    ALL_PLACES,
    CELL,
    COARSE,
    EYE,
    FEATURES,
    MARGIN,
    PLACES,
    POINTING,
    Settings,
)
from rnn_core.apps.torch_parts import recurrent_layer
from rnn_core.learn.problem import Outcome, Problem

_BATCHES, _OWN = 51, 59  # streams of random numbers
_OWN_SHARE = 0.5  # of the pictures, whose path is the network's own
_GLIMPSES = data.MOST + 2  # in training
State = Tensor | tuple[Tensor, Tensor] | None


class Network(nn.Module):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.memory, self.hidden = settings.memory, settings.hidden
        self.eye, self.eye2 = nn.Conv2d(1, EYE[0], 3), nn.Conv2d(*EYE, 3)
        self.feature = nn.Conv2d(EYE[1], FEATURES, 3)
        self.what, self.box = nn.Linear(FEATURES, DIGITS + 1), nn.Linear(FEATURES, 4)
        self.coarse, self.coarse2 = nn.Conv2d(1, COARSE[0], 3, padding=1), nn.Conv2d(*COARSE, 3, padding=1)
        self.row, self.column = nn.Embedding(PLACES, POINTING), nn.Embedding(PLACES, POINTING)
        self.recurrent = recurrent_layer(settings, FEATURES + POINTING)
        self.at, self.ask = nn.Linear(COARSE[1], POINTING), nn.Linear(settings.hidden, POINTING)
        self.point, self.stop = nn.Linear(POINTING, 1), nn.Linear(settings.hidden, 1)

    def glimpses(self, images: Tensor) -> Tensor:
        """(B, SIDE, SIDE) -> (B, places, FEATURES): of the windows at all places, whose convolutions share their work."""
        maps = max_pool2d(torch.relu(self.eye(pad(images[:, None], [MARGIN] * 4))), 2)
        maps = max_pool2d(torch.relu(self.eye2(maps)), 2)
        return torch.relu(self.feature(maps)).flatten(2).transpose(1, 2)

    def places(self) -> Tensor:
        """(places, POINTING) a mark for each place: the sum of its row's and its column's."""
        return (self.row.weight[:, None] + self.column.weight[None]).flatten(0, 1)

    def coarse_view(self, images: Tensor) -> Tensor:
        """(B, places, POINTING): what the coarse picture shows at each place, with its mark."""
        small = images.reshape(-1, PLACES, CELL, PLACES, CELL).mean(dim=(2, 4))
        maps = torch.relu(self.coarse2(torch.relu(self.coarse(small[:, None]))))
        seen: Tensor = self.at(maps.flatten(2).transpose(1, 2)) + self.places()
        return seen

    def where(self, seen: Tensor, h: Tensor) -> Tensor:
        """Scores (B, places + 1) of each next place, and of the end."""
        scores = self.point(torch.tanh(seen + self.ask(h)[:, None]))[..., 0]
        return torch.cat([scores, self.stop(h)], dim=1)

    def step(self, features: Tensor, cells: Tensor, state: State) -> tuple[Tensor, State]:
        """The glimpses (B, FEATURES) at the places (B,) are read."""
        read = torch.cat([features, self.places()[cells]], dim=1)[:, None]
        output, after = self.recurrent(read, state if self.memory else None)
        return output[:, 0], after


class FindingProblem(Problem):
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.network: Network = Network(settings)
        self.carry = {}

    def train_on(self, step: int) -> Outcome:
        seed, batch = self.settings.seed, self.settings.batch
        examples = data.draw("training", [_BATCHES, seed, step], batch)
        own = np.random.default_rng([_OWN, seed, step]).random(batch) < _OWN_SHARE
        return self._outcome(examples, own)

    def held_out(self) -> Outcome:
        return self._outcome(_validation(), np.ones(data.COUNTS["validation"], dtype=np.bool_))

    def _outcome(self, examples: data.Examples, own: NDArray[np.bool_]) -> Outcome:
        """The measure is the share of pictures whose path is right at every step."""
        images = torch.from_numpy(examples.images).float()
        features = self.network.glimpses(images)
        eye = self._eye_loss(features, examples)
        seen, guide = self.network.coarse_view(images), Guide(examples.truths)
        h: Tensor = torch.zeros(len(images), self.settings.hidden)
        state: State = None
        losses: list[Tensor] = []
        right = np.ones(len(images), dtype=np.bool_)
        rows = torch.arange(len(images))
        for _ in range(_GLIMPSES):
            scores, wanted = self.network.where(seen, h), guide.next_places()
            losses.append(cross_entropy(scores, torch.from_numpy(wanted), reduction="none"))
            chosen = scores.detach().argmax(dim=1).numpy()
            right &= guide.is_right(chosen)
            likeliest = scores.detach()[:, :ALL_PLACES].argmax(dim=1).numpy()
            cells = np.where(own | (wanted == ALL_PLACES), likeliest, wanted)
            guide.look(cells)
            at = torch.from_numpy(cells)
            h, state = self.network.step(features[rows, at], at, state)
        return Outcome(torch.stack(losses).mean() + eye, float(right.mean()))

    def _eye_loss(self, features: Tensor, examples: data.Examples) -> Tensor:
        """Of the class at every place, and of the box where a digit is in the middle."""
        kinds, boxes = map(torch.from_numpy, eye_targets(examples.truths))  # (B, places), (B, places, 4)
        of_kind = cross_entropy(self.network.what(features).flatten(0, 1), kinds.flatten(), reduction="none")
        has_digit, has_none = (kinds >= 0) & (kinds < DIGITS), kinds == DIGITS
        both = of_kind[has_digit.flatten()].mean() + 2.0 * of_kind[has_none.flatten()].mean()
        return both + smooth_l1_loss(self.network.box(features)[has_digit], boxes[has_digit].float(), beta=0.2)


@cache
def _validation() -> data.Examples:
    return data.held_out("validation")
