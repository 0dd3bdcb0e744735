"""Pictures of the pages before and after the cell: a factor on two scales, what a matrix does to a circle, a prediction."""

from collections.abc import Sequence

import numpy as np

from rnn_core.studies.before_cell import TwoSteps, states
from ui.figures.bars import bars
from ui.figures.chart import Chart, Layout, Trace, figure
from ui.figures.drawing import Figure
from ui.figures.lines import Line, calm, lines_over_time
from ui.figures.matrix import matrix
from ui.figures.norms import norm_chart
from ui.figures.style import INKS
from ui.figures.thin import Array
from ui.figures.words import finite_range, number
from ui.i18n import _

STAGE_HEIGHT = 540  # about as tall as the stage makes them: names at the ends of lines need to know it
POWERS = 40  # steps of the charts of one factor


def factor_charts(factor: float) -> tuple[Chart, Chart]:
    """The powers of one factor on an ordinary and on a logarithmic axis."""
    line = Line(f"{number(factor)}ᵏ", factor ** np.arange(POWERS + 1, dtype=np.float64), "gradient", 0)
    return (
        lines_over_time([line], title=_("An ordinary axis"), y_title=_("value"), x_title="k"),
        norm_chart([line], title=_("A logarithmic axis"), y_title=_("value (log scale)"), x_title="k", x_letter="k"),
    )


def circle_under(matrix: Array, times: int) -> Chart:
    """The unit circle, and its image after the matrix (2, 2) was applied so many times."""
    turn = np.linspace(0.0, 2 * np.pi, 181)
    circle = np.stack([np.cos(turn), np.sin(turn)])  # (2, N)
    image = np.linalg.matrix_power(matrix, times) @ circle
    longest, shortest = np.linalg.svd(np.linalg.matrix_power(matrix, times), compute_uv=False)
    reach = 1.15 * max(1.0, float(longest))
    traces = [
        _outline(_("unit circle"), circle, "baseline", "dot"),
        _outline(_("its image"), image, "h", "solid"),
    ]
    layout: Layout = {
        "xaxis": {"range": [-reach, reach]},
        "yaxis": {"range": [-reach, reach], "scaleanchor": "x"},
        "margin": {"r": 20, "t": 34},
    }
    title = _("The unit circle and its image (A applied: {times} ×)").format(times=times)
    alt = _("{title}: an ellipse, at its longest {longest} and at its shortest {shortest} from the centre.").format(
        title=title, longest=number(float(longest)), shortest=number(float(shortest))
    )
    return Chart(figure(traces, title=title, height=380, **layout), alt)


def _outline(name: str, points: Array, ink: str, dash: str) -> Trace:
    return {
        "type": "scatter",
        "name": name,
        "x": points[0],
        "y": points[1],
        "mode": "lines",
        "line": {"color": INKS[ink].light, "width": 2, "dash": dash},
        "hovertemplate": "%{x:.3~g}, %{y:.3~g}<extra></extra>",
    }


def two_orders(one: tuple[float, float], two: tuple[float, float]) -> Chart:
    """Two numbers read in both orders: the state of one unit, and behind it the sum of the inputs so far."""
    sums = [np.array([0.0, way[0], sum(way)]) for way in (one, two)]
    hs = [np.array([0.0, *states(way)]) for way in (one, two)]
    lines = [Line(_("sum"), sums[0], "baseline", 0)]
    for way, values, ink, dash in zip((one, two), hs, ("h", "output_gate"), ("solid", "dash"), strict=True):
        lines.append(Line("h: " + ", ".join(number(each) for each in way), values, ink, 0, dash=dash))
    title = _order_in_words(sum(one), *(float(values[-1]) for values in hs))
    reach = calm(finite_range(np.concatenate([*sums, *hs])))
    chart = lines_over_time(lines, title=title, y_title="", y_range=reach, height=STAGE_HEIGHT)
    drawn = chart.figure.to_plotly_json()
    *shown, names = drawn["data"]
    thick = [trace | {"line": trace["line"] | {"width": 4}, "marker": {"size": 12}} for trace in shown]
    other_sum = thick[0] | {"y": sums[1], "line": thick[0]["line"] | {"dash": "dash"}, "mode": "lines"}
    names |= {"textfont": names["textfont"] | {"size": 18}}
    layout = drawn["layout"] | {
        "xaxis": {"title": {"text": _("step t")}, "range": [-0.04, 2.06], "tickvals": [0, 1, 2], "showgrid": False},
        "yaxis": drawn["layout"]["yaxis"] | {"dtick": 1, "zeroline": True},
        "meta": {"sentence": True},
    }
    return Chart(Figure([other_sum, *thick, names], layout), chart.alt)


def _order_in_words(total: float, one: float, two: float) -> str:
    words = {"sum": f"<b>{number(total)}</b>", "one": f"<b>{number(one)}</b>", "two": f"<b>{number(two)}</b>"}
    if one == two:
        return _(
            "Two equal numbers have one order: the sum is {sum}, and the state hₜ = ½·hₜ₋₁ + xₜ ends at {one}."
        ).format(**words)
    return _("The sum is {sum} in both orders. The state hₜ = ½·hₜ₋₁ + xₜ tells them apart: {one} or {two}.").format(
        **words
    )


