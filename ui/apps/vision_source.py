"""Where the picture comes from: the test data, or the visitor's own hand."""

from dataclasses import dataclass

import streamlit as st

from rnn_core.apps.vision import drawing
from rnn_core.apps.vision.drawing import BLOCK
from rnn_core.apps.vision.settings import HEIGHT, SIDE, WIDTH
from rnn_core.types import Array
from ui.apps import frame
from ui.choices import choice
from ui.components.paint import paint
from ui.compute import vision as compute
from ui.i18n import _


@dataclass(frozen=True)
class Shown:
    image: Array
    wanted: tuple[int, ...] | None  # None: nobody knows what was drawn


def source(network: frame.Network) -> Shown | None:
    labels = {"test": _("test data"), "draw": _("my own drawing")}
    chosen = choice(st.segmented_control, _("Picture from"), labels, "test", "vision_source")
    digit = network.settings.task == "digit"
    if chosen == "draw":
        return _drawn_digit() if digit else _drawn_strip()
    return _test_digit(network) if digit else _test_strip(network)


def _drawn_digit() -> Shown | None:
    ink = paint(SIDE * BLOCK, SIDE * BLOCK, key="paint_digit", label=_("Draw a digit here"), shown_height=260, pen=2.0)
    return _shown(drawing.digit_of(ink), _("Draw a digit from 0 to 9, as large as you like: it is brought to size."))


def _drawn_strip() -> Shown | None:
    ink = paint(
        WIDTH * BLOCK, HEIGHT * BLOCK, key="paint_strip", label=_("Draw up to five digits here"), shown_height=120, pen=2.0
    )  # fmt: skip
    words = _("Draw up to five digits of about the same height side by side; they may touch.")
    return _shown(drawing.strip_of(ink), words)


def _shown(image: Array | None, words: str) -> Shown | None:
    if image is None:
        st.info(words, icon=":material/draw:")
        return None
    return Shown(image, None)


def _test_digit(network: frame.Network) -> Shown:
    test = compute.test_digits()
    at = _place(network, len(test.digits), "vision_picture")
    rows = st.pills(
        _("Cover rows"), range(1, SIDE + 1), selection_mode="multi", key="vision_covered", bind="query-params"
    )
    image = compute.covered(test.images[at], tuple(row - 1 for row in rows))
    return Shown(image, (int(test.digits[at]),))


def _test_strip(network: frame.Network) -> Shown:
    test = compute.test_strips()
    at = _place(network, len(test.digits), "vision_strip")
    return Shown(test.images[at], test.digits[at])


def _place(network: frame.Network, count: int, key: str) -> int:
    """Which test picture, from 0; one button leads to those that are misread."""

    def go_on() -> None:
        found = compute.next_mistake(network.state, st.session_state[key] - 1)
        if found is not None:
            st.session_state[key] = found + 1

    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        at = st.slider(_("Test picture"), 1, count, 1, key=key, bind="query-params")
    with right:
        st.button(_("Next one that it misreads"), on_click=go_on, disabled=network.state is None, key=f"{key}_mistake")
    return at - 1
