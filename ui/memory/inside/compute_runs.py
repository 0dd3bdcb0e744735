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
from rnn_core.apps.recommend.settings import SHIPPED as SESSIONS
from rnn_core.apps.sentiment.settings import Settings as SentimentSettings
from rnn_core.apps.settings import AppSettings
from rnn_core.apps.text.data import UNKNOWN
from rnn_core.apps.text.settings import SHIPPED as TEXTS
from rnn_core.arrays import Array
from rnn_core.errors import CoreError
from rnn_core.lab import recorded
from rnn_core.learn.state import RunState
from rnn_core.studies import flip_flop
from ui.cache.kept import kept_for_visitor
from ui.cache.read_only import make_read_only
from ui.cache.shared import shared
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


Tokens = tuple[str, ...]


@kept_for_visitor(4)
def swapped_symbols(reader: str, clean: Tokens, corrupted: Tokens, name: str) -> tuple[Swap, tuple[str, str]]:
    """Two sequences of symbols that differ in some places. The answer is the score of the symbol that the clean one makes most
    probable, minus that of the one that the other does; both symbols are returned."""
    network = symbols_network(reader)
    both = [_numbers(network, each) for each in (clean, corrupted)]
    scores = [scores_with(network, each)[-1] for each in both]
    first, second = (int(row.argmax()) for row in scores)
    if first == second:
        symbol = network.symbols[first]
        raise CoreError(
            "sequences", f"two after which {symbol!r} is most probable", "two after which different symbols are"
        )
    answers = network.symbols[first], network.symbols[second]
    found = patch_map(network, both[0], both[1], _difference(network, answers), name=name)
    return make_read_only((Swap(clean, corrupted, found), answers))


def symbols_road(reader: str, swap: Swap, answers: tuple[str, str], step: int, unit: int | None) -> Array:
    network = symbols_network(reader)
    patch = Patch(step, None if unit is None else (unit,), swap.map.name)
    both = [_numbers(network, each) for each in (swap.clean, swap.corrupted)]
    return patched_road(network, both[0], both[1], _difference(network, answers), (patch,))


def symbols_network(reader: str) -> Network:
    """That predicts the next symbol: the English text's, a shop's or that of a^n b^n."""
    match reader:
        case "text":
            return network_of_run(_shipped(TEXTS["english-lstm"]))
        case "shop":
            return network_of_run(_shipped(SESSIONS["gru"]))
        case _:
            return network_of_run(recorded.network("counting-lstm"))


def _numbers(network: Network, tokens: Tokens) -> list[int]:
    """Of the symbols; one that the network does not know is refused, but for characters, where it is read as symbol 0."""
    known = {symbol: number for number, symbol in enumerate(network.symbols)}
    unknown = [token for token in tokens if token not in known]
    if unknown and UNKNOWN not in known:
        raise CoreError("sequences", repr(unknown[0][:40]), "symbols that this network knows")
    return [known.get(token, 0) for token in tokens]


def _difference(network: Network, answers: tuple[str, str]) -> Array:
    """(Y,) of the scores: the first answer minus the second."""
    weights = np.zeros(network.outputs)
    weights[network.symbols.index(answers[0])], weights[network.symbols.index(answers[1])] = 1.0, -1.0
    return weights


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


@shared(3)
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
