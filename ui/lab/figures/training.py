"""A training run: its curves over training steps, and its output for one example that it was not trained on."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from rnn_core.learn.history import Curves
from rnn_core.learn.state import LayerView, View
from ui.figures.chart import Chart, figure, time_range
from ui.figures.drawing import Figure
from ui.figures.lines import DASHES, Line, lines_over_time
from ui.figures.norms import norm_chart
from ui.figures.style import INKS, ZERO
from ui.figures.thin import Array
from ui.figures.words import number
from ui.i18n import _

HEIGHT = 320
GUESS_INK = "forget_gate"
MOST_ROWS = 16  # of a picture of classes
NARROW = {"l": 58, "r": 16, "t": 10, "b": 46}  # these charts have no names at the ends of lines


@dataclass(frozen=True)
class Curve(Line):
    """A line with values at unequal distances: a history gets coarser as it grows."""

    at: Array = field(default_factory=lambda: np.zeros(0))  # (N,) the step of training of each value

    @property
    def steps(self) -> Array:
        return self.at


@dataclass(frozen=True)
class Earlier:
    """The held-out loss of the run before this one, on the same task."""

    name: str
    steps: Array  # (N,)
    losses: Array  # (N,)


def reach(step: int) -> int:
    """A round number of steps not below this one, so that the axis seldom changes while a run goes on."""
    size = int(10 ** (len(str(max(step, 20))) - 1))
    return next(part * size for part in (1, 2, 3, 5, 7, 10) if part * size >= max(step, 20))


def guess_line(guess: float | None, last: float) -> list[Line]:
    """The loss that a visitor expects at the end, at every step up to the last."""
    if guess is None:
        return []
    return [Curve(_("your guess"), np.full(2, guess), GUESS_INK, dash="dash", at=np.array([0.0, last]))]


def loss_chart(
    curves: Curves, step: int, baseline: float, earlier: Earlier | None, guess: float | None = None
) -> Chart:
    last = reach(max(step, int(earlier.steps[-1]) if earlier else 0))
    lines: list[Line] = [Curve(_("training"), curves.of_steps("loss"), "x", opacity=0.55, at=curves.of_steps("step"))]
    if earlier:
        lines.append(Curve(earlier.name, earlier.losses, "input_gate", dash="dash", opacity=0.8, at=earlier.steps))
    lines.append(Curve(_("validation"), curves.of_checks("loss"), "loss", at=curves.of_checks("step")))
    lines.append(Curve(_("baseline"), np.full(2, baseline), "baseline", dash="dot", at=np.array([0.0, last])))
    lines += guess_line(guess, last)
    shown = [line for line in lines if len(line.values)]
    return named_above(norm_chart(shown, title=_("Loss"), y_title=_("loss (log scale)"), x_title=_("training step")))


def gradient_chart(curves: Curves, step: int, limit: float | None) -> Chart:
    """The norm of the gradient before clipping and, where a threshold is set, after clipping."""
    at = curves.of_steps("step")
    lines: list[Line] = [Curve(_("before clipping"), curves.of_steps("gradient_norm"), "gradient", at=at)]
    if limit is not None:
        lines.append(Curve(_("after clipping"), curves.of_steps("clipped_norm"), "input_gate", dash="dash", at=at))
        lines.append(Curve(_("threshold"), np.full(2, limit), "baseline", dash="dot", at=np.array([0.0, reach(step)])))
    return named_above(
        norm_chart(lines, title=_("Norm of the gradient"), y_title=_("norm (log scale)"), x_title=_("training step"))
    )


def named_above(chart: Chart) -> Chart:
    """The chart with a legend: the names at the ends of lines that grow together would overlap."""
    drawn = chart.figure.to_plotly_json()
    traces = [trace | {"showlegend": "fill" not in trace} for trace in drawn["data"] if trace["mode"] != "text"]
    layout = drawn["layout"] | {"margin": NARROW}
    return Chart(Figure(traces, layout), chart.alt, chart.note)


def layer_label(layer: LayerView) -> str:
    """ "layer 2, backward", in the reader's language."""
    name, _comma, backward = layer.name.partition(", ")
    label = _("layer {number}").format(number=name.removeprefix("layer "))
    return f"{label} ←" if backward else label


def state_gradient_chart(layers: Sequence[LayerView]) -> Chart:
    """The norm of the gradient of the example's loss with respect to each state."""
    several, state = len(layers) > 1, layers[0].state
    chart = norm_chart(
        [
            Line(
                layer_label(layer) if several else f"∂L/∂{state}",
                layer.gradient_norms.astype(np.float64),
                "gradient",
                0,
                dash=DASHES[place % len(DASHES)],
            )
            for place, layer in enumerate(layers)
        ],
        title=_("How far back the gradient reaches"),
        y_title=_("norm of ∂L/∂{state}<sub>t</sub>").format(state=state),
        read_from="end",
    )
    return named_above(chart) if several else chart


def example_chart(view: View, classes: Sequence[str], squared: bool) -> Chart:
    """The fixed example: the target and the network's present output."""
    if squared:
        return _one_number(view) if len(view.targets) == 1 else _next_numbers(view)
    return _class_bars(view, classes) if len(view.targets) == 1 else _class_map(view, classes)


