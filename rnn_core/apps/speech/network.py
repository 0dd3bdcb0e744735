"""A recurrent network that reads a sound's cepstra and predicts the word, or with CTC the digits that were spoken in it."""

from collections.abc import Mapping

import numpy as np
import torch
from safetensors.torch import load
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, ctc_loss
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from rnn_core.apps.speech import data
from rnn_core.apps.speech.augment import Sounds
from rnn_core.apps.speech.features import CEPSTRA
from rnn_core.apps.speech.settings import Settings
from rnn_core.apps.speech.sound import Integers
from rnn_core.apps.speech.strips import spoken
from rnn_core.apps.torch_parts import recurrent_layer
from rnn_core.apps.trained import load_trained
from rnn_core.blocks.ctc import read_path
from rnn_core.learn.problem import Outcome, Problem

SURENESS = 0.2  # of the readout of the network of one word, where a network of strips begins


class Network(nn.Module):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.recurrent = recurrent_layer(settings, CEPSTRA, bidirectional=settings.bidirectional)
        self.readout = nn.Linear(settings.directions * settings.hidden, settings.classes)

    def forward(self, xs: Tensor, lengths: Tensor) -> Tensor:
        """Scores (B, words) of sounds (B, T, 13); of a strip, scores of each frame (B, T, words + 1). The padding is not read."""
        packed = pack_padded_sequence(xs, lengths, batch_first=True, enforce_sorted=False)
        read, last = self.recurrent(packed)
        if self.settings.task == "strip":
            return self.score(pad_packed_sequence(read, batch_first=True)[0])
        if self.settings.pooling == "mean":
            ys, _ = pad_packed_sequence(read, batch_first=True)  # zeros after the end
            pooled: Tensor = ys.sum(dim=1) / lengths[:, None]
            return self.score(pooled)
        h_n = last[0] if self.settings.core_cell == "lstm" else last  # (D, B, H)
        return self.score(torch.cat(list(h_n), dim=1))

    def score(self, pooled: Tensor) -> Tensor:
        scores: Tensor = self.readout(pooled)
        return scores


class WordProblem(Problem):
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


class StripProblem(Problem):
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.network: Network = Network(settings)
        self.carry = {}

    def first_weights(self) -> Mapping[str, Tensor]:
        """Transfer learning: the layer and the readout of the network that knows single words, where one is ready."""
        first = dict(self.network.named_parameters())
        ready = self.settings.word_network
        if ready is None:
            return first
        tensors = load(load_trained(Settings, ready).state.tensors)
        known = {name: tensors[f"network.{name}"] for name in first}
        # The readout was trained on means of states, and is too sure of single frames. The blank's row is as it was drawn.
        for name in ("readout.weight", "readout.bias"):
            known[name] = torch.cat([SURENESS * known[name], first[name][-1:].detach()])
        return known

    def train_on(self, step: int) -> Outcome:
        return self.outcome(spoken.batch(self.settings, step))

    def held_out(self) -> Outcome:
        return self.outcome(spoken.validation(self.settings.language))

    def outcome(self, given: spoken.Strips) -> Outcome:
        first, blank, frames = self.settings.words[0], self.settings.blank, given.sounds.lengths
        scores = self.network(torch.from_numpy(given.sounds.inputs.astype(np.float32)), torch.from_numpy(frames))
        labels = torch.tensor([word - first for words in given.labels for word in words])
        lengths = torch.tensor([len(words) for words in given.labels])
        log_ys = scores.log_softmax(dim=2).transpose(0, 1)
        loss = ctc_loss(
            log_ys, labels, torch.from_numpy(frames), lengths, blank=blank, reduction="sum", zero_infinity=True
        )
        paths = scores.detach().argmax(dim=2)
        right = [
            read_path(path[:length].tolist(), blank) == tuple(word - first for word in words)
            for path, length, words in zip(paths, frames, given.labels, strict=True)
        ]
        return Outcome(loss / len(lengths), float(np.mean(right)))
