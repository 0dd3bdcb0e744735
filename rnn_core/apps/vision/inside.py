"""A look into the network: held-out digits step by step, and the digit; or strips of digits, column by column.

A strip's network reads in both directions. Its layer that reads forward is opened: an answer needs the other one too.
"""

import numpy as np

from rnn_core.analysis.inside.answers import LastState
from rnn_core.analysis.inside.network import Network
from rnn_core.apps.digits.pictures import DIGITS, SIDE
from rnn_core.apps.passages import (
    DIGIT,
    LATE,
    MOST,
    SHADES,
    Answers,
    Opened,
    along,
    each,
    handing_on,
    levels,
    make_passage,
    reading_forward,
)
from rnn_core.apps.tensors import linear, network_tensors, recurrent, settings_of
from rnn_core.apps.vision.data import as_steps, digits_for_evaluation, strips_for_evaluation
from rnn_core.apps.vision.reader import StripReader, as_frames
from rnn_core.apps.vision.settings import POOL, Settings
from rnn_core.arrays import Array, Mask
from rnn_core.learn.state import RunState

PARTS = ("validation", "test")
MOST_STRIPS = 40  # of each part
_INK = 0.25  # a darker pixel is ink
_HALVES = {"rows": "more ink on the left", "columns": "more ink at the top"}


def inside(state: RunState) -> Opened:
    settings = settings_of(state, Settings)
    return _digits(state, settings) if settings.task == "digit" else _strips(state)


def _digits(state: RunState, settings: Settings) -> Opened:
    parts = [digits_for_evaluation(part, settings.hidden_rows) for part in PARTS]
    digits = np.concatenate([each.digits[:MOST] for each in parts])
    steps = as_steps(np.concatenate([each.images[:MOST] for each in parts]), settings.order)  # (N, T, X)
    ink = steps.sum(axis=2)
    rows = [["".join(step) for step in picture] for picture in levels(steps, SHADES).tolist()]
    known: dict[str, Mask] = {f"{DIGIT}{digit}": np.array(along(digits == digit, rows)) for digit in range(DIGITS)}
    known["step with ink"] = (steps.max(axis=2) > _INK).ravel()
    known["more ink than usual"] = (ink > np.median(ink)).ravel()
    if settings.order in _HALVES:
        known[_HALVES[settings.order]] = (
            steps[..., : SIDE // 2].sum(axis=2) > steps[..., SIDE // 2 :].sum(axis=2)
        ).ravel()
        known["two strokes"] = (_strokes(steps) > 1).ravel()
    known[LATE] = np.array(each(rows, lambda row, at: at >= len(row) // 2))
    tensors = network_tensors(state)
    readout = linear(tensors, "readout.", "softmax")
    network = Network(recurrent(tensors, "recurrent.", settings).forward, readout)
    answers = Answers(tuple(map(str, range(DIGITS))), "softmax", (LastState(readout),), tuple(digits.tolist()))
    inputs = steps.reshape(-1, steps.shape[2])
    return Opened(
        network,
        make_passage(
            [rows[:MOST], rows[MOST:]], inputs, "│" if settings.order in _HALVES else "", known, list(map(str, digits))
        ),
        answers,
    )


def _strokes(steps: Array) -> Array:
    """(N, T) how many separate runs of ink a step has."""
    dark = np.pad(steps > _INK, ((0, 0), (0, 0), (1, 0)))
    return np.asarray((dark[..., 1:] & ~dark[..., :-1]).sum(axis=2))


def _strips(state: RunState) -> Opened:
    reader = StripReader(state)
    parts = [strips_for_evaluation(part) for part in PARTS]
    images = np.concatenate([each.images[:MOST_STRIPS] for each in parts])
    placed = [pair for part in parts for pair in list(zip(part.digits, part.starts, strict=True))[:MOST_STRIPS]]
    frames = np.concatenate([as_frames(second) for second in reader.maps(images)[1]])
    ink = images.reshape(*images.shape[:2], -1, POOL).sum(axis=(1, 3))  # (N, T) what a frame stands above
    rows = [list(row) for row in levels(ink.ravel()).reshape(ink.shape)]
    there = np.full(ink.shape, -1)
    for row, (digits, starts) in zip(there, placed, strict=True):
        for digit, start in zip(digits, starts, strict=True):
            row[start // POOL : (start + SIDE) // POOL] = digit
    known = {f"{DIGIT}{digit}": (there == digit).ravel() for digit in range(DIGITS)}
    known["step with ink"] = (ink > _INK).ravel()
    known["between digits"] = (there < 0).ravel()
    titles = ["".join(map(str, digits)) for digits, _starts in placed]
    layers = reading_forward(reader.recurrent).forward
    read = make_passage([rows[:MOST_STRIPS], rows[MOST_STRIPS:]], frames, "", known, titles)
    return Opened(Network(layers, handing_on(layers)), read)
