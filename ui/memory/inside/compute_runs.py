"""Cached results on whole runs: swapped states of two sentences, and the fixed points of the flip-flops."""

from dataclasses import dataclass

import numpy as np

from rnn_core.analysis.inside import slow_points
from rnn_core.analysis.inside.changes import scores_with
from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.patching import Patch, PatchMap, patch_map, patched_road
from rnn_core.analysis.inside.steps import Stepper
from rnn_core.analysis.trajectories import Components, principal_components
from rnn_core.apps.look_inside import network_of_run
from rnn_core.apps.sentiment.settings import Settings as SentimentSettings
from rnn_core.apps.settings import AppSettings
from rnn_core.apps.text.settings import SHIPPED as TEXTS
from rnn_core.apps.text.settings import Settings as TextSettings
from rnn_core.arrays import Array
from rnn_core.errors import CoreError
from rnn_core.learn.state import RunState
from rnn_core.studies import flip_flop
from ui.cache.kept import kept, kept_for_visitor
from ui.cache.read_only import make_read_only
from ui.cache.shipped import shipped


@dataclass(frozen=True)
class Swap:
    """Two sentences of the same length, and the map of their swapped states."""

    clean: tuple[str, ...]
    corrupted: tuple[str, ...]
    map: PatchMap


@kept_for_visitor(4)
def swapped(settings: SentimentSettings, clean: str, corrupted: str, name: str) -> Swap:
    network, (one, two) = _sentiment(settings), (clean.split(), corrupted.split())
    ids = settings.vocabulary.ids
    return make_read_only(Swap(tuple(one), tuple(two), patch_map(network, ids(one), ids(two), [1.0], name=name)))


TEXT = "text"


@kept_for_visitor(4)
def swapped_letters(clean: str, corrupted: str, name: str) -> tuple[Swap, tuple[str, str]]:
    """Two texts that differ in some characters, read by the English LSTM. The answer is the score of the character that the clean
    text makes most probable, minus that of the one that the other text does; both characters are returned."""
    settings = TEXTS["english-lstm"]
    network, both = _letters_network(), [_symbols(settings, each) for each in (clean, corrupted)]
    scores = [scores_with(network, each)[-1] for each in both]
    first, second = (int(row.argmax()) for row in scores)
    if first == second:
        letter = network.symbols[first]
        raise CoreError(
            "texts", f"two after which {letter!r} is most probable", "two after which different characters are"
        )
    weights = np.zeros(network.outputs)
    weights[first], weights[second] = 1.0, -1.0
    found = patch_map(network, both[0], both[1], weights, name=name)
    swap = Swap(tuple(clean), tuple(corrupted), found)
    return make_read_only((swap, (network.symbols[first], network.symbols[second])))


def letters_road(swap: Swap, answers: tuple[str, str], step: int, unit: int | None) -> Array:
    network, settings = _letters_network(), TEXTS["english-lstm"]
    weights = np.zeros(network.outputs)
    weights[network.symbols.index(answers[0])], weights[network.symbols.index(answers[1])] = 1.0, -1.0
    patch = Patch(step, None if unit is None else (unit,), swap.map.name)
    clean, corrupted = ("".join(each) for each in (swap.clean, swap.corrupted))
    return patched_road(network, _symbols(settings, clean), _symbols(settings, corrupted), weights, (patch,))


def _letters_network() -> Network:
    return network_of_run(_shipped(TEXTS["english-lstm"]))


def _symbols(settings: TextSettings, text: str) -> list[int]:
    known = {symbol: number for number, symbol in enumerate(settings.corpus.symbols)}
    return [known.get(letter, 0) for letter in text]


def values_of(settings: SentimentSettings) -> tuple[str, ...]:
    """The values of a unit that can be swapped."""
    return _sentiment(settings).values


def swapped_road(settings: SentimentSettings, swap: Swap, step: int, unit: int | None) -> Array:
    """The score after every word, with one unit's (or every unit's) value swapped after one word."""
    ids = settings.vocabulary.ids
    patch = Patch(step, None if unit is None else (unit,), swap.map.name)
    return patched_road(_sentiment(settings), ids(swap.clean), ids(swap.corrupted), [1.0], (patch,))


def _sentiment(settings: SentimentSettings) -> Network:
    return network_of_run(_shipped(settings))


def _shipped(settings: AppSettings) -> RunState:
    trained = shipped(settings)
    if trained is None:
        raise CoreError("settings", settings, "those of a network that ships")
    return trained.state


@dataclass(frozen=True)
class Memories:
    """The fixed points of a flip-flop under the input 0, and some runs, in the plane of the runs' components."""

    points: slow_points.SlowPoints
    answers: Array  # (N, 3) the outputs at the points
    places: Array  # (N, 3) of the points
    runs: Array  # (runs, steps, 3)
    shares: Array  # (3,) of the variance along each component


RUNS, STEPS, STARTS = 24, 40, 240


@kept(1)
def memories(cell: str) -> Memories:
    network, task = flip_flop.load(cell), flip_flop.FlipFlop()
    inputs = task.held_out().inputs[:RUNS]
    stepper, rows = Stepper(network), []
    states = stepper.start(RUNS)
    for t in range(STEPS):
        states = stepper.step(states, inputs[:, t])
        rows.append(np.concatenate([*states.hs, *states.cs], axis=1))
    visited = np.stack(rows, axis=1)  # (runs, steps, S)
    flat = visited.reshape(-1, visited.shape[2])
    rng = np.random.default_rng(0)
    one, two = (flat[rng.permutation(len(flat))[: STARTS // 2]] for _ in range(2))
    found = slow_points.slow_points(
        network.layers[0], np.zeros(3), np.concatenate([one, (one + two) / 2, flat[:1] * 0])
    )
    plane: Components = principal_components(flat, 3)
    hidden = found.points[:, : network.hidden_size]
    answers = hidden @ network.readout.W_hy.T + network.readout.b_y
    places = (found.points - plane.mean) @ plane.directions.T
    return make_read_only(Memories(found, answers, places, plane.points.reshape(RUNS, STEPS, 3), plane.shares))
