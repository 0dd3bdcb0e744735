"""Training the caption writer with teacher forcing: the decoder reads the right sentence and predicts its next word."""

from functools import cache

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, max_pool2d

from rnn_core.apps.caption import data
from rnn_core.apps.caption.scenes import CELL, CELLS
from rnn_core.apps.caption.settings import CHANNELS, EMBEDDING, FEATURES, PLACES, Settings
from rnn_core.apps.torch_parts import recurrent_layer
from rnn_core.learn.problem import Outcome, Problem

_BATCHES = 43  # a stream of random numbers


class Network(nn.Module):
    """Attention over the places of the picture; the query is the decoder's state after its step."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        H, words = settings.hidden, len(settings.words) + 1
        first, second, third = CHANNELS
        self.first = nn.Conv2d(3, first, 3, padding=1)
        self.second = nn.Conv2d(first, second, 3, padding=1)
        self.third = nn.Conv2d(second, third, 3, padding=1)
        self.place = nn.Embedding(PLACES * PLACES, FEATURES) if settings.attention else None
        self.ask = nn.Linear(H, FEATURES, bias=False) if settings.attention else None
        self.start = nn.Linear(CELLS * FEATURES, H)
        self.word = nn.Embedding(words, EMBEDDING)
        self.decoder = recurrent_layer(settings, EMBEDDING)
        self.combine = nn.Linear(H + (FEATURES if settings.attention else 0), H)
        self.readout = nn.Linear(H, words)

    def see(self, images: Tensor) -> Tensor:
        """(B, 3, h, w) -> features (B, FEATURES, PLACES, PLACES)."""
        maps = max_pool2d(torch.relu(self.first(images)), 2)
        maps = max_pool2d(torch.relu(self.second(maps)), 2)
        return torch.relu(self.third(maps))

    def forward(self, images: Tensor, inputs: Tensor) -> Tensor:
        """Scores (B, S, words) of the word after each input (B, S)."""
        maps = self.see(images)
        begin = torch.tanh(self.start(max_pool2d(maps, CELL // 4).flatten(1)))[None]
        first = (begin, torch.zeros_like(begin)) if isinstance(self.decoder, nn.LSTM) else begin
        states, _ = self.decoder(self.word(inputs), first)  # (B, S, H)
        if self.ask is not None and self.place is not None:
            seen = maps.flatten(2).transpose(1, 2) + self.place.weight  # (B, places, FEATURES)
            weights = (self.ask(states) @ seen.transpose(1, 2)).softmax(dim=2)
            states = torch.cat([states, weights @ seen], dim=2)
        scores: Tensor = self.readout(torch.tanh(self.combine(states)))
        return scores


class CaptionProblem(Problem):
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.network: Network = Network(settings)
        self.carry = {}

    def train_on(self, step: int) -> Outcome:
        rng = np.random.default_rng([_BATCHES, self.settings.seed, step])
        return self._outcome(*_tensors(data.draw("training", rng, self.settings.batch), self.settings.language))

    def held_out(self) -> Outcome:
        return self._outcome(*_validation(self.settings.language))

    def _outcome(self, images: Tensor, inputs: Tensor, targets: Tensor) -> Outcome:
        """The measure is the share of sentences in which every word follows from the right previous ones."""
        scores = self.network(images, inputs)
        loss = cross_entropy(scores.flatten(0, 1), targets.flatten(), ignore_index=-1)
        right = (scores.detach().argmax(dim=2) == targets) | (targets < 0)
        return Outcome(loss, right.all(dim=1).float().mean().item())


def _tensors(examples: data.Examples, language: str) -> tuple[Tensor, Tensor, Tensor]:
    inputs, targets = data.table(data.sentences(examples.scenes, language), language)
    return torch.from_numpy(examples.images).float(), torch.from_numpy(inputs), torch.from_numpy(targets)


@cache
def _validation(language: str) -> tuple[Tensor, Tensor, Tensor]:
    return _tensors(data.held_out("validation"), language)
