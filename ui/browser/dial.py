"""A slider for settings whose pictures the browser computes: it draws while it moves, and tells the page once when it rests.

The browser code is in dial/, around an <input type="range">. Every move is sent to the page's other parts in the browser
(shared/dials.js); parts whose message names the values that they were drawn for (`live`) follow it.
The value stands in the session and in the link under the dial's key, as that of any widget (ui/links/kept_settings.py).
"""

from typing import Any

import streamlit as st

from ui.browser import assets, door
from ui.i18n import _
from ui.links.kept_settings import in_session, is_back_or_forward

HEIGHT = 64
MOVE = "moved"
_LATEST = 1e15  # milliseconds: no clock of a browser shows more

_part = st.components.v2.component("unrolled_dial", js=assets.LOADER)


def dial(label: str, low: int, high: int, default: int, key: str, *, disabled: bool = False) -> int:
    """A whole number between `low` and `high`; `key` is its name in the session and in the link."""
    in_session(key)
    part, reader = f"dial_{key}", moved(low, high)

    def take_moved_value() -> None:
        sent = door.read(st.session_state.get(part), MOVE, reader)
        if sent is not None:
            st.session_state[key] = sent["value"]

    if not _fits(st.session_state.get(key), low, high) or is_back_or_forward():
        st.session_state[key] = _of_link(st.query_params.get(key, ""), low, high, default)
    value: int = st.session_state[key]
    sent = door.read(st.session_state.get(part), MOVE, reader)
    _part(
        key=part,
        data=assets.component_data(
            {
                "module": assets.serve("dial"),
                "height": HEIGHT,
                "key": key,
                "label": label,
                "low": low,
                "high": high,
                "value": value,
                "usual": default,
                "answered": sent["at"] if sent else 0,
                "disabled": disabled,
                "words": {
                    "value": _("{value} of {most}"),
                    "unavailable": _("The slider could not be loaded. Please reload the page."),
                },
            }
        ),
        on_moved_change=take_moved_value,
    )
    if value == default:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != str(value):
        st.query_params[key] = str(value)
    return value


def moved(low: int, high: int) -> door.Reader[dict[str, Any]]:
    """Where the dial rests, and when it came there by the browser's clock: the same value can be sent twice."""
    return door.record(value=door.whole(low, high), at=door.number(0, _LATEST))


def _fits(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and low <= value <= high


def _of_link(text: str, low: int, high: int, default: int) -> int:
    """What the link says, or the default where it says nothing that the dial can show."""
    try:
        number = float(text)
    except ValueError:
        return default
    return int(number) if low <= number <= high and number == int(number) else default