def products(values: Array) -> Chart:
    """values (H, X + 1): every weight times its input, and the bias. A row adds up to the unit's a."""
    X = values.shape[1] - 1
    columns = [*(f"w·x{place + 1}" for place in range(X)), "b"]
    rows = [
        _("unit {unit}: a = {sum}").format(unit=unit + 1, sum=number(float(row.sum())))
        for unit, row in enumerate(values)
    ]
    return matrix(values, title=_("Weight times input, and the bias: a row adds up to a"), rows=rows, columns=columns)


def squashed(sums: Array) -> Chart:
    """The weighted sums on the curve of tanh."""
    reach = max(5.0, 1.1 * float(np.abs(sums).max()))
    at = np.linspace(-reach, reach, 121)
    curve = {
        "type": "scatter",
        "name": "tanh",
        "mode": "lines",
        "x": at,
        "y": np.tanh(at),
        "line": {"color": INKS["baseline"].light, "width": 3},
        "hovertemplate": "tanh(%{x:.3~g}) = %{y:.3~g}<extra></extra>",
    }
    units = {
        "type": "scatter",
        "name": _("units"),
        "mode": "markers+text",
        "x": sums,
        "y": np.tanh(sums),
        "text": [str(unit + 1) for unit in range(len(sums))],
        "textposition": "top center",
        "textfont": {"size": 20},
        "marker": {"color": INKS["h"].light, "size": 18},
        "hovertemplate": "tanh(%{x:.3~g}) = %{y:.3~g}<extra></extra>",
    }
    layout: Layout = {
        "xaxis": {"title": {"text": "a"}, "range": [-reach, reach]},
        "yaxis": {"title": {"text": "tanh(a)"}, "range": [-1.2, 1.2]},
        "margin": {"r": 20},
    }
    title = _("Each unit’s a on the curve of tanh")
    reported = ", ".join(f"tanh({number(float(a))}) = {number(float(np.tanh(a)))}" for a in sums)
    return Chart(figure([curve, units], title=title, height=STAGE_HEIGHT, **layout), f"{title}: {reported}.")


def two_steps(run: TwoSteps) -> tuple[Chart, Chart, Chart]:
    """Forward, backward, and what each step contributes to the gradient of the weight."""
    total = sum(run.weight_parts)
    first, second, third = (
        bars(np.array(values), names, title=title, y_title="", inks=inks, y_range=_around(values))
        for values, names, title, inks in (
            (run.h, ["h₀", "h₁", "h₂"], _("Forward: the state"), "h"),
            (run.state_gradients, ["∂L/∂h₀", "∂L/∂h₁", "∂L/∂h₂"], _("Backward: the gradient"), "gradient"),
            (
                (*run.weight_parts, total),
                [_("step 1"), _("step 2"), _("sum")],
                _("The parts of ∂L/∂w"),
                ["gradient", "gradient", "loss"],
            ),
        )
    )
    return first, second, third


def _around(values: Sequence[float]) -> tuple[float, float]:
    return calm((min(0.0, *values), max(0.0, *values)))


def squared_error(y: float, t: float, reach: float) -> Chart:
    """The loss over the output, and its slope at the present output."""
    at = np.linspace(-reach, reach, 121)
    loss, slope = 0.5 * (y - t) ** 2, y - t
    top = 1.08 * max(2.0, 0.5 * (reach + abs(t)) ** 2)
    ends = np.array([y - 1.0, y + 1.0])
    traces: list[Trace] = [
        _curve(at, 0.5 * (at - t) ** 2, _("loss"), "loss", 3),
        _curve(ends, loss + slope * (ends - y), _("slope {slope}").format(slope=number(slope)), "gradient", 4),
        {
            "type": "scatter",
            "name": _("output"),
            "mode": "markers",
            "x": [y],
            "y": [loss],
            "marker": {"color": INKS["y"].light, "size": 18},
            "hovertemplate": "y = %{x:.3~g}: L = %{y:.3~g}<extra></extra>",
        },
    ]
    layout: Layout = {
        "xaxis": {"title": {"text": "y"}, "range": [-reach, reach]},
        "yaxis": {"title": {"text": "L"}, "range": [-0.03 * top, top]},
        "margin": {"t": 34, "r": 20},
    }
    title = _("The squared error over the output, and its slope at the output")
    alt = _("{title}: L = {loss}, slope {slope}.").format(title=title, loss=number(loss), slope=number(slope))
    return Chart(figure(traces, title=title, height=STAGE_HEIGHT, showlegend=True, **layout), alt)


def _curve(x: Array, y: Array, name: str, ink: str, width: int) -> Trace:
    return {
        "type": "scatter",
        "name": name,
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": INKS[ink].light, "width": width},
        "hovertemplate": "%{x:.3~g}, %{y:.3~g}<extra></extra>",
    }


def parameter_bars(window: int, recurrent: int) -> Chart:
    return bars(
        np.array([window, recurrent], dtype=np.float64),
        [_("a window"), _("a recurrent layer")],
        title=_("Number of parameters"),
        y_title=_("parameters"),
        inks=["baseline", "rnn"],
    )
