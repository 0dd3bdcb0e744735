"""A visitor's interventions as short text for the link, in words, and as the core's interventions. No Streamlit.

One intervention is `<what>.<who>.<when>[.<value>]`, steps and units counted as on the axes: `f.all.21-30.0` clamps every forget
gate at 0 during steps 21 to 30, `s.3.1-60` silences unit 3, `c.2.40.1.5` overwrites the memory of unit 2 at step 40 with 1.5.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

from rnn_core.arrays import Cell
from rnn_core.cells.interventions import Clamp, Intervention, SetState, Silence
from rnn_core.equations.digits import written
from ui.i18n import _

What = Literal["i", "f", "o", "g", "r", "z", "n", "s", "h", "c"]
GATES: dict[Cell, dict[What, str]] = {
    "rnn": {},
    "lstm": {"f": "forget_gate", "i": "input_gate", "o": "output_gate", "g": "candidate"},
    "gru": {"z": "update_gate", "r": "reset_gate", "n": "candidate"},
}
MEMORY: dict[Cell, What] = {"rnn": "h", "lstm": "c", "gru": "h"}
SILENCE: What = "s"
MOST = 20
_FORM = re.compile(r"([ifogrznshc])\.(all|\d{1,4})\.(\d{1,5})(?:-(\d{1,5}))?(?:\.(-?[0-9.e-]+))?")


@dataclass(frozen=True)
class Spec:
    """One intervention, as the widgets and the link describe it."""

    what: What  # a gate's letter, "s" for silence, or the state that is overwritten: "h" or "c"
    unit: int | None  # from 1; None: all
    first: int  # step, from 1
    last: int
    value: float = 0.0


def to_text(specs: Iterable[Spec]) -> str:
    return "~".join(_text(spec) for spec in specs)


def _text(spec: Spec) -> str:
    when = f"{spec.first}" if spec.first == spec.last else f"{spec.first}-{spec.last}"
    value = "" if spec.what == SILENCE else f".{spec.value:.6g}"
    return f"{spec.what}.{spec.unit or 'all'}.{when}{value}"


def from_text(text: str) -> tuple[Spec, ...]:
    """Raises ValueError, with a message for the reader, where the text is not a list of interventions."""
    specs: list[Spec] = []
    for item in text.split("~")[: MOST + 1] if text else ():
        found = _FORM.fullmatch(item)
        value = float(found[5] or 0.0) if found and _is_number(found[5]) else math.nan
        if not found or not math.isfinite(value) or len(specs) == MOST:
            raise ValueError(
                _("The interventions in this link cannot be read, so the page shows the run without them.")
            )
        letter, who, first, last, _value = found.groups()
        what = cast(What, letter)  # the pattern admits no other letters
        specs.append(Spec(what, None if who == "all" else int(who), int(first), int(last or first), value))
    return tuple(specs)


def _is_number(text: str | None) -> bool:
    try:
        float(text or 0.0)
    except ValueError:
        return False
    return True


def to_core(spec: Spec, cell: Cell, units: int, steps: int) -> Intervention | None:
    """The core's intervention; None where this run has no such gate, unit or step."""
    last = min(spec.last, steps)
    if not 1 <= spec.first <= last or (spec.unit is not None and not 1 <= spec.unit <= units):
        return None
    who = tuple(range(units)) if spec.unit is None else (spec.unit - 1,)
    when = tuple(range(spec.first - 1, last))
    if spec.what in GATES[cell]:
        return Clamp(GATES[cell][spec.what], who, spec.value, when)
    if spec.what == SILENCE:
        return Silence(who, when)
    if spec.what == MEMORY[cell] and (spec.what == "h" or spec.what == "c"):
        return SetState(spec.what, who, spec.value, when[0])
    return None


def in_words(spec: Spec) -> str:
    who = _("all units") if spec.unit is None else _("unit {unit}").format(unit=spec.unit)
    when = (
        _("step {first}").format(first=spec.first)
        if spec.first == spec.last
        else _("steps {first}–{last}").format(first=spec.first, last=spec.last)
    )
    if spec.what == SILENCE:
        return _("{who} silent, {when}").format(who=who, when=when)
    if spec.what in ("h", "c"):
        return _("{what} of {who} set to {value}, {when}").format(
            what=spec.what, who=who, value=written(spec.value, 6), when=when
        )
    return _("{what} of {who} clamped at {value}, {when}").format(
        what=spec.what, who=who, value=written(spec.value, 6), when=when
    )
