"""A character model: the probability of every next character, given the text so far.

The training text is divided into `batch` pieces that are read in parallel. Step k reads the next `steps` characters of each,
from the states in which step k - 1 ended; the gradient ends where the chunk begins.
"""

from collections.abc import Mapping
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from rnn_core.apps.text.counts import log_frequencies, neighbour_embedding
from rnn_core.apps.text.settings import Settings
from rnn_core.apps.torch_parts import recurrent_layer
from rnn_core.learn.problem import Outcome, Problem, number

VALIDATION_CHARACTERS = 16_384  # of the validation part, at most
VALIDATION_PIECES = 64  # read in parallel
TIED_DEVIATION = 0.1  # of the embedding's first numbers where they are weights of the readout too, else 1
_PLACES, _MASKS = 1, 2  # streams of random numbers

States = Tensor | tuple[Tensor, Tensor] | None  # (L, B, H)


class Network(nn.Module):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        V = settings.corpus.size
        self.size = V
        self.embedding = None if settings.embedding is None else nn.Embedding(V, settings.embedding)
        self.layers = recurrent_layer(settings, settings.input_size, layers=settings.layers)
        self.dropout = settings.dropout
        self.layers.dropout = settings.dropout if settings.layers > 1 else 0.0
        self.readout = Readout(settings)
        if self.embedding is not None and settings.tied:
            nn.init.normal_(self.embedding.weight, std=TIED_DEVIATION)

    def forward(self, symbols: Tensor, states: States = None) -> tuple[Tensor, States]:
        """Symbols (B, T) -> scores (B, T, V), and the states at the end."""
        if self.embedding is None:
            xs, table = F.one_hot(symbols, self.size).to(torch.float32), None
        else:
            xs, table = self._dropped(self.embedding(symbols)), self.embedding.weight
        hs, states = self.layers(xs, states)
        return self.readout(self._dropped(hs), table), states

    def _dropped(self, values: Tensor) -> Tensor:
        return F.dropout(values, self.dropout, self.training)


class Readout(nn.Module):
    """A linear layer whose weights are its own or, where they are tied, those of the embedding."""

    weight: nn.Parameter | None

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        own = nn.Linear(settings.hidden, settings.corpus.size)
        self.weight = None if settings.tied else nn.Parameter(own.weight.detach())
        self.bias = nn.Parameter(own.bias.detach())

    def forward(self, hs: Tensor, table: Tensor | None) -> Tensor:
        return F.linear(hs, cast(Tensor, table if self.weight is None else self.weight), self.bias)


class TextProblem(Problem):
    def __init__(self, settings: Settings) -> None:
        self.settings, corpus = settings, settings.corpus
        self.network: Network = Network(settings)
        self.carry = {name: torch.zeros(shape) for name, shape in settings.carry_shapes().items()}
        self.training = torch.from_numpy(corpus.training)
        kept = torch.from_numpy(corpus.validation[:VALIDATION_CHARACTERS])
        pieces = min(VALIDATION_PIECES, max(1, (len(kept) - 1) // 100))
        self.kept = in_pieces(kept, pieces)

    def first_weights(self) -> Mapping[str, Tensor]:
        weights = dict(super().first_weights())
        if self.settings.counted:
            size, table = self.settings.corpus.size, weights["embedding.weight"].detach()
            found = neighbour_embedding(self.training, size, table.shape[1])
            found *= TIED_DEVIATION if self.settings.tied else 1.0
            weights["embedding.weight"] = torch.cat([found, table[:, found.shape[1] :]], dim=1)
            weights["readout.bias"] = log_frequencies(self.training, size)
        return weights

    def train_on(self, step: int) -> Outcome:
        torch.manual_seed(number(self.settings.seed, step, _MASKS))  # dropout draws from torch's own generator
        self.network.train()
        symbols, first = self.chunk(step)
        states = None if first else self.states()
        scores, states = self.network(symbols[:, :-1], states)
        outcome = outcome_of(scores, symbols[:, 1:])
        after = states if isinstance(states, tuple) else (states,)
        self.carry = {name: state.detach() for name, state in zip(self.carry, after, strict=True)}
        return outcome

    def held_out(self) -> Outcome:
        self.network.eval()
        scores, _ = self.network(self.kept[:, :-1])
        return outcome_of(scores, self.kept[:, 1:])

    def chunk(self, step: int) -> tuple[Tensor, bool]:
        """The (B, T + 1) symbols of this step, and whether a new epoch begins here.

        Each epoch begins at another place of the text, which is treated as a ring, so that the chunks differ.
        """
        settings = self.settings
        length = len(self.training) // settings.batch
        steps = min(settings.steps, length - 1)
        reading, place = divmod(step, (length - 1) // steps)
        turn = number(settings.seed, reading, _PLACES) % len(self.training)
        beginnings = turn + place * steps + length * torch.arange(settings.batch)[:, None]
        end = min((place + 1) * steps + 1, length) - place * steps
        return self.training[(beginnings + torch.arange(end)) % len(self.training)], place == 0

    def states(self) -> States:
        return (self.carry["h"], self.carry["c"]) if "c" in self.carry else self.carry["h"]


def in_pieces(symbols: Tensor, pieces: int) -> Tensor:
    """(N,) -> (pieces, N // pieces); the few remaining symbols are not read."""
    length = len(symbols) // pieces
    return symbols[: pieces * length].view(pieces, length)


def outcome_of(scores: Tensor, targets: Tensor) -> Outcome:
    """The loss is in nats; the measure is the share of characters that were the most probable ones."""
    loss = F.cross_entropy(scores.flatten(0, 1), targets.flatten())
    chosen = scores.detach()
    right = chosen.gather(2, targets[..., None])[..., 0] >= chosen.amax(dim=2)  # faster than argmax
    return Outcome(loss, right.to(torch.float32).mean().item())
