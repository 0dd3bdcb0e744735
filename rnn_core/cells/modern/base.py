r"""What the modern cells share: a state that is read once a step and changed by

$$S_t = A_t \circ S_{t-1} + B_t$$

| cell | state | $A_t$ | $B_t$ |
|---|---|---|---|
| minGRU, minLSTM, RG-LRU | vector | a gate, from $x_t$ alone | gated candidate |
| LRU, S4D | complex vector(s) | fixed $\lambda$, $\lvert\lambda\rvert < 1$ | $B x_t$ |
| selective SSM | N numbers per unit | $e^{-\Delta_t r}$, $\Delta_t$ from $x_t$ | $\Delta_t B_t u_t$ |
| linear attention | matrix | 1 | $v_t k_t^\top$ |
| mLSTM | matrix | a scalar gate from $x_t$ | $i_t v_t k_t^\top$ |
| DeltaNet, RWKV-7 | matrix | a matrix, from the right | $\beta_t v_t k_t^\top$ |
| sLSTM | vector | gates that also read $h_{t-1}$: not linear | |
| attention | all keys and values so far | | |

A cell is a frozen dataclass of weights. `equations` writes every value as one line of the table of equations
(`equations/recipes.py` has the format), in the order of computation. A run evaluates these lines, and back-propagation
evaluates the lines that the chain rule makes of them, so that each number of both can be explained. `step` writes one
time step plainly; a test requires both to be equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

import numpy as np

from rnn_core.arrays import Array, weight_names
from rnn_core.cells.records import Record
from rnn_core.errors import CoreError, check_array, check_integer, check_option, shown

Shapes = dict[str, tuple[int, ...]]
State = dict[str, Array]  # the states of a cell by their names on the trace
LARGEST = 256  # X, H and N: a matrix state has H * N numbers at every step


class ModernParams(Record):
    """The weights of one modern cell. Subclasses are frozen dataclasses: arrays first, then options."""

    cell: ClassVar[str]
    output: ClassVar[str]  # the value that a readout reads
    # The letter of each value in formulas; "h^Re" has the upper index Re. A name without an entry is its own letter.
    letters: ClassVar[Mapping[str, str]] = {}
    choices: ClassVar[Mapping[str, tuple[str, ...]]] = {}  # of every option that is a word
    no_gradient: ClassVar[frozenset[str]] = (
        frozenset()
    )  # values that the output does not depend on, only their rounding
    # Where each size is read: the name of a weight, and its axis. N is the size of the state or of the keys, if it is not H.
    size_axes: ClassVar[Mapping[str, tuple[str, int]]]

    @staticmethod
    def shapes(X: int, H: int, N: int) -> Shapes:
        """The shape of every weight, by name."""
        raise NotImplementedError

    def form_shapes(self) -> Shapes:
        """The shapes of the weights that this form of the cell has."""
        return self.shapes(self.input_size, self.hidden_size, self.state_size)

    def equations(self) -> list[str]:
        raise NotImplementedError

    def initial_state(self) -> State:
        """The state before the first step."""
        raise NotImplementedError

    @property
    def constants(self) -> Mapping[str, Array]:
        """Fixed numbers of the equations, as arrays of one number."""
        return {}

    def _size(self, name: str) -> int:
        weight, axis = self.size_axes[name]
        return int(getattr(self, weight).shape[axis])

    @property
    def input_size(self) -> int:
        return self._size("X")

    @property
    def hidden_size(self) -> int:
        return self._size("H")

    @property
    def state_size(self) -> int:
        return self._size("N" if "N" in self.size_axes else "H")

    def sizes(self) -> Mapping[str, object]:
        return {name: self._size(name) for name in self.size_axes}

    def count(self) -> int:
        """How many numbers are trained."""
        return sum(getattr(self, name).size for name in weight_names(self))

    @classmethod
    def option_names(cls) -> tuple[str, ...]:
        return tuple(each.name for each in fields(cls) if "ndarray" not in str(each.type))

    def checked(self) -> "ModernParams":
        """These parameters with every weight as float64, after shapes and options have been found to agree."""
        for name in self.option_names():
            value = getattr(self, name)
            if name in self.choices:
                check_option(f"params.{name}", value, self.choices[name])
            elif not isinstance(value, bool):
                raise CoreError(f"params.{name}", shown(value), "True or False")
        try:
            X, H, N = self.input_size, self.hidden_size, self.state_size
        except (AttributeError, IndexError):
            raise CoreError("params", repr(self), f"a {self.cell} with arrays as weights") from None
        for name, size in (("X", X), ("H", H), ("N", N)):
            check_integer(f"params: its size {name}", size, 1, LARGEST)
        shapes, found = self.form_shapes(), {}
        for name in (each.name for each in fields(self)):
            value = getattr(self, name)
            if name in shapes:
                value = check_array(f"params.{name}", value, shapes[name])
            elif isinstance(value, np.ndarray):
                raise CoreError(f"params.{name}", f"shape {value.shape}", "None: this form has no such weight")
            found[name] = value
        return type(self)(**found)

    def recurrence(self, values: Mapping[str, Array]) -> "Recurrence | None":
        """The recurrence that a run's values make, in the form A, B; None where it is not linear in the state."""
        return None


