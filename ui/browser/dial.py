"""A slider for settings whose pictures the browser computes: it draws while it moves, and tells the page once when it rests.

The browser code is in dial/, around an <input type="range">. Every move is sent to the page's other parts in the browser
(shared/dials.js); parts whose message names the values that they were drawn for (`live`) follow it.
With `asks_page` the page itself answers while the dial moves: it is asked for the newest value whenever it has answered.
The value stands in the session and in the link under the dial's key, as that of any widget (ui/links/kept_settings.py).

`dial(spec)` is a part of its own. Another part can hold dials too: it sends `message(spec, ...)` and reads `moved(spec)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from ui.browser import assets, door
from ui.figures.style import text_ink
from ui.i18n import _
from ui.links.kept_settings import in_session, is_back_or_forward
from ui.links.refused import record_text
from ui.links.written import bring_page_along, fragment_of_part, write_in_link

HEIGHT = 64
MOVE = "moved"
_LATEST = 1e15  # milliseconds: no clock of a browser shows more

_part = st.components.v2.component("unrolled_dial", js=assets.LOADER)


@dataclass(frozen=True)
class DialSpec:
    label: str
    low: float
    high: float
    default: float
    key: str  # its name in the session and in the link
    step: float = 1
    disabled: bool = False
    ink: str = ""  # a name of ui/figures/style.py
    note: Literal["", "sigmoid"] = ""  # what the browser computes of the value, beside it
    asks_page: bool = False  # nothing but the page's own run knows what the next value shows
    help: str = ""  # read by a pointer that rests on the label, and by screen readers
    names: tuple[str, ...] = ()  # of the values from `low` on, such as dates: shown, and written into the link
    in_link: bool = True


def dial(spec: DialSpec) -> float:
    """A number between `spec.low` and `spec.high`."""
    value = dial_value(spec)
    part = f"dial_{spec.key}"
    sent = door.read(st.session_state.get(part), MOVE, moved(spec))
    _part(
        key=part,
        data=assets.component_data(
            {"module": assets.serve("dial"), "height": HEIGHT, **message(spec, value, sent), "words": words()}
        ),
        on_moved_change=take_moved(spec, part, MOVE),
    )
    write_link(spec, value)
    return value


def page_dial(
    label: str, low: float, high: float, default: float, step: float = 1, *, key: str, help: str = "", **look: Any
) -> float:
    """A dial in place of `st.slider`, with its order of arguments: the page answers while it moves."""
    return dial(DialSpec(label, low, high, default, key, step, asks_page=True, help=help, **look))


def dial_value(spec: DialSpec) -> float:
    """The value of the session, or of the link at the first run and after Back. Needs no dial on the page."""
    in_session(spec.key)
    known = st.session_state.get(spec.key)
    if not _fits(known, spec) or (spec.in_link and is_back_or_forward()):
        st.session_state[spec.key] = _of_link(st.query_params.get(spec.key, "") if spec.in_link else "", spec)
    value: float = st.session_state[spec.key]
    return value


def undrawn_dial(spec: DialSpec) -> float:
    """The value of a dial that is not on the page now, with its link kept."""
    value = dial_value(spec)
    write_link(spec, value)
    return value


def take_moved(spec: DialSpec, part: str, name: str) -> Callable[[], None]:
    """The callback of the part that holds the dial: the session gets the value that the reader has set."""
    fragment = fragment_of_part()

    def take() -> None:
        bring_page_along(fragment)
        sent = door.read(st.session_state.get(part), name, moved(spec))
        if sent is not None:
            st.session_state[spec.key] = sent["value"]

    return take


def message(spec: DialSpec, value: float, sent: dict[str, Any] | None) -> dict[str, Any]:
    """What the browser's dial needs to know. `sent`: what the browser has sent last."""
    ink = text_ink(spec.ink) if spec.ink else None
    return {
        "key": spec.key,
        "label": spec.label,
        "low": spec.low,
        "high": spec.high,
        "step": spec.step,
        "value": value,
        "usual": spec.default,
        "answered": sent["at"] if sent else 0,
        "disabled": spec.disabled,
        "ink": list(ink) if ink else None,
        "note": spec.note,
        "asks_page": spec.asks_page,
        "help": spec.help,
        "names": list(spec.names),
        "in_link": spec.in_link,
    }


def words() -> dict[str, str]:
    return {
        "value": _("{value} of {most}"),
        "unavailable": _("The slider could not be loaded. Please reload the page."),
    }


def write_link(spec: DialSpec, value: float) -> None:
    if not spec.in_link:
        return
    text = spec.names[int(value - spec.low)] if spec.names else _text(value)
    if spec.names:
        record_text(spec.key, text)
    write_in_link(spec.key, None if value == spec.default else text)


def moved(spec: DialSpec) -> door.Reader[dict[str, Any]]:
    """Where the dial rests, and when it came there by the browser's clock: the same value can be sent twice."""
    number = door.whole(int(spec.low), int(spec.high)) if spec.step == 1 else _on_scale(spec)
    return door.record(value=number, at=door.number(0, _LATEST))


def _on_scale(spec: DialSpec) -> door.Reader[float]:
    in_range = door.number(spec.low, spec.high)
    return lambda sent: _snapped(in_range(sent), spec)


def _snapped(value: float, spec: DialSpec) -> float:
    """The nearest value that the dial can show, without the noise of adding 0.1 many times."""
    return min(max(round(round(value / spec.step) * spec.step, 9), spec.low), spec.high)


def _text(value: float) -> str:
    return f"{value:g}"


def _fits(value: Any, spec: DialSpec) -> bool:
    is_number = isinstance(value, int if spec.step == 1 else int | float) and not isinstance(value, bool)
    return is_number and spec.low <= value <= spec.high


def _of_link(text: str, spec: DialSpec) -> float:
    """What the link says, or the default where it says nothing that the dial can show."""
    if spec.names:
        return int(spec.low) + spec.names.index(text) if text in spec.names else spec.default
    try:
        number = float(text)
    except ValueError:
        return spec.default
    if not spec.low <= number <= spec.high or (spec.step == 1 and number != int(number)):
        return spec.default
    return int(number) if spec.step == 1 else _snapped(number, spec)
