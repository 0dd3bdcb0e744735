"""Fine-tuning of the network of words in torch, for lesson.py."""

import numpy as np
import torch
from safetensors.torch import load, save
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from rnn_core.apps.speech import data
from rnn_core.apps.speech.augment import changed
from rnn_core.apps.speech.network import Network
from rnn_core.apps.speech.settings import Settings
from rnn_core.apps.speech.teaching.lesson import BATCH, RATE_OF_LEARNING, STEPS, Lesson, sounds_of
from rnn_core.apps.tensors import settings_of
from rnn_core.arrays import Array
from rnn_core.learn.state import RunState
from rnn_core.learn.train import prepare


def fine_tuned(state: RunState, lesson: Lesson, rounds: tuple[tuple[bytes, ...], ...]) -> RunState:
    """The network after STEPS updates on these rounds, each recording changed at every step."""
    prepare()
    settings = settings_of(state, Settings)
    network = _initial_network(settings, load(state.tensors), lesson)
    optimiser = torch.optim.Adam(network.parameters(), lr=RATE_OF_LEARNING, fused=True)
    own, labels = sounds_of(rounds)
    for step in range(STEPS):
        rng = np.random.default_rng([11, step])
        chosen = rng.integers(0, len(own), BATCH)
        words: list[Array] = [own[at] for at in chosen]
        targets = labels[chosen].tolist()
        if (
            lesson.digits is not None
        ):  # every second sound is of a training voice, so that other voices are not forgotten
            pool = data.training_pool("english" if lesson.digits.start == 0 else "mandarin")
            for place in range(0, BATCH, 2):
                clip = pool[int(rng.integers(len(pool)))]
                words[place], targets[place] = clip.samples, clip.word - lesson.digits.start
        sounds = changed(words, rng)
        scores = network(torch.from_numpy(sounds.inputs.astype(np.float32)), torch.from_numpy(sounds.lengths))
        loss = cross_entropy(scores, torch.tensor(targets))
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        for group in optimiser.param_groups:
            group["lr"] = RATE_OF_LEARNING * 0.5 * (1.0 + np.cos(np.pi * step / STEPS))
        optimiser.step()
    tensors = {f"network.{name}": weight.detach() for name, weight in network.named_parameters()}
    return RunState(settings, state.step + STEPS, save(tensors))


def _initial_network(settings: Settings, tensors: dict[str, Tensor], lesson: Lesson) -> Network:
    """The network's recurrent layer, and a readout with one row for each word: its own rows where it knows the words."""
    network = Network(settings)
    weights = {name.removeprefix("network."): value for name, value in tensors.items() if name.startswith("network.")}
    network.load_state_dict(weights)
    readout = nn.Linear(network.readout.in_features, len(lesson.words))
    with torch.no_grad():
        if lesson.digits is None:
            readout.weight.zero_()
            readout.bias.zero_()
        else:
            first = lesson.digits.start - settings.words.start
            readout.weight.copy_(network.readout.weight[first : first + len(lesson.words)])
            readout.bias.copy_(network.readout.bias[first : first + len(lesson.words)])
    network.readout = readout
    return network
