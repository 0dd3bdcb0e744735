"""Interventions: hold chosen values of a run at numbers of our choosing, and see what follows.

A step is an index into the T steps of the run, from 0, as in `FirstBad`: step t reads xs[t] and makes hs[t + 1].
What is held replaces the computed value before anything else reads it, and no gradient passes through it: the gradient
on a held value is still given (what the loss would gain if the number were another), the gradient behind it is zero.
Where two interventions hold the same value at the same step, the later one in the tuple wins.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from rnn_core.arrays import Array, Mask
from rnn_core.errors import CoreError, check_integer, check_kind, check_number, check_option

State = Literal["h", "c"]
Put = Callable[[str, Array], None]


def _integers(argument: str, values: object) -> tuple[int, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise CoreError(argument, repr(values), "a tuple of integers")
    return tuple(check_integer(argument, value, 0, 10**9) for value in values)


@dataclass(frozen=True)
class Clamp:
    """Hold a gate (or the candidate) of `units` at `value` during `steps` (None: during every step).

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

    h_t of the unit is 0 for whoever reads it: the next step, the readout, the next layer. Inside, the unit lives on:
    its gates and the LSTM's cell are computed as ever, so it speaks again when the silence ends.

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
    """Overwrite the state that one step makes: "h" is hs[step + 1], "c" is cs[step + 1].

    With "c" the same step's h = o * tanh(c) is made from the new c.

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
    """What `to_json` made, as interventions again.

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
class _Hold:
    mask: Mask  # (T, H) where the value is held
    values: Array  # (T, H) at what


class Holds:
    """The interventions of one run laid out over its T steps and H units, by the name of the value they hold."""

    def __init__(self, interventions: Iterable[Intervention], T: int, H: int, gates: tuple[str, ...], cell: bool):
        if not isinstance(interventions, Iterable):
            raise CoreError("interventions", repr(interventions), "a tuple of Clamp, Silence and SetState")
        self.interventions: tuple[Intervention, ...] = tuple(interventions)
        self._by_name: dict[str, _Hold] = {}
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
        hold = self._by_name.setdefault(name, _Hold(np.zeros((T, H), dtype=np.bool_), np.zeros((T, H))))
        where = np.ix_(range(T) if steps is None else steps, units)
        hold.mask[where] = True
        hold.values[where] = value

    def __bool__(self) -> bool:
        return bool(self._by_name)

    def at(self, step: int) -> Put:
        """For one step: a function that writes the held numbers of a value over its row (H,)."""

        def put(name: str, row: Array) -> None:
            hold = self._by_name.get(name)
            if hold is not None:
                np.copyto(row, hold.values[step], where=hold.mask[step])

        return put

    def cut(self, name: str, slope: Array) -> Array:
        """`slope` (T, H), but 0 where the value is held: nothing passes behind it."""
        hold = self._by_name.get(name)
        return slope if hold is None else np.where(hold.mask, 0.0, slope)
