"""The page on vision: a picture, the belief after each step, and the inside of the network."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnn_core.apps.vision.reader import DigitReading, StripReading
from rnn_core.apps.vision.settings import BLANK, Settings
from rnn_core.blocks.ctc import ctc, frames_needed, prefix_beam
from rnn_core.blocks.readout import softmax
from rnn_core.learn.state import RunState
from ui.apps import frame
from ui.apps.figures import pictures as figures
from ui.apps.inside import inside
from ui.apps.on_demand import on_demand
from ui.apps.vision import compute
from ui.apps.vision.boards import NAMES, digit_board, empty_board, spoken, strip_board
from ui.apps.vision.source import Shown, cover_row, field_of, source, take_drawing
from ui.apps.vision.take import take_reading
from ui.browser.paint import Board, paint
from ui.browser.plot import plot
from ui.figures.lines import Line, lines_over_time
from ui.i18n import _, listed
from ui.widgets.choices import choice
from ui.widgets.stage import dock
from ui.widgets.tables import table

CURSOR = "vision"
BEAM = 12


def answer_names() -> dict[str, str]:
    return {
        "the most frequent digit": _("the most frequent digit"),
        "the nearest mean picture": _("the nearest mean picture"),
        "logistic regression on all pixels": _("logistic regression on all pixels"),
        "the 3 nearest training pictures": _("the 3 nearest training pictures"),
        "cut at empty columns, nearest mean picture": _("cut at empty columns, nearest mean picture"),
        "cut at empty columns, 3 nearest training pictures": _("cut at empty columns, 3 nearest training pictures"),
        "told where each digit lies, 3 nearest training pictures": _(
            "told where each digit lies, 3 nearest training pictures"
        ),
        "read without a mistake": _("read without a mistake"),
        "wrong digits": _("wrong digits"),
        "drawn by others, read right": _("drawn by others, read right"),
        "drawn by others, calibration error": _("drawn by others, calibration error"),
    }


def play(network: frame.Network[Settings]) -> None:
    above, board = st.container(key="stage_upload"), st.container()
    with dock():
        shown = source(network, above)
    drawn = _digit if network.settings.task == "digit" else _strip
    drawn(network, shown, board)


def _draw(settings: Settings, shown: Shown, board: Board) -> None:
    key, _size = field_of(settings)
    covers = cover_row if shown.covered is not None else None
    paint(board, key=key, name=shown.name, cursor=CURSOR, take_ink=take_drawing, on_cover=covers)


def _digit(network: frame.Network[Settings], shown: Shown, place: DeltaGenerator) -> None:
    state, settings = network.state, network.settings
    if state is None or shown.image is None:
        with place:
            _draw(settings, shown, empty_board(settings, shown))
        return
    reading = compute.digit_reader(state).read(shown.image)
    take_reading(network, shown.image, reading)
    with place:
        _draw(settings, shown, digit_board(state, settings, shown, reading))
    temperature, error = compute.calibrated(state)
    words = _(
        "The probabilities are calibrated: scores are divided by the temperature {temperature}, fitted on validation pictures. On drawings by others, the probability of an answer and the share of such answers that are right then differ by {error} on average. This is the expected calibration error; 0 is perfect calibration."
    )
    near = _("The three nearest training pictures show: {digits}.")
    st.caption(words.format(temperature=f"{temperature:.2f}", error=f"{error:.1%}"))
    st.caption(near.format(digits=listed(map(str, compute.neighbours(shown.image)))))
    on_demand(_("Look inside: this picture"), lambda: _inside_digit(state, reading, temperature))


def _inside_digit(state: RunState, reading: DigitReading, temperature: float) -> None:
    beliefs = softmax(reading.scores / temperature)
    left, right = st.columns([2, 3])
    with left:
        plot(figures.picture_chart(reading.image, title=_("The network’s input")), key="picture")
    with right:
        plot(figures.beliefs_chart(beliefs, list(NAMES), title=_("The prediction")), key="beliefs", cursor=CURSOR)
    answer = reading.answer
    back = compute.digit_reader(state).gradients(reading, answer)
    left, right = st.columns([2, 3])
    with left:
        title = _("Which pixels speak for {digit} (green) and against it (pink)").format(digit=answer)
        plot(figures.picture_chart(back.picture, title=title, push=True), key="push")
    with right:
        words = _("Gradients are of the loss of the answer {digit} after the last step.")
        st.markdown(words.format(digit=answer))
    inside(reading.layer, back.layer, CURSOR)


def _strip(network: frame.Network[Settings], shown: Shown, place: DeltaGenerator) -> None:
    state, settings = network.state, network.settings
    if state is None or shown.image is None:
        with place:
            _draw(settings, shown, empty_board(settings, shown))
        return
    reading = compute.strip_reader(state).read(shown.image)
    take_reading(network, shown.image, reading)
    with place:
        share = float(np.exp(-ctc(reading.scores, reading.answer, BLANK).loss))
        _draw(settings, shown, strip_board(settings, shown, reading, share))
    left, right = st.columns(2, gap="large")
    with left:
        _readings(reading)
    with right:
        digits = _to_align(reading, shown.wanted)
        aligned = compute.strip_reader(state).gradients(reading, digits).aligned
        words = _("All paths that read so have together {share} of the probability.")
        st.caption(words.format(share=f"{np.exp(-aligned.loss):.2%}"))
    places = ["–" if label == BLANK else str(label) for label in aligned.places]
    chart = figures.alignment_chart(aligned.alignment, places, title=_("Which frames output which digit"))
    plot(chart, key="alignment", cursor=CURSOR)
    on_demand(_("Look inside: this strip"), lambda: _inside_strip(state, reading, digits))


def _readings(reading: StripReading) -> None:
    """The most probable path, and the most probable readings."""
    rows = prefix_beam(reading.scores, BLANK, BEAM)[:5]
    table(
        {
            _("prefix beam reads"): [spoken(row.labels) for row in rows],
            _("probability"): [f"{row.probability:.2%}" for row in rows],
        }
    )
    st.caption(_("The likeliest single path reads {digits}.").format(digits=spoken(reading.answer)))


def _to_align(reading: StripReading, wanted: tuple[int, ...] | None) -> tuple[int, ...]:
    """The visitor's digits; where they are refused, the reading is aligned."""
    fallback = wanted if wanted is not None else reading.answer
    typed = st.text_input(_("Digits to align"), placeholder=spoken(fallback), key="vision_align", max_chars=40).strip()
    if not typed:
        return fallback
    if not (typed.isascii() and typed.isdigit()):
        st.error(_("Only the digits 0 to 9 can be aligned. Until then: {digits}.").format(digits=spoken(fallback)))
        return fallback
    digits = tuple(map(int, typed))
    frames = len(reading.scores)
    if frames_needed(digits) > frames:
        words = _(
            "{frames} frames cannot hold so many digits, because a repeated digit needs a blank between. Until then: {digits}."
        )
        st.error(words.format(frames=frames, digits=spoken(fallback)))
        return fallback
    return digits