def _next_numbers(view: View) -> Chart:
    """Each output predicts the next input. In the later half the network may also read its own predictions."""
    lines = [
        Line(_("target"), view.targets[:, 0].astype(np.float64), "baseline", 2, dash="dot"),
        Line(_("prediction"), view.outputs[:, 0].astype(np.float64), "h", 2),
    ]
    if view.continued is not None:
        alone = view.continued[:, 0].astype(np.float64)
        lines.append(
            Line(_("on its own predictions"), alone, "candidate", len(view.inputs) - len(alone) + 1, dash="dash")
        )
    return lines_over_time(
        lines,
        title=_("An example from the validation set"),
        y_title=_("value"),
    )


def _one_number(view: View) -> Chart:
    """The values and marks of the input, and the output after the last step."""
    values, marks = view.inputs[:, 0], view.inputs[:, 1] > 0
    steps = np.arange(1, len(values) + 1)
    target, prediction = float(view.targets[0, 0]), float(view.outputs[0, 0])
    end = len(values) * 1.04 + 1
    traces = [
        _marks(steps[~marks], values[~marks], _("unmarked"), INKS["baseline"].light, "circle", 5),
        _marks(steps[marks], values[marks], _("marked"), INKS["candidate"].light, "diamond", 12),
        _marks([end], [target], _("target"), INKS["y"].light, "circle-open", 16),
        _marks([end], [prediction], _("prediction"), INKS["h"].light, "circle", 11),
    ]
    top = max(2.05, target, min(prediction, 4.0)) + 0.1
    text = _("The marked values add up to {target}; the network predicts {said}.")
    title = _("An example from the validation set")
    return Chart(
        figure(
            traces,
            title=title,
            height=HEIGHT,
            margin=NARROW,
            xaxis={"title": {"text": _("step t")}, "range": [0.0, end * 1.04]},
            yaxis={"title": {"text": _("value")}, "range": [min(-0.1, max(prediction, -2.0) - 0.1), top]},
        ),
        f"{title}. " + text.format(target=number(target), said=number(prediction)),
    )


def _marks(x: object, y: object, name: str, colour: str, symbol: str, size: int) -> dict[str, object]:
    return dict(
        type="scatter",
        mode="markers",
        name=name,
        x=np.asarray(x, dtype=np.float64),
        y=np.asarray(y, dtype=np.float64),
        marker={"color": colour, "symbol": symbol, "size": size, "line": {"width": 3 if "open" in symbol else 0}},
        hovertemplate=f"{name}<br><b>%{{y:.4~g}}</b><extra></extra>",
        showlegend=True,
    )


def _class_bars(view: View, classes: Sequence[str]) -> Chart:
    right = int(view.targets[0].argmax())
    colours = [INKS["h" if place == right else "baseline"].light for place in range(len(classes))]
    names = [f"{name} ✓" if place == right else name for place, name in enumerate(classes)]
    bars = dict(
        type="bar",
        x=names,
        y=view.outputs[0],
        marker={"color": colours, "line": {"width": 0}},
        hovertemplate="%{x}<br><b>%{y:.4~g}</b><extra></extra>",
        showlegend=False,
    )
    title = _("An example from the validation set")
    probabilities = ", ".join(
        f"{name} {number(float(chance))}" for name, chance in zip(names, view.outputs[0], strict=True)
    )
    return Chart(
        figure(
            [bars],
            title=title,
            height=HEIGHT,
            margin=NARROW,
            xaxis={"title": {"text": _("answer (✓ is right)")}, "type": "category"},
            yaxis={"title": {"text": _("probability")}, "range": [0.0, 1.0]},
        ),
        f"{title}. " + _("Probabilities: {said}; ✓ marks the right answer.").format(said=probabilities),
    )


def _class_map(view: View, classes: Sequence[str]) -> Chart:
    """One row for each class; where there are many, for each that is right somewhere in this example."""
    asked = view.asked > 0
    steps = np.arange(1, len(asked) + 1)
    right = view.targets.argmax(axis=1)
    rows = list(range(len(classes))) if len(classes) <= MOST_ROWS else np.unique(right[asked]).tolist()
    cells = dict(
        type="heatmap",
        x=steps[asked],
        y=[classes[row] for row in rows],
        z=view.outputs[asked][:, rows].T,
        zmin=0.0,
        zmax=1.0,
        colorscale=[[0.0, ZERO.light], [1.0, INKS["h"].light]],
        colorbar={"thickness": 12, "outlinewidth": 0, "tickfont": {"size": 12}, "nticks": 5, "x": 1.01, "xpad": 4},
        hovertemplate="%{y}, %{x}<br><b>%{z:.4~g}</b><extra></extra>",
    )
    wanted = dict(
        type="scatter",
        mode="markers",
        name=_("target"),
        x=steps[asked],
        y=[classes[place] for place in right[asked]],
        marker={"color": INKS["candidate"].light, "symbol": "x-thin-open", "size": 7, "line": {"width": 2}},
        hoverinfo="skip",
        showlegend=True,
    )
    share = float((view.outputs[asked].argmax(axis=1) == right[asked]).mean())
    title = _("An example from the validation set")
    return Chart(
        figure(
            [cells, wanted],
            title=title,
            height=HEIGHT,
            xaxis={"title": {"text": _("step t")}, "range": time_range(1, int(steps[asked][-1])), "showgrid": False},
            yaxis={"type": "category", "showgrid": False, "title": {"text": _("answer")}},
        ),
        f"{title}. "
        + _("The most probable answer is right at {share} of the scored steps.").format(share=f"{share:.0%}"),
    )
