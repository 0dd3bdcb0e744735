"""A recurrent network that reads a sound's cepstra and predicts the word."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from rnn_core.apps.speech import data
from rnn_core.apps.speech.augment import Sounds
from rnn_core.apps.speech.features import CEPSTRA
from rnn_core.apps.speech.settings import Settings
from rnn_core.apps.speech.sound import Integers
from rnn_core.apps.torch_parts import recurrent_layer
from rnn_core.learn.problem import Outcome, Problem


class Network(nn.Module):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.recurrent = recurrent_layer(settings, CEPSTRA, bidirectional=settings.bidirectional)
        self.readout = nn.Linear(settings.directions * settings.hidden, len(settings.words))

    def forward(self, xs: Tensor, lengths: Tensor) -> Tensor:
        """Scores (B, words) of sounds (B, T, 13); the padding is not read."""
        packed = pack_padded_sequence(xs, lengths, batch_first=True, enforce_sorted=False)
        read, last = self.recurrent(packed)
        if self.settings.pooling == "mean":
            ys, _ = pad_packed_sequence(read, batch_first=True)  # zeros after the end
            pooled: Tensor = ys.sum(dim=1) / lengths[:, None]
            return self.score(pooled)
        h_n = last[0] if self.settings.core_cell == "lstm" else last  # (D, B, H)
        return self.score(torch.cat(list(h_n), dim=1))

    def score(self, pooled: Tensor) -> Tensor:
        scores: Tensor = self.readout(pooled)
        return scores


class SpeechProblem(Problem):
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.network: Network = Network(settings)
        self.carry = {}

    def train_on(self, step: int) -> Outcome:
        sounds, words = data.batch(self.settings, step)
        return self.outcome(sounds, words)

    def held_out(self) -> Outcome:
        sounds, words = data.validation_sounds(self.settings.language)
        return self.outcome(sounds, words)

    def outcome(self, sounds: Sounds, words: Integers) -> Outcome:
        xs = torch.from_numpy(sounds.inputs.astype(np.float32))
        targets = torch.from_numpy(words - self.settings.words[0])
        scores = self.network(xs, torch.from_numpy(sounds.lengths))
        right = (scores.detach().argmax(dim=1) == targets).double().mean().item()
        return Outcome(cross_entropy(scores, targets), right)
