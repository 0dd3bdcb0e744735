"""Interventions: override chosen values of a run, and see how the rest of the run changes.

A step is an index into the T steps of the run, from 0, as in `FirstBad`: step t reads xs[t] and computes hs[t + 1].
The given number replaces the computed value before anything else reads it, and no gradient passes through it. The
gradient on an overridden value is still computed; the gradient on the values that it would have depended on is zero.
Where two interventions override the same value at the same step, the later one in the tuple counts.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from rnn_core.arrays import Array, Mask
from rnn_core.errors import CoreError, check_integer, check_kind, check_number, check_option

State = Literal["h", "c"]
Override = Callable[[str, Array], None]


def _integers(argument: str, values: object) -> tuple[int, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise CoreError(argument, repr(values), "a tuple of integers")
    return tuple(check_integer(argument, value, 0, 10**9) for value in values)


@dataclass(frozen=True)
class Clamp:
    """Fix a gate (or the candidate) of `units` at `value` during `steps` (None: during every step).

    >>> Clamp("forget_gate", units=(0, 1), value=1.0, steps=range(5))
    Clamp(gate='forget_gate', units=(0, 1), value=1.0, steps=(0, 1, 2, 3, 4))
    """

    gate: str  # its name on the trace: "forget_gate", "candidate", ...
    units: tuple[int, ...]
    value: float
    steps: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "units", _integers("Clamp.units", self.units))
        object.__setattr__(self, "value", check_number("Clamp.value", self.value))
        if self.steps is not None:
            object.__setattr__(self, "steps", _integers("Clamp.steps", self.steps))


@dataclass(frozen=True)
class Silence:
    """Make the output h of `units` 0 during `steps` (None: during every step).

    The next step, the readout and the next layer all read h_t = 0. The unit's gates and the LSTM's cell state are still
    computed, so the unit has its usual output again after the last silenced step.

    >>> import rnn_core as rc
    >>> rc.run(rc.init_params("rnn", 1, 2), np.ones((3, 1)), interventions=[rc.Silence(units=(0,))]).hs[:, 0]
    array([0., 0., 0., 0.])
    """

    units: tuple[int, ...]
    steps: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "units", _integers("Silence.units", self.units))
        if self.steps is not None:
            object.__setattr__(self, "steps", _integers("Silence.steps", self.steps))


@dataclass(frozen=True)
class SetState:
    """Overwrite the state that one step computes: "h" is hs[step + 1], "c" is cs[step + 1].

    With "c", the same step computes h = o * tanh(c) from the new c.

    >>> import rnn_core as rc
    >>> rc.run(rc.init_params("rnn", 1, 2), np.ones((3, 1)), interventions=[rc.SetState("h", (1,), 0.5, step=2)]).hs[3, 1]
    np.float64(0.5)
    """

    state: State
    units: tuple[int, ...]
    value: float
    step: int

    def __post_init__(self) -> None:
        check_option("SetState.state", self.state, ("h", "c"))
        object.__setattr__(self, "units", _integers("SetState.units", self.units))
        object.__setattr__(self, "value", check_number("SetState.value", self.value))
        object.__setattr__(self, "step", _integers("SetState.step", (self.step,))[0])


Intervention = Clamp | Silence | SetState
_KINDS: dict[str, type[Intervention]] = {"clamp": Clamp, "silence": Silence, "set_state": SetState}


def to_json(interventions: Iterable[Intervention]) -> list[dict[str, Any]]:
    """Plain lists, numbers and strings, for `json.dumps`."""
    names = {kind: name for name, kind in _KINDS.items()}
    return [{"kind": names[type(each)], **asdict(each)} for each in interventions]


def from_json(items: Iterable[dict[str, Any]]) -> tuple[Intervention, ...]:
    """The interventions from which `to_json` made these items.

    >>> from_json(to_json([Silence(units=(0,))]))
    (Silence(units=(0,), steps=None),)
    """
    check_kind("interventions", items, list | tuple)
    made: list[Intervention] = []
    for item in items:
        check_kind("interventions: one of them", item, dict)
        fields = dict(item)
        kind = fields.pop("kind", None)
        check_option("interventions: kind", kind, _KINDS)
        try:
            made.append(_KINDS[kind](**fields))
        except TypeError:
            raise CoreError("interventions", item, f"the fields of {_KINDS[kind].__name__}") from None
    return tuple(made)


@dataclass(frozen=True)
class _Override:
    mask: Mask  # (T, H) true where the value is overridden
    values: Array  # (T, H) the number that replaces it


class InterventionMasks:
    """The interventions of one run as masks over its T steps and H units, by the name of the overridden value."""

    def __init__(self, interventions: Iterable[Intervention], T: int, H: int, gates: tuple[str, ...], cell: bool):
        if not isinstance(interventions, Iterable):
            raise CoreError("interventions", repr(interventions), "a tuple of Clamp, Silence and SetState")
        self.interventions: tuple[Intervention, ...] = tuple(interventions)
        self._by_name: dict[str, _Override] = {}
        states = ("h", "c") if cell else ("h",)
        for each in self.interventions:
            match each:
                case Clamp(gate, units, value, steps):
                    check_option("Clamp.gate", gate, gates)
                    self._add(gate, units, steps, value, T, H)
                case Silence(units, steps):
                    self._add("h", units, steps, 0.0, T, H)
                case SetState(state, units, value, step):
                    check_option("SetState.state", state, states)
                    self._add(state, units, (step,), value, T, H)
                case _:
                    raise CoreError("interventions", repr(each), "Clamp, Silence or SetState")

    def _add(
        self, name: str, units: tuple[int, ...], steps: tuple[int, ...] | None, value: float, T: int, H: int
    ) -> None:
        for unit in units:
            check_integer("interventions: unit", unit, 0, H - 1)
        for step in steps or ():
            check_integer("interventions: step", step, 0, T - 1)
        found = self._by_name.setdefault(name, _Override(np.zeros((T, H), dtype=np.bool_), np.zeros((T, H))))
        where = np.ix_(range(T) if steps is None else steps, units)
        found.mask[where] = True
        found.values[where] = value

    def __bool__(self) -> bool:
        return bool(self._by_name)

    def at(self, step: int) -> Override:
        """A function for one step that overrides the row (H,) of a value, given its name."""

        def override(name: str, row: Array) -> None:
            found = self._by_name.get(name)
            if found is not None:
                np.copyto(row, found.values[step], where=found.mask[step])

        return override

    def without_overridden(self, name: str, slope: Array) -> Array:
        """`slope` (T, H), with 0 where the value is overridden: no gradient passes through it."""
        found = self._by_name.get(name)
        return slope if found is None else np.where(found.mask, 0.0, slope)