@dataclass(frozen=True, eq=False, repr=False)
class Recurrence(Record):
    """S_t = A_t S_{t-1} + B_t, elementwise, or S_t = S_{t-1} A_t + B_t with matrices A_t (`matrices`)."""

    A: Array  # (T, ...) broadcastable to B, or (T, N, N); complex for LRU and S4D
    B: Array  # (T, *state)
    S_0: Array  # (*state,)
    matrices: bool = False


class Named(Record):
    """Arrays by name, also as attributes: `trace.update_gate` is `trace.values["update_gate"]`."""

    values: Mapping[str, Array]

    def __getattr__(self, name: str) -> Array:
        values = self.__dict__.get("values", {})
        if name not in values:
            raise AttributeError(f"{type(self).__name__} has no {name}; it has {', '.join(values)}")
        found: Array = values[name]
        return found

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Named) or type(self) is not type(other):
            return NotImplemented
        one, two = self.values, other.values
        return one.keys() == two.keys() and all(np.array_equal(one[name], two[name], equal_nan=True) for name in one)

    __hash__ = Record.__hash__


@dataclass(frozen=True, eq=False, repr=False)
class ModernTrace(Named):
    """Every value of every step. States have T+1 rows, values without a time axis none, all others T rows."""

    params: ModernParams
    values: Mapping[str, Array]
    interventions: ClassVar[tuple[Any, ...]] = ()

    @property
    def output(self) -> Array:
        """(T, H): the values that a readout reads."""
        found = self.values[self.params.output]
        return found[1:] if self.params.output in self.params.initial_state() else found

    def sizes(self) -> Mapping[str, object]:
        return {"cell": self.params.cell, "T": len(self.values["xs"]), **self.params.sizes()}

    def recurrence(self) -> Recurrence:
        """The run in the form S_t = A_t S_{t-1} + B_t."""
        found = self.params.recurrence(self.values)
        if found is None:
            raise CoreError("trace", f"a run of {self.params.cell}", "a cell that is linear in its state")
        return found


@dataclass(frozen=True, eq=False, repr=False)
class ModernGradients(Named):
    """The gradient of a loss on every value, named d + the value's name, and on every weight (`params`)."""

    params: ModernParams
    values: Mapping[str, Array]
    trace: ModernTrace
    truncate: ClassVar[None] = None

    def sizes(self) -> Mapping[str, object]:
        return self.trace.sizes()


def linear(name: str, letter: str, function: str = "", bias: bool = True) -> list[str]:
    """The lines of a value that reads x_t alone; with a function, its pre-activation too."""
    total = f"W_x{letter}[j,i] xs[t,i]" + (f" + b_{letter}[j]" if bias else "")
    if not function:
        return [f"{name}[t,j] = {total}"]
    return [f"{name}_pre[t,j] = {total}", f"{name}[t,j] = {function}( {name}_pre[t,j] )"]


def scalar(name: str, letter: str, function: str = "") -> list[str]:
    """The same for one number per step."""
    return [
        line.replace("[t,j]", "[t,u]").replace("[j,i]", "[u,i]").replace("[j]", "[u]")
        for line in linear(name, letter, function)
    ]
