"""The multimodal page's network in torch: convolutions for the picture, a recurrent layer for the words, and their fusion."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from rnn_core.apps.digits.pictures import DIGITS
from rnn_core.apps.multimodal import data
from rnn_core.apps.multimodal.data import KINDS, Examples
from rnn_core.apps.multimodal.questions import vocabulary
from rnn_core.apps.multimodal.settings import CHANNELS, EMBEDDING, JOINT, PIXELS_LEFT, Settings
from rnn_core.apps.torch_parts import recurrent_layer
from rnn_core.learn.problem import Outcome, Problem

NAMING = 0.5  # the weight of the digit's class in the loss, relative to the answer


class Network(nn.Module):
    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.fusion = settings.fusion
        H, P = settings.hidden, settings.sight
        self.first = nn.Conv2d(1, CHANNELS[0], 3, padding=1)
        self.second = nn.Conv2d(CHANNELS[0], CHANNELS[1], 3, padding=1)
        self.sight = nn.Linear(PIXELS_LEFT, P)
        self.embedding = nn.Embedding(len(vocabulary()), EMBEDDING)
        self.recurrent = recurrent_layer(settings, settings.word_size)
        if self.fusion == "gated":
            self.gate = nn.Linear(H + P, H)
            self.picture = nn.Linear(P, H)
        self.joint = nn.Linear(settings.fused, JOINT)
        self.answer = nn.Linear(JOINT, 1)
        if settings.named:
            self.name = nn.Linear(P, DIGITS)

    def encode_picture(self, images: Tensor) -> Tensor:
        """(B, 8, 8) -> (B, P)."""
        maps = F.max_pool2d(torch.relu(self.first(images[:, None])), 2)
        maps = F.max_pool2d(torch.relu(self.second(maps)), 2)
        return torch.tanh(self.sight(maps.flatten(1)))

    def forward(self, images: Tensor, words: Tensor) -> tuple[Tensor, Tensor]:
        """The score of yes after every word (B, T), and the picture's features (B, P)."""
        seen = self.encode_picture(images)
        beside = seen[:, None].expand(-1, words.shape[1], -1)  # (B, T, P)
        read = self.embedding(words)
        states, _last = self.recurrent(torch.cat([read, beside], 2) if self.fusion == "early" else read)
        if self.fusion == "late":
            states = torch.cat([states, beside], 2)
        elif self.fusion == "gated":
            gate = torch.sigmoid(self.gate(torch.cat([states, beside], 2)))
            states = gate * states + (1 - gate) * torch.tanh(self.picture(beside))
        return self.answer(torch.relu(self.joint(states)))[:, :, 0], seen


class MultimodalProblem(Problem):
    network: Network

    def __init__(self, settings: Settings) -> None:
        self.settings, self.network, self.carry = settings, Network(settings), {}

    def train_on(self, step: int) -> Outcome:
        return self.outcome(data.batch(self.settings, step))

    def held_out(self) -> Outcome:
        kept = [data.seen(data.evaluation_examples("validation", kind), self.settings.inputs) for kind in KINDS]
        found = [self.outcome(each) for each in kept]
        loss = torch.stack([each.loss for each in found]).mean()
        return Outcome(loss, float(np.mean([each.measure for each in found])))

    def outcome(self, given: Examples) -> Outcome:
        images = torch.tensor(given.images, dtype=torch.float32)
        scores, seen = self.network(images, torch.tensor(given.words))
        last = scores.gather(1, torch.tensor(given.lengths)[:, None] - 1)[:, 0]
        yes = torch.tensor(given.yes)
        loss = F.binary_cross_entropy_with_logits(last, yes.float())
        penalty = None
        if self.settings.named:
            penalty = NAMING * F.cross_entropy(self.network.name(seen), torch.tensor(given.digits))
        return Outcome(loss, ((last > 0) == yes).double().mean().item(), penalty)
