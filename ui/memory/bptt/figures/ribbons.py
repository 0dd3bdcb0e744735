"""One weight, many uses, one sum: the steps in a lane, the gradient that runs back along it, and from each step a ribbon to the
bar of the sum. All of it is a few shapes of one colour each, so that a dial changes numbers and nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ui.figures.chart import Chart, Layout, figure
from ui.figures.style import BACKGROUND, GRID, INKS, MUTED, SOFT_DIVERGING_LIGHT, TEXT, text_ink
from ui.figures.thin import Array
from ui.figures.words import number, subscript
from ui.i18n import _
from ui.memory.bptt.figures.shapes import QUIET, Points, Word, cut_places, dotted, filled, joined, written

HEIGHT = 560  # of the stage, about
LANE, HALF_BOX, HALF_WIDTH, HALF_BELT = 6.6, 0.85, 0.27, 0.62  # heights from 0 to 10; widths in steps
WEIGHT, INPUT = 9.5, 8.6
ADDS, TAKES, THICK = (3.0, 2.2), (2.1, 1.5), 0.06  # upper and lower edges of the two rows of the bar
MOST_WORDS = 14  # longer lanes have no numbers along them
_PIXEL = 0.0008  # about, as a part of the width of the picture
_BEND = np.linspace(0.0, 1.0, 21)
_SMOOTH = _BEND * _BEND * (3.0 - 2.0 * _BEND)


@dataclass(frozen=True)
class Lane:
    hs: Array  # (T+1, H) states
    xs: Array  # (T,) inputs
    arrives: Array  # (T+1,) size of the gradient on the state of each step
    leaves: Array  # (T,) size of its part that goes on to h_0..h_{T-1}: 0 at a truncation
    from_loss: Array  # (T,) its part that comes from the loss directly, on h_1..h_T
    adds: Array  # (T,) what each step adds to the gradient of the weights, along the whole gradient; the whole adds up to 1
    whole: Array  # (T,) the same without truncation
    labels: tuple[str, ...] = ()  # of the parts of the bar, in place of their steps


def ribbons_chart(
    lane: Lane, cuts: Sequence[int], words: Sequence[Word], *, title: str, alt: str, drop_to: float = LANE + HALF_BELT
) -> Chart:
    T = len(lane.xs)
    top = float(max(lane.arrives.max(), 1e-300))
    segments = _segments(lane)
    strong, weak = INKS["gradient"].light, INKS["baseline"].light
    counted = (np.flatnonzero(lane.from_loss > 0.0) + 1).tolist()
    traces = [
        filled(_belt(T), GRID, 0.8),
        filled(_gradient_belt(lane, top), strong),
        dotted(_empty_belt(lane), weak),
        filled((_ribbon(step, *places, LANE - HALF_BOX, row) for step, row, places in segments["kept"]), strong, 0.38),
        dotted((_ribbon(step, *places, LANE - HALF_BOX, row) for step, row, places in segments["lost"]), strong),
        filled((_bar(*places, row, T) for _step, row, places in segments["kept"] if row == ADDS), strong),
        filled(
            (_bar(*places, row, T) for _step, row, places in segments["kept"] if row == TAKES),
            text_ink("gradient").light,
            0.6,
        ),
        dotted((_bar(*places, row, T) for _step, row, places in segments["lost"]), strong),
        *(_input_bars(lane.xs, sign) for sign in (1, -1)),
        _boxes(T),
        *(_units(lane.hs, sign) for sign in (1, -1)),
        _weight_line(T, drop_to),
        _loss_marks(counted, T),
        cut_places(T, LANE),
        _states(lane),
        *written([*_own_words(lane, segments["kept"]), *words]),
    ]
    hidden = {"visible": False, "fixedrange": True}
    layout: Layout = {
        "xaxis": {**hidden, "range": [-0.75, T + 1.75]},
        "yaxis": {**hidden, "range": [0.6, 10.1]},
        "shapes": [_cut(after) for after in cuts],
        "showlegend": False,
        "margin": {"l": 8, "r": 8, "t": 4, "b": 4},
        "meta": {"sentence": True},
    }
    return Chart(figure(traces, title=title, height=HEIGHT, **layout), f"{title} {alt}")


Segment = tuple[int, tuple[float, float], tuple[float, float]]  # step, row, left and right end


def _segments(lane: Lane) -> dict[str, list[Segment]]:
    """Where each step's share lies in the bar: what adds from left to right, and under it, from the right end back, what takes
    away. A part that truncation has cut off keeps its place."""
    T = len(lane.adds)
    kept = lane.adds
    lost = np.where(
        lane.whole * kept >= 0.0, np.sign(lane.whole) * np.maximum(np.abs(lane.whole) - np.abs(kept), 0.0), lane.whole
    )
    lost[np.abs(lost) < 1e-12] = 0.0
    positive = float(np.maximum(kept, 0.0).sum() + np.maximum(lost, 0.0).sum()) or 1.0
    length = 0.76 * T + 0.5
    scale = length / positive
    found: dict[str, list[Segment]] = {"kept": [], "lost": []}
    at = 0.5 + (T - length) / 2
    for step in range(T):
        for name, part in (("lost", lost[step]), ("kept", kept[step])):
            if part > 0.0:
                found[name].append((step + 1, ADDS, (at, at + scale * part)))
                at += scale * part
    for step in reversed(range(T)):
        for name, part in (("kept", kept[step]), ("lost", lost[step])):
            if part < 0.0:
                found[name].append((step + 1, TAKES, (at + scale * part, at)))
                at += scale * part
    return found


def _belt(T: int) -> Iterable[Points]:
    return [[(0.0, LANE + 0.55), (T, LANE + 0.55), (T, LANE - 0.55), (0.0, LANE - 0.55)]]


def _gradient_belt(lane: Lane, top: float) -> Iterable[Points]:
    """The belt between two states, as thick as the gradient: at the right as it starts, at the left as it arrives."""
    T, half = len(lane.xs), HALF_BELT / top
    for step in range(1, T + 1):
        if lane.leaves[step - 1] > 0.0:
            right, left = half * lane.arrives[step], half * lane.leaves[step - 1]
            yield [(step, LANE + right), (step - 1, LANE + left), (step - 1, LANE - left), (step, LANE - right)]
    last = half * lane.from_loss[-1]
    if last > 0.0:
        yield [(T + 1, LANE + last), (T, LANE + last), (T, LANE - last), (T + 1, LANE - last)]


def _empty_belt(lane: Lane) -> Iterable[Points]:
    return ([(step, LANE), (step + 1, LANE)] for step in np.flatnonzero(lane.leaves == 0.0).tolist())


def _ribbon(step: int, left: float, right: float, top: float, row: tuple[float, float]) -> Points:
    """The ribbon from the box of a step to its part of the bar; as wide as the part, but not wider than the box."""
    half = min((right - left) / 2, 0.8 * HALF_WIDTH)
    heights = top + (row[0] - top) * _BEND
    edge = np.stack([step - half + (left - step + half) * _SMOOTH, heights], axis=1)
    other = np.stack([step + half + (right - step - half) * _SMOOTH, heights], axis=1)
    return [(float(x), float(y)) for x, y in [*edge, *other[::-1]]]


def _bar(left: float, right: float, row: tuple[float, float], T: int) -> Points:
    gap = min(_PIXEL * (T + 2.5), (right - left) / 4)
    return [(left + gap, row[0]), (right - gap, row[0]), (right - gap, row[1]), (left + gap, row[1])]


def _boxes(T: int) -> dict[str, Any]:
    x, y = joined(
        (
            [
                (t - HALF_WIDTH, LANE + HALF_BOX),
                (t + HALF_WIDTH, LANE + HALF_BOX),
                (t + HALF_WIDTH, LANE - HALF_BOX),
                (t - HALF_WIDTH, LANE - HALF_BOX),
            ]
            for t in range(T + 1)
        ),
        closed=True,
    )
    line = {"width": 2, "color": INKS["h"].light}
    return QUIET | {"x": x, "y": y, "mode": "lines", "line": line, "fill": "toself", "fillcolor": BACKGROUND}


def _units(hs: Array, sign: int) -> dict[str, Any]:
    """The units of each state, as bars from the middle of its box."""
    H = hs.shape[1]
    reach = float(np.abs(hs).max()) or 1.0
    gap = 2 * HALF_BOX / (H + 1)
    paths: list[Points] = []
    for t, state in enumerate(hs):
        for unit, value in enumerate(state):
            if sign * value > 0.0:
                y, length = LANE + HALF_BOX - gap * (unit + 1), 0.85 * HALF_WIDTH * value / reach
                half = 0.3 * gap
                paths.append([(t, y + half), (t + length, y + half), (t + length, y - half), (t, y - half)])
    return filled(paths, _of_sign(sign))


def _input_bars(xs: Array, sign: int) -> dict[str, Any]:
    reach, foot = float(np.abs(xs).max()) or 1.0, LANE + HALF_BOX
    width = 5 * _PIXEL * (len(xs) + 2.5)
    bars = [
        [(t - width, foot), (t - width, foot + height), (t + width, foot + height), (t + width, foot)]
        for t, x in enumerate(xs, 1)
        if sign * x > 0.0
        for height in (0.75 * abs(x) / reach,)
    ]
    return filled(bars, _of_sign(sign))


def _of_sign(sign: int) -> str:
    return SOFT_DIVERGING_LIGHT[2 if sign > 0 else 0]


def _weight_line(T: int, drop_to: float) -> dict[str, Any]:
    """The one weight, and a drop to each place that uses it."""
    drops = [[(t - 0.5, WEIGHT), (t - 0.5, drop_to)] for t in range(1, T + 1)]
    x, y = joined([[(0.5, WEIGHT), (T - 0.5, WEIGHT)], *drops], closed=False)
    return QUIET | {"x": x, "y": y, "mode": "lines", "line": {"width": 1.2, "color": MUTED.light, "dash": "dot"}}


def _loss_marks(counted: Sequence[int], T: int) -> dict[str, Any]:
    """The marks of the loss: at the end of the lane, and above every other step that it reads."""
    above = [step for step in counted if step < T]
    x, y = np.array([T + 1, *(step + 0.16 for step in above)]), np.array([LANE, *[LANE + HALF_BOX + 0.25] * len(above)])
    size = np.array([44.0, *[13.0] * len(above)])
    return QUIET | {
        "x": x,
        "y": y,
        "mode": "markers",
        "marker": {"size": size, "color": INKS["loss"].light, "opacity": 1, "line": {"width": 0}},
    }


def _states(lane: Lane) -> dict[str, Any]:
    """Invisible marks on the states, to read them."""
    T = len(lane.xs)
    added = [None, *lane.adds.tolist()]
    text = [
        f"|∂L/∂h{subscript(t)}| = <b>{number(float(lane.arrives[t]))}</b>"
        + ("" if share is None else "<br>" + _("adds {share:.1%} of the whole gradient").format(share=share))
        for t, share in enumerate(added)
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.arange(T + 1),
        "y": np.full(T + 1, LANE),
        "marker": {"symbol": "square", "size": 34, "opacity": 0},
        "customdata": text,
        "hovertemplate": "%{customdata}<extra></extra>",
        "showlegend": False,
    }


def _own_words(lane: Lane, kept: Sequence[Segment]) -> list[Word]:
    T = len(lane.xs)
    words = [Word("<b>L</b>", T + 1, LANE, 18, "paper")]
    if T <= MOST_WORDS and not lane.labels:
        words += [Word(f"h{subscript(t)}", t - 0.22, LANE + HALF_BOX + 0.27, is_wide=T > 4) for t in range(T + 1)]
    wide = 0.02 * (T + 2.5)
    return words + [
        Word(
            f"<b>{lane.labels[step - 1] if lane.labels else step}</b>", (left + right) / 2, sum(row) / 2, size, "paper"
        )
        for step, row, (left, right) in kept
        if right - left > wide
        for size in (20 if lane.labels else 14,)
    ]


def _cut(after: int) -> dict[str, Any]:
    """The mark of a truncation, between h_t and the step that reads it."""
    line = {"color": TEXT, "width": 7}
    return {"type": "line", "x0": after + 0.5, "x1": after + 0.5, "y0": LANE - 1.7, "y1": LANE + 1.9, "line": line}
