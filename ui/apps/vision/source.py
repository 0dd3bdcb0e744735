"""The source of the picture: the test data, or the visitor's drawing."""

from dataclasses import dataclass

import streamlit as st

from rnn_core.apps.digits import drawing
from rnn_core.apps.digits.drawing import BLOCK
from rnn_core.apps.digits.pictures import HEIGHT, SIDE, WIDTH
from rnn_core.apps.vision.settings import Settings
from rnn_core.arrays import Array
from ui.apps import frame
from ui.apps.digit_drawing import PEN, drawn_digit
from ui.apps.vision import compute
from ui.browser.paint import paint
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.widgets.choices import choice


@dataclass(frozen=True)
class Shown:
    image: Array
    wanted: tuple[int, ...] | None  # None: unknown, because it was drawn


def source(network: frame.Network[Settings]) -> Shown | None:
    labels = {"test": _("test data"), "draw": f":material/draw: {_('my own drawing')}"}
    chosen = choice(st.segmented_control, _("Picture from"), labels, "test", "vision_source")
    digit = network.settings.task == "digit"
    if chosen == "draw":
        drawn = drawn_digit("paint_digit", 260) if digit else _drawn_strip()
        return None if drawn is None else Shown(drawn, None)
    return _test_digit(network) if digit else _test_strip(network)


def _drawn_strip() -> Array | None:
    size = WIDTH * BLOCK, HEIGHT * BLOCK
    ink = paint(*size, key="paint_strip", label=_("Draw up to five digits here"), shown_height=120, pen=PEN)
    image = drawing.strip_of(ink)
    if image is None:
        words = _("Draw up to five digits of about the same height side by side; they may touch.")
        st.info(words, icon=":material/draw:")
    return image


def _test_digit(network: frame.Network[Settings]) -> Shown:
    test = compute.test_digits()
    at = _place(network, len(test.digits), "vision_picture")
    rows = st.pills(_("Cover rows"), range(1, SIDE + 1), selection_mode="multi", **in_link("vision_covered"))
    image = compute.covered(test.images[at], tuple(row - 1 for row in rows))
    return Shown(image, (int(test.digits[at]),))


def _test_strip(network: frame.Network[Settings]) -> Shown:
    test = compute.test_strips()
    at = _place(network, len(test.digits), "vision_strip")
    return Shown(test.images[at], test.digits[at])


def _place(network: frame.Network[Settings], count: int, key: str) -> int:
    """Which test picture, from 0; one button leads to those that are misread."""

    state = network.state

    def go_on() -> None:
        found = None if state is None else compute.next_mistake(state, st.session_state[key] - 1)
        if found is not None:
            st.session_state[key] = found + 1

    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        at: int = st.slider(_("Test picture"), 1, count, 1, **in_link(key))
    with right:
        st.button(_("Next one that it misreads"), on_click=go_on, disabled=state is None, key=f"{key}_mistake")
    return at - 1
