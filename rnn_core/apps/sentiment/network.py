"""The network: it reads a review word by word and predicts whether it is positive."""

from typing import cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from rnn_core.apps.sentiment.data import encoded
from rnn_core.apps.sentiment.settings import Settings
from rnn_core.apps.sentiment.words import UNKNOWN
from rnn_core.apps.torch_parts import recurrent_layer
from rnn_core.learn.problem import Outcome, Problem, generator, number

_BATCH, _FORGOTTEN = 0, 1  # streams of random numbers


class Network(nn.Module):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.pooling, self.hidden = settings.pooling, settings.hidden
        self.embedding = nn.Embedding(len(settings.vocabulary.names), settings.embedding)
        self.layers = recurrent_layer(
            settings, settings.embedding, layers=settings.layers, bidirectional=settings.bidirectional
        )
        read = settings.directions * settings.hidden
        if settings.pooling == "attention":
            self.attention = nn.Linear(read, 1, bias=False)
        self.answer = nn.Linear(read, 1)

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """Words (B, T) and the lengths (B,) -> the score of "positive" (B,)."""
        packed = pack_padded_sequence(self.embedding(ids), lengths, batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.layers(packed)[0], batch_first=True)  # (B, T, D*H)
        there = torch.arange(states.shape[1]) < lengths[:, None]  # (B, T)
        return cast(Tensor, self.answer(self.gather(states, there, lengths)))[:, 0]

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

    def train_on(self, step: int) -> Outcome:
        settings, kept = self.settings, self.training
        rng = np.random.default_rng(number(settings.seed, step, _BATCH))
        rows = rng.integers(len(kept.labels), size=settings.batch)
        lengths = kept.lengths[rows]
        ids = torch.from_numpy(kept.ids[rows, : lengths.max()])
        coins = torch.rand(ids.shape, generator=generator(settings.seed, step, _FORGOTTEN))
        ids = torch.where(coins < settings.forgotten, UNKNOWN, ids)
        return self.outcome(ids, torch.from_numpy(lengths), torch.from_numpy(kept.labels[rows]))

    def held_out(self) -> Outcome:
        kept = self.validation
        return self.outcome(*map(torch.from_numpy, (kept.ids, kept.lengths, kept.labels)))

    def outcome(self, ids: Tensor, lengths: Tensor, labels: Tensor) -> Outcome:
        scores = self.network(ids, lengths)
        loss = nn.functional.binary_cross_entropy_with_logits(scores, labels.to(scores.dtype))
        return Outcome(loss, ((scores > 0) == (labels > 0)).float().mean().item())
