"""The source of the picture: the test data, or the visitor's drawing, file or camera."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnn_core.apps.digits import drawing
from rnn_core.apps.digits.drawing import BLOCK
from rnn_core.apps.digits.pictures import HEIGHT, SIDE, WIDTH
from rnn_core.apps.vision.settings import Settings
from rnn_core.arrays import Array
from ui.apps import frame, photo
from ui.apps.vision import compute, presets
from ui.browser.paint import drawn_ink
from ui.browser.thumbnails import Thumbnail, thumbnails
from ui.i18n import _
from ui.links.kept_settings import in_link, in_session
from ui.widgets.choices import choice
from ui.widgets.uploads import digest, upload

SOURCE = "vision_source"
COVERED = "vision_covered"


@dataclass(frozen=True)
class Shown:
    image: Array | None  # None: nothing is drawn, or no picture was brought yet
    wanted: tuple[int, ...] | None = None  # None: unknown, because it was drawn
    is_own: bool = False
    name: str = ""
    covered: tuple[int, ...] | None = None  # rows, from 1; None where none can be covered


def field_of(settings: Settings) -> tuple[str, tuple[int, int]]:
    """The key of the pad, and its size in pixels of the pen."""
    if settings.task == "digit":
        return "paint_digit", (SIDE * BLOCK, SIDE * BLOCK)
    return "paint_strip", (WIDTH * BLOCK, HEIGHT * BLOCK)


def take_drawing() -> None:
    """A stroke on the pad: from now on the picture is the visitor's."""
    st.session_state[SOURCE] = "draw"


def cover_row(row: int) -> None:
    covered = set(st.session_state.get(COVERED, ()))
    st.session_state[COVERED] = sorted(covered ^ {row})


def source(network: frame.Network[Settings], above: DeltaGenerator) -> Shown:
    """The controls in the dock; a file is asked for in the place `above` the picture."""
    labels = {
        "test": _("test data"),
        "draw": f":material/draw: {_('my own drawing')}",
        "photo": f":material/photo_camera: {_('my own picture')}",
    }
    is_digit = network.settings.task == "digit"
    chosen = choice(st.segmented_control, _("Picture from"), labels, "test", SOURCE, label_visibility="collapsed")
    number = "vision_picture" if is_digit else "vision_strip"
    pictures = presets.digit_thumbnails(network.settings) if is_digit else presets.strip_thumbnails(network.settings)
    _presets(pictures, number, chosen == "test")
    if chosen == "test":
        return _test_picture(network, number, is_digit)
    if chosen == "photo":
        with above:
            return _photographed(is_digit)
    key, size = field_of(network.settings)
    ink = drawn_ink(*size, key=key)
    return Shown(drawing.digit_of(ink) if is_digit else drawing.strip_of(ink), is_own=True)


def _presets(pictures: Mapping[str, Thumbnail], number: str, is_shown: bool) -> None:
    def show(name: str) -> None:
        st.session_state.update({SOURCE: "test", number: int(name), COVERED: []})

    now = str(st.session_state.get(number) or st.query_params.get(number, "1"))
    thumbnails(_("Test pictures"), pictures, now if is_shown and now in pictures else None, number, show)


def _test_picture(network: frame.Network[Settings], number: str, is_digit: bool) -> Shown:
    """Which test picture; one button leads to those that are misread."""
    test = compute.test_digits() if is_digit else compute.test_strips()
    state = network.state

    def go_on() -> None:
        found = None if state is None else compute.next_mistake(state, st.session_state[number] - 1)
        if found is not None:
            st.session_state[number] = found + 1

    words, why = _("Next mistake"), _("The next test picture that the network misreads")
    st.button(
        words, on_click=go_on, disabled=state is None, key=f"{number}_mistake", icon=":material/skip_next:", help=why
    )
    with st.popover(_("All"), icon=":material/grid_view:"):
        at: int = st.slider(_("Test picture"), 1, len(test.digits), 1, **in_link(number)) - 1
        if is_digit:
            rows = st.pills(_("Cover rows"), range(1, SIDE + 1), selection_mode="multi", **in_link("vision_covered"))
    if isinstance(test.digits, tuple):
        return Shown(test.images[at], test.digits[at], name=f"{number} {at}")
    image = compute.covered(test.images[at], tuple(row - 1 for row in rows))
    return Shown(image, (int(test.digits[at]),), name=f"{number} {at}", covered=tuple(rows))


def _photographed(is_digit: bool) -> Shown:
    """A digit that is cut out of the visitor's picture, or all of them as one strip."""
    data, problem = upload(
        _("A picture with digits (PNG or JPEG)"), ["png", "jpg", "jpeg"], "vision_file", photo.LARGEST
    )
    if st.toggle(_("Use the camera"), **in_session("vision_camera")):
        taken = st.camera_input(_("Digits on paper, dark on light or light on dark"), key="vision_taken")
        data = taken.getvalue() if taken is not None else data
    if problem:
        st.error(problem)
    if data is None:
        st.info(_("Bring a picture of one digit or of several side by side: each is cut out."), icon=":material/photo:")
        return Shown(None)
    found = compute.photographed(data)
    if isinstance(found, photo.Refused):
        st.error(photo.refusal(found.problem))
        return Shown(None)
    if not found.digits:
        st.warning(_("No ink stands out in this picture. Digits should be large, on an even ground."))
        return Shown(None)
    name = digest(data)
    if not is_digit:
        return Shown(found.strip, name=name)
    at = 0
    if len(found.digits) > 1:
        labels = {str(k): str(k + 1) for k in range(len(found.digits))}
        words = _("{count} digits were cut out; read number").format(count=len(labels))
        key = f"vision_cut_{name}"  # a visitor's picture is in no link
        at = int(choice(st.segmented_control, words, labels, "0", key, in_link=False))
    return Shown(found.digits[at], name=f"{name} {at}")
