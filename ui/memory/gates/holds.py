"""What a reader does to a run, as short text for the link and as the core's interventions. No Streamlit.

One hold is `<what>.<who>.<when>[.<value>]`, steps and units counted as on the axes: `f.all.21-30.0` holds every forget gate
at 0 during steps 21 to 30, `s.3.1-60` silences unit 3, `c.2.40.1.5` overwrites the memory of unit 2 at step 40 with 1.5.
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
MOST_HOLDS = 20
_FORM = re.compile(r"([ifogrznshc])\.(all|\d{1,4})\.(\d{1,5})(?:-(\d{1,5}))?(?:\.(-?[0-9.e-]+))?")


@dataclass(frozen=True)
class Hold:
    what: What  # a gate's letter, "s" for silence, or the state that is overwritten: "h" or "c"
    unit: int | None  # from 1; None: all
    first: int  # step, from 1
    last: int
    value: float = 0.0


def packed(holds: Iterable[Hold]) -> str:
    return "~".join(_text(hold) for hold in holds)


def _text(hold: Hold) -> str:
    when = f"{hold.first}" if hold.first == hold.last else f"{hold.first}-{hold.last}"
    value = "" if hold.what == SILENCE else f".{hold.value:.6g}"
    return f"{hold.what}.{hold.unit or 'all'}.{when}{value}"


def unpacked(text: str) -> tuple[Hold, ...]:
    """ValueError, with a message for the reader, when the text is not one of ours."""
    holds: list[Hold] = []
    for item in text.split("~")[: MOST_HOLDS + 1] if text else ():
        found = _FORM.fullmatch(item)
        value = float(found[5] or 0.0) if found and _is_number(found[5]) else math.nan
        if not found or not math.isfinite(value) or len(holds) == MOST_HOLDS:
            raise ValueError(
                _("The interventions in this link cannot be read, so the page shows the run without them.")
            )
        letter, who, first, last, _value = found.groups()
        what = cast(What, letter)  # the pattern admits no other letters
        holds.append(Hold(what, None if who == "all" else int(who), int(first), int(last or first), value))
    return tuple(holds)


def _is_number(text: str | None) -> bool:
    try:
        float(text or 0.0)
    except ValueError:
        return False
    return True


def intervention(hold: Hold, cell: Cell, units: int, steps: int) -> Intervention | None:
    """As the core takes it; None when this run has no such gate, unit or step."""
    last = min(hold.last, steps)
    if not 1 <= hold.first <= last or (hold.unit is not None and not 1 <= hold.unit <= units):
        return None
    who = tuple(range(units)) if hold.unit is None else (hold.unit - 1,)
    when = tuple(range(hold.first - 1, last))
    if hold.what in GATES[cell]:
        return Clamp(GATES[cell][hold.what], who, hold.value, when)
    if hold.what == SILENCE:
        return Silence(who, when)
    if hold.what == MEMORY[cell] and (hold.what == "h" or hold.what == "c"):
        return SetState(hold.what, who, hold.value, when[0])
    return None


def in_words(hold: Hold) -> str:
    who = _("all units") if hold.unit is None else _("unit {unit}").format(unit=hold.unit)
    when = (
        _("step {first}").format(first=hold.first)
        if hold.first == hold.last
        else _("steps {first}–{last}").format(first=hold.first, last=hold.last)
    )
    if hold.what == SILENCE:
        return _("{who} silent, {when}").format(who=who, when=when)
    if hold.what in ("h", "c"):
        return _("{what} of {who} set to {value}, {when}").format(
            what=hold.what, who=who, value=written(hold.value, 6), when=when
        )
    return _("{what} of {who} held at {value}, {when}").format(
        what=hold.what, who=who, value=written(hold.value, 6), when=when
    )
