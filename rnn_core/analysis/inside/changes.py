"""Changing a network while it runs: silence, clamp or swap units or gates, overwrite a state, steer along a direction.

The same changes apply to a text that is read (its loss before and after) and to one that is written (generation before and after).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnn_core.analysis.inside.network import Network, Symbols
from rnn_core.analysis.inside.steps import Floats, See, States, Stepper
from rnn_core.arrays import Array
from rnn_core.blocks.readout import softmax
from rnn_core.errors import (
    MAX_STEPS,
    CoreError,
    check_array,
    check_integer,
    check_number,
    check_numbers,
    check_option,
)

LONGEST_WRITTEN = 2_000  # symbols


@dataclass(frozen=True, eq=False)
class Change:
    """At some steps (None: all) some units of a value become `values`, or `values` is added to them."""

    name: str  # "h", "c" or a gate
    units: tuple[int, ...]
    values: Array  # (n,) for the n units, or (T, n): another value at each step
    layer: int = -1
    steps: tuple[int, int] | None = None  # the first, and the last (exclusive)
    adds: bool = False

    def holds_at(self, t: int) -> bool:
        within = self.steps is None or self.steps[0] <= t < self.steps[1]
        return within and (self.values.ndim == 1 or t < len(self.values))

    def apply(self, t: int, rows: Floats) -> None:
        values = self.values if self.values.ndim == 1 else self.values[t]
        units = list(self.units)
        rows[:, units] = rows[:, units] + values if self.adds else values


def silence(name: str, units: Sequence[int], layer: int = -1, steps: tuple[int, int] | None = None) -> Change:
    return clamp(name, units, 0.0, layer, steps)


def clamp(
    name: str, units: Sequence[int], value: float, layer: int = -1, steps: tuple[int, int] | None = None
) -> Change:
    return Change(name, tuple(units), np.full(len(units), check_number("value", value)), layer, steps)


def steer(
    name: str, direction: ArrayLike, strength: float, layer: int = -1, steps: tuple[int, int] | None = None
) -> Change:
    """Add `strength` times the direction (H,) to the value of all units, such as the direction of a probe."""
    vector = check_array("direction", direction, ("H",))
    length = float(np.linalg.norm(vector))
    if length == 0.0:
        raise CoreError("direction", "a direction of length 0", "one that points somewhere")
    return Change(
        name, tuple(range(len(vector))), check_number("strength", strength) * vector / length, layer, steps, adds=True
    )


def state_after(network: Network, sequence: ArrayLike) -> States:
    """The state (1, H) of every layer after the sequence."""
    stepper, checked = Stepper(network), network.check_sequence(sequence)
    states = stepper.start(1)
    for t in range(len(checked)):
        states = stepper.step(states, checked[t : t + 1])
    return states


def check_changes(network: Network, changes: Sequence[Change]) -> tuple[Change, ...]:
    for each in changes:
        check_option("Change.name", each.name, network.values)
        check_integer("Change.layer", each.layer, -len(network.layers), len(network.layers) - 1)
        for unit in each.units:
            check_integer("Change.units", unit, 0, network.hidden_size - 1)
        shape = (len(each.units),) if each.values.ndim == 1 else ("T", len(each.units))
        check_array("Change.values", each.values, shape)
    return tuple(changes)


def seeing(network: Network, changes: Sequence[Change], t: int) -> See | None:
    """The changes of step t for `Stepper.step`."""
    now = [(each.layer % len(network.layers), each) for each in changes if each.holds_at(t)]
    if not now:
        return None

    def see(layer: int, name: str, rows: Floats) -> None:
        for at, each in now:
            if at == layer and each.name == name:
                each.apply(t, rows)

    return see


def scores_with(
    network: Network, sequence: ArrayLike, changes: Sequence[Change] = (), start: States | None = None
) -> Array:
    """(T, Y) the scores after each step."""
    checked, changes = network.check_sequence(sequence), check_changes(network, changes)
    stepper = Stepper(network)
    states, rows = start or stepper.start(1), np.empty((len(checked), network.outputs))
    for t in range(len(checked)):
        states = stepper.step(states, checked[t : t + 1], seeing(network, changes, t))
        rows[t] = stepper.scores(states)[0]
    return rows


def bits_with(
    network: Network, sequence: ArrayLike, changes: Sequence[Change] = (), start: States | None = None
) -> Array:
    """(T - 1,) the surprisal of every symbol but the first, in bits."""
    check_predicts(network)
    checked = network.check_sequence(sequence)
    rows = scores_with(network, checked, changes, start)[:-1]
    return np.asarray(-np.log2(softmax(rows)[np.arange(len(rows)), checked[1:]]))


def write(
    network: Network,
    beginning: ArrayLike,
    length: int,
    changes: Sequence[Change] = (),
    *,
    temperature: float = 0.7,
    seed: int = 0,
    start: States | None = None,
) -> Symbols:
    """(length,) the symbols that follow the beginning. The random number of a place does not depend on the changes."""
    check_predicts(network)
    read, changes = network.check_sequence(beginning, "beginning"), check_changes(network, changes)
    length = check_integer("length", length, 1, LONGEST_WRITTEN)
    temperature = check_number("temperature", temperature, 0.0, 10.0)
    luck = np.random.default_rng(check_integer("seed", seed, 0, 2**31 - 1)).random(length)
    stepper, written = Stepper(network), np.empty(length, np.int64)
    states = start or stepper.start(1)
    sequence = np.concatenate([read, written])
    for t in range(len(read) + length - 1):
        states = stepper.step(states, sequence[t : t + 1], seeing(network, changes, t))
        place = t + 1 - len(read)
        if place >= 0:
            sequence[t + 1] = _choose(stepper.scores(states)[0], temperature, luck[place])
    return np.asarray(sequence[len(read) :])


def _choose(scores: Array, temperature: float, luck: float) -> int:
    """The symbol at which the probabilities, added up from the most probable one on, pass the random number."""
    if temperature == 0.0:
        return int(scores.argmax())
    p = softmax(scores / temperature)
    order = np.argsort(-p, kind="stable")
    return int(order[min(len(p) - 1, int(np.searchsorted(np.cumsum(p[order]), luck, side="right")))])


@dataclass(frozen=True)
class Ablation:
    """What each unit is worth: what its silence adds to the cost of every step of a sequence.

    The cost of step t is that of its prediction from the steps before: bits of a symbol, or the absolute error of a number.
    """

    cost: NDArray[np.float32]  # (T,) of the whole network; NaN at 0
    added: NDArray[np.float32]  # (H, T)

    def there_and_elsewhere(self, marks: NDArray[np.bool_]) -> tuple[Array, Array]:
        """(H,) the mean of what is added at steps that follow a place where the label holds, and at the others."""
        there = np.append(False, marks[:-1])
        elsewhere = ~there
        elsewhere[0] = False
        both = (
            self.added[:, each].mean(axis=1, dtype=np.float64) if each.any() else np.zeros(len(self.added))
            for each in (there, elsewhere)
        )
        first, second = both
        return np.asarray(first), np.asarray(second)


def ablate(network: Network, sequence: ArrayLike, name: str = "h", layer: int = -1, value: ArrayLike = 0.0) -> Ablation:
    """Silence each unit alone during the whole sequence, all of these runs side by side. `value` (H,) instead of 0: its mean."""
    check_predicts(network)
    checked = network.check_sequence(sequence)

    def bits(scores: Floats, t: int) -> Floats:
        below = scores - scores.max(axis=1, keepdims=True)
        return np.asarray((np.log(np.exp(below).sum(axis=1)) - below[:, checked[t + 1]]) / np.log(2.0))

    return _ablated(network, checked, bits, name, layer, value)


def ablate_numbers(
    network: Network, sequence: ArrayLike, wanted: ArrayLike, name: str = "h", layer: int = -1, value: ArrayLike = 0.0
) -> Ablation:
    """The same of a network that outputs numbers. `wanted` (T - 1,): its first output after each step but the last."""
    checked = network.check_sequence(sequence)
    targets = check_array("wanted", wanted, (len(checked) - 1,))
    return _ablated(network, checked, lambda scores, t: np.abs(scores[:, 0] - targets[t]), name, layer, value)


def _ablated(
    network: Network,
    checked: NDArray[Any],
    cost_of: Callable[[Floats, int], Floats],
    name: str,
    layer: int,
    value: ArrayLike,
) -> Ablation:
    """`cost_of` the scores (H + 1, Y) after step t is the cost of step t + 1."""
    check_option("name", name, network.values)
    layer = check_integer("layer", layer, -len(network.layers), len(network.layers) - 1) % len(network.layers)
    H, T = network.hidden_size, check_integer("sequence: its length", len(checked), 2, MAX_STEPS)
    check_numbers("sequence: its steps times the units", H * T * 4)
    values = np.broadcast_to(np.asarray(value, np.float32), (H,))
    stepper, units = Stepper(network, np.float32), np.arange(H)
    states, cost = stepper.start(H + 1), np.full((H + 1, T), np.nan, np.float32)

    def see(at: int, own: str, rows: Floats) -> None:
        if at == layer and own == name:
            rows[units, units] = values

    for t in range(T - 1):
        states = stepper.step(states, np.repeat(checked[t : t + 1], H + 1, axis=0), see)
        cost[:, t + 1] = cost_of(stepper.scores(states), t)
    return Ablation(cost[H], cost[:H] - cost[H])


def check_predicts(network: Network) -> None:
    if not network.symbols or network.outputs != len(network.symbols):
        raise CoreError(
            "network", "a network that does not predict the next symbol", "a network with an output for every symbol"
        )


def bits_of(scores: Array, targets: NDArray[Any]) -> Array:
    """(B,) the surprisal of each target."""
    return np.asarray(-np.log2(softmax(scores)[np.arange(len(targets)), targets]))
