"""Training a recommender: after every click of a session, and before the first, the network predicts the next one."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from rnn_core.apps.recommend.data import sessions_for
from rnn_core.apps.recommend.process import Clicks
from rnn_core.apps.recommend.settings import Settings
from rnn_core.apps.torch_parts import recurrent_layer
from rnn_core.learn.problem import Outcome, Problem

_BATCHES = 41  # a stream of random numbers
MOST_VALIDATED = 500  # sessions, so that an evaluation takes no longer than some training steps


class Network(nn.Module):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        V = settings.items
        self.tied = settings.tied
        self.embedding = nn.Embedding(V, settings.embedding)
        nn.init.normal_(self.embedding.weight, std=0.1)  # small, so that training outweighs the random initial values
        self.recurrent = recurrent_layer(settings, settings.embedding)
        if settings.tied:
            self.wish = nn.Linear(settings.hidden, settings.embedding)
            self.item_bias = nn.Parameter(torch.zeros(V))
        else:
            self.readout = nn.Linear(settings.hidden, V)

    def forward(self, clicks: Tensor) -> Tensor:
        """(B, T) -> (B, T+1, V): the scores before the first click and after each."""
        hs, _ = self.recurrent(self.embedding(clicks))
        hs = torch.cat([torch.zeros_like(hs[:, :1]), hs], dim=1)
        if not self.tied:
            scores: Tensor = self.readout(hs)
        else:
            scores = self.wish(hs) @ self.embedding.weight.T + self.item_bias
        return scores


class RecommendProblem(Problem):
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.network: Network = Network(settings)
        self.carry = {}

    def train_on(self, step: int) -> Outcome:
        sessions = sessions_for(self.settings, "training")
        rng = np.random.default_rng([_BATCHES, self.settings.seed, step])
        return self._outcome(sessions[rng.integers(0, len(sessions), self.settings.batch)])

    def held_out(self) -> Outcome:
        return self._outcome(sessions_for(self.settings, "validation")[:MOST_VALIDATED])

    def _outcome(self, sessions: Clicks) -> Outcome:
        """The measure is the hit rate at 5. Predictions after the end of a session do not count."""
        clicks = torch.from_numpy(sessions)
        wanted = clicks >= 0
        scores = self.network(clicks[:, :-1].clamp(min=0))[wanted]  # (n, V)
        loss = cross_entropy(scores, clicks[wanted])
        hits = (scores.detach().topk(5).indices == clicks[wanted][:, None]).any(dim=1)
        return Outcome(loss, hits.float().mean().item())
