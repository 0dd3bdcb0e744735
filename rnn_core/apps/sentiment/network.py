"""The network: it reads a review word by word and predicts whether it is positive."""

from collections.abc import Mapping
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from rnn_core.apps.sentiment.classes import NEGATIVE, NEUTRAL, POSITIVE, outputs_for
from rnn_core.apps.sentiment.data import Encoded, encoded
from rnn_core.apps.sentiment.settings import Settings
from rnn_core.apps.sentiment.words import PAD, UNKNOWN
from rnn_core.apps.torch_parts import recurrent_layer
from rnn_core.learn.problem import Outcome, Problem, generator, number

_BATCH, _FORGOTTEN, _MASKS = 0, 1, 2  # streams of random numbers
COUNTED = 4  # numbers of a word's vector that begin with its counts
FIRST_SIZE, COUNTS_SIZE = 0.1, 0.5  # of the other numbers at first, and of one unit of log odds


class Network(nn.Module):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.pooling, self.hidden, self.dropout = settings.pooling, settings.hidden, settings.dropout
        self.embedding = nn.Embedding(len(settings.vocabulary.names), settings.embedding)
        self.layers = recurrent_layer(
            settings, settings.embedding, layers=settings.layers, bidirectional=settings.bidirectional
        )
        read = settings.directions * settings.hidden
        if settings.pooling == "attention":
            self.attention = nn.Linear(read, 1, bias=False)
        self.words_too = settings.words_too
        self.answer = nn.Linear(read + settings.embedding * settings.words_too, outputs_for(settings.classes))

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """Words (B, T) and the lengths (B,) -> the outputs (B, K), K = 1 for two classes."""
        vectors = F.dropout(self.embedding(ids), self.dropout / 2, self.training)
        packed = pack_padded_sequence(vectors, lengths, batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.layers(packed)[0], batch_first=True)  # (B, T, D*H)
        there = torch.arange(states.shape[1]) < lengths[:, None]  # (B, T)
        gathered = self.gather(states, there, lengths)
        if self.words_too:
            gathered = torch.cat([gathered, (vectors * there[:, :, None]).sum(dim=1) / lengths[:, None]], dim=1)
        gathered = F.dropout(gathered, self.dropout, self.training)
        return cast(Tensor, self.answer(gathered))

    def gather(self, states: Tensor, there: Tensor, lengths: Tensor) -> Tensor:
        """(B, T, D*H) -> (B, D*H)."""
        match self.pooling:
            case "last":  # the last state of each direction
                end = states[torch.arange(len(states)), lengths - 1]
                return torch.cat([end[:, : self.hidden], states[:, 0, self.hidden :]], dim=1)
            case "mean":
                return (states * there[:, :, None]).sum(dim=1) / lengths[:, None]
            case "max":
                return states.masked_fill(~there[:, :, None], -torch.inf).amax(dim=1)
            case _:
                scores = self.attention(states)[:, :, 0].masked_fill(~there, -torch.inf)
                return cast(Tensor, (scores.softmax(dim=1)[:, :, None] * states).sum(dim=1))


class Sentiment(Problem):
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.network: Network = Network(settings)
        self.carry = {}
        parts, vocabulary = settings.data, settings.vocabulary
        self.training, self.validation = (encoded(part(), vocabulary) for part in (parts.training, parts.validation))

    def first_weights(self) -> Mapping[str, Tensor]:
        if self.settings.from_counts:
            with torch.no_grad():
                vectors = self.network.embedding.weight
                vectors.normal_(0.0, FIRST_SIZE)
                counts = torch.from_numpy(log_odds(self.training, len(vectors), self.settings.classes))
                vectors[:, :COUNTED] += COUNTS_SIZE * counts.to(vectors.dtype)[:, :COUNTED]
        return super().first_weights()

    def train_on(self, step: int) -> Outcome:
        settings, kept = self.settings, self.training
        torch.manual_seed(number(settings.seed, step, _MASKS))  # dropout draws from torch's own generator
        self.network.train()
        rng = np.random.default_rng(number(settings.seed, step, _BATCH))
        rows = rng.integers(len(kept.labels), size=settings.batch)
        lengths = kept.lengths[rows]
        ids = torch.from_numpy(kept.ids[rows, : lengths.max()])
        coins = torch.rand(ids.shape, generator=generator(settings.seed, step, _FORGOTTEN))
        ids = torch.where(coins < settings.forgotten, UNKNOWN, ids)
        return self.outcome(ids, torch.from_numpy(lengths), torch.from_numpy(kept.labels[rows]))

    def held_out(self) -> Outcome:
        kept = self.validation
        self.network.eval()
        return self.outcome(*map(torch.from_numpy, (kept.ids, kept.lengths, kept.labels)))

    def outcome(self, ids: Tensor, lengths: Tensor, labels: Tensor) -> Outcome:
        scores = self.network(ids, lengths)
        if self.settings.classes > 2:
            right = (scores.argmax(dim=1) == labels).float().mean().item()
            return Outcome(F.cross_entropy(scores, labels), right)
        scores = scores[:, 0]
        loss = F.binary_cross_entropy_with_logits(scores, labels.to(scores.dtype))
        return Outcome(loss, ((scores > 0) == (labels > 0)).float().mean().item())


def log_odds(given: Encoded, words: int, classes: int) -> NDArray[np.float64]:
    """(V, 4) of each word: how much more probable it is in a positive review than in a negative one, as a logarithm; 0 for
    padding and <unknown>. Where there is a neutral class, the last two are of neutral reviews against the others."""
    seen = np.ones((classes, words))
    for ids, label in zip(given.ids, given.labels, strict=True):
        seen[label, np.unique(ids)] += 1
    shares = seen / seen.sum(axis=1, keepdims=True)
    odds = np.tile(np.log(shares[POSITIVE] / shares[NEGATIVE])[:, None], (1, COUNTED))
    if classes > 2:
        odds[:, COUNTED // 2 :] = np.log(2 * shares[NEUTRAL] / (shares[POSITIVE] + shares[NEGATIVE]))[:, None]
    odds[[PAD, UNKNOWN]] = 0.0
    return np.asarray(odds)
