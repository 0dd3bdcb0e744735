"""The vision page's two networks in torch: a recurrent layer over a digit's rows, and convolutions, a recurrent layer and
CTC over a strip."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from rnn_core.apps.digits import pictures
from rnn_core.apps.digits.pictures import DIGITS, HEIGHT
from rnn_core.apps.torch_parts import recurrent_layer
from rnn_core.apps.vision import data
from rnn_core.apps.vision.settings import BLANK, POOL, Settings
from rnn_core.arrays import Array
from rnn_core.blocks import ctc
from rnn_core.learn.problem import Outcome, Problem


class DigitNetwork(nn.Module):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.recurrent = recurrent_layer(settings, settings.step_size)
        self.readout = nn.Linear(settings.hidden, DIGITS)

    def forward(self, steps: Tensor) -> Tensor:
        """(B, T, X) -> scores after every step (B, T, 10)."""
        states, _last = self.recurrent(steps)
        scores: Tensor = self.readout(states)
        return scores


class StripNetwork(nn.Module):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        C, H, D = settings.channels, settings.hidden, 2 if settings.both_ways else 1
        self.first = nn.Conv2d(1, C, 3, padding=1)
        self.second = nn.Conv2d(C, 2 * C, 3, padding=1)
        self.recurrent = recurrent_layer(settings, 2 * C * HEIGHT // POOL, bidirectional=settings.both_ways)
        self.readout = nn.Linear(D * H, DIGITS + 1)

    def forward(self, images: Tensor) -> Tensor:
        """(B, HEIGHT, WIDTH) -> scores of every frame (B, T, 11)."""
        maps = F.max_pool2d(torch.relu(self.first(images[:, None])), POOL)  # (B, C, h, T)
        maps = torch.relu(self.second(maps))
        states, _last = self.recurrent(maps.flatten(1, 2).transpose(1, 2))
        scores: Tensor = self.readout(states)
        return scores


class DigitProblem(Problem):
    network: DigitNetwork

    def __init__(self, settings: Settings) -> None:
        self.settings, self.network, self.carry = settings, DigitNetwork(settings), {}
        self.weights = torch.from_numpy(data.step_weights(settings))

    def train_on(self, step: int) -> Outcome:
        return self.outcome(data.digit_batch(self.settings, step))

    def held_out(self) -> Outcome:
        return self.outcome(data.digits_for_evaluation("validation", self.settings.hidden_rows))

    def outcome(self, given: pictures.Pictures) -> Outcome:
        scores = self.network(_floats(data.as_steps(given.images, self.settings.order)))  # (B, T, 10)
        digits = torch.tensor(given.digits)
        T = scores.shape[1]
        each = F.cross_entropy(scores.transpose(1, 2), digits[:, None].expand(-1, T), reduction="none").mean(
            dim=0
        )  # (T,)
        loss = (each * self.weights).sum()
        return Outcome(loss, (scores[:, -1].argmax(1) == digits).double().mean().item())


class StripProblem(Problem):
    network: StripNetwork

    def __init__(self, settings: Settings) -> None:
        self.settings, self.network, self.carry = settings, StripNetwork(settings), {}

    def train_on(self, step: int) -> Outcome:
        return self.outcome(data.strip_batch(self.settings, step))

    def held_out(self) -> Outcome:
        return self.outcome(data.strips_for_evaluation("validation"))

    def outcome(self, given: data.Strips) -> Outcome:
        scores = self.network(_floats(given.images))  # (B, T, 11)
        labels = torch.tensor([digit for digits in given.digits for digit in digits])
        lengths = torch.tensor([len(digits) for digits in given.digits])
        frames = torch.full_like(lengths, scores.shape[1])
        log_ys = F.log_softmax(scores, dim=2).transpose(0, 1)
        loss = F.ctc_loss(log_ys, labels, frames, lengths, blank=BLANK, reduction="sum") / len(lengths)
        paths = scores.detach().argmax(2).tolist()
        right = [ctc.read_path(path, BLANK) == digits for path, digits in zip(paths, given.digits, strict=True)]
        return Outcome(loss, float(np.mean(right)))


def _floats(values: Array) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(values, np.float32))
