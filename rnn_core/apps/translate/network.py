"""Training a translator with teacher forcing: the decoder reads the target and predicts its next symbol."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from rnn_core.apps.kept import cached_until_cleared
from rnn_core.apps.torch_parts import recurrent_layer
from rnn_core.apps.translate.data import Part
from rnn_core.apps.translate.settings import Settings
from rnn_core.apps.translate.task import TaskData
from rnn_core.apps.translate.tokens import Encoded, encode_pairs
from rnn_core.learn.problem import Outcome, Problem

_BATCHES = 42  # a stream of random numbers


class Network(nn.Module):
    """Attention as Luong, Pham and Manning (2015) have it: the query is the decoder's state after its step ("general" score)."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        source_language, target_language = settings.languages
        E, H = settings.embedding, settings.hidden
        self.source = nn.Embedding(len(source_language.symbols), E)
        self.encoder = recurrent_layer(settings, E)
        self.said = nn.Embedding(len(target_language.symbols) + 1, E)  # the name in saved files
        self.decoder = recurrent_layer(settings, E)
        self.ask = nn.Linear(H, H, bias=False) if settings.attention else None
        self.combine = nn.Linear(2 * H if settings.attention else H, H)
        self.readout = nn.Linear(H, len(target_language.symbols) + 1)

    def forward(self, sources: Tensor, lengths: Tensor, decoder_inputs: Tensor) -> Tensor:
        """(B, T), (B,), (B, S) -> scores (B, S, Y)."""
        packed = pack_padded_sequence(self.source(sources), lengths, batch_first=True, enforce_sorted=False)
        packed_states, last = self.encoder(packed)
        states, _ = self.decoder(self.said(decoder_inputs), last)  # (B, S, H)
        if self.ask is not None:
            read, _ = pad_packed_sequence(packed_states, batch_first=True)  # (B, T, H)
            scores = self.ask(states) @ read.transpose(1, 2)  # (B, S, T)
            behind = torch.arange(read.shape[1]) >= lengths[:, None]
            weights = scores.masked_fill(behind[:, None], -torch.inf).softmax(dim=2)
            states = torch.cat([states, weights @ read], dim=2)
        answers: Tensor = self.readout(torch.tanh(self.combine(states)))
        return answers


class TranslateProblem(Problem):
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.network: Network = Network(settings)
        self.carry = {}

    def train_on(self, step: int) -> Outcome:
        settings = self.settings
        encoded = _encoded(settings.data, "training")
        rng = np.random.default_rng([_BATCHES, settings.seed, step])
        return self._outcome(encoded.rows(rng.integers(0, len(encoded.lengths), settings.batch)))

    def held_out(self) -> Outcome:
        return self._outcome(_encoded(self.settings.data, "validation"))

    def _outcome(self, pairs: Encoded) -> Outcome:
        """The measure is the share of exactly right outputs, with every symbol predicted from the right previous ones."""
        targets = torch.from_numpy(pairs.targets)
        inputs = (torch.from_numpy(each) for each in (pairs.sources, pairs.lengths, pairs.decoder_inputs))
        scores = self.network(*inputs)
        loss = cross_entropy(scores.flatten(0, 1), targets.flatten(), ignore_index=-1)
        right = (scores.detach().argmax(dim=2) == targets) | (targets < 0)
        return Outcome(loss, right.all(dim=1).float().mean().item())


@cached_until_cleared(8)
def _encoded(task: TaskData, part: Part) -> Encoded:
    return encode_pairs(task.training if part == "training" else task.held_out(part), task.languages)