def _inside_strip(state: RunState, reading: StripReading, digits: tuple[int, ...]) -> None:
    path = ["" if label == BLANK else str(label) for label in reading.scores.argmax(axis=1).tolist()]
    title = _("The strip, and the prediction of each frame")
    chart = figures.strip_chart(reading.image, reading.beliefs, path, [*NAMES, "–"], title=title)
    plot(chart, key="strip", cursor=CURSOR)
    back = compute.strip_reader(state).gradients(reading, digits)
    st.markdown(_("Gradients are of the CTC loss of {digits}.").format(digits=spoken(digits)))
    title = _("Which pixels speak for these digits (green) and against them (pink)")
    plot(figures.picture_chart(back.picture, title=title, push=True, height=200), key="push")
    kernel = st.slider(_("Kernel of the first convolution"), 1, len(reading.first), 1, key="vision_kernel")
    title = _("Where kernel {number} responds in the strip").format(number=kernel)
    plot(figures.picture_chart(_scaled(reading.first[kernel - 1]), title=title, height=200), key="kernel")
    way = "forward"
    if reading.trace.backward:
        ways = {"forward": _("left to right"), "backward": _("right to left")}
        way = choice(st.segmented_control, _("Direction"), ways, "forward", "vision_way")
    inside(
        getattr(reading.trace, way)[0],
        getattr(back.layers, way)[0],
        f"{CURSOR}_{way}" if way == "backward" else CURSOR,
    )


def _scaled(image: np.ndarray) -> np.ndarray:
    return image / (image.max() or 1.0)


def how_soon(network: frame.Network[Settings]) -> None:
    """How many test pictures are read right after each step."""
    state = network.state
    if state is not None and network.settings.task == "digit":
        label = _("How soon does it know?")
        on_demand(label, lambda: _right_after_each_step(state), icon=":material/timer:", key="soon_open")


def _right_after_each_step(state: RunState) -> None:
    title = _("Test pictures read right after each step")
    line = Line(_("right"), compute.right_after_each_step(state), "h")
    chart = lines_over_time([line], title=title, y_title=_("share"), y_range=(0.0, 1.0))
    plot(chart, key="soon", cursor=CURSOR)
