"""The picture of one prediction: the probability of each answer, and its distance from the target, which is the gradient."""

from collections.abc import Sequence

import numpy as np

from rnn_core.studies.answer import cross_entropy, logit_gradient, softmax
from ui.figures.chart import Chart, Layout, Trace, figure
from ui.figures.style import INKS, text_ink
from ui.figures.thin import Array
from ui.figures.words import number
from ui.i18n import _

HEIGHT = 540
WIDE, NARROW, BESIDE = 0.5, 0.05, 0.42  # of a bar, of the arrow at its side, and how far the two are apart


def prediction_chart(scores: Array, names: Sequence[str], right: int, temperature: float) -> Chart:
    """Bars of the softmax at this temperature. The pink bars lead from the prediction at temperature 1 to the target."""
    shown, plain, gradient = softmax(scores, temperature), softmax(scores), logit_gradient(scores, right)
    at, target = np.arange(len(names), dtype=np.float64), plain - gradient
    loss = cross_entropy(scores, right)
    layout: Layout = {
        "xaxis": {
            "range": [-0.55, len(names) - 0.2],
            "tickvals": at.tolist(),
            "ticktext": [f"<b>{name}</b>   v = {number(float(v))}" for name, v in zip(names, scores, strict=True)],
            "tickfont": {"size": 17},
            "showgrid": False,
        },
        "yaxis": {"range": [0.0, 1.1], "dtick": 0.5, "tickformat": ".0%", "zeroline": True},
        "showlegend": False,
        "barmode": "overlay",
        "margin": {"t": 16, "r": 16},
        "meta": {"sentence": True},
    }
    words = {
        "right": names[right],
        "p": f"<b>{plain[right]:.1%}</b>",
        "loss": f"<b>{number(loss)}</b>",
        "guess": number(float(np.log(len(names)))),
    }
    title = (
        _("{right} is right and gets {p}: the loss −ln p is {loss}, more than the {guess} of a random guess.")
        if loss > np.log(len(names))
        else _("{right} is right and gets {p}: the loss −ln p is {loss}; a random guess costs {guess}.")
    ).format(**words)
    reported = "; ".join(
        _("{name}: score {v}, probability {p}, p − target {g}").format(
            name=name, v=number(float(v)), p=number(float(p)), g=number(float(g))
        )
        for name, v, p, g in zip(names, scores, shown, gradient, strict=True)
    )
    traces = [
        _probabilities(at, shown, names, right),
        _targets(at, target),
        _distances(at, plain, target),
        _words(at + BESIDE, (plain + target) / 2, gradient),
    ]
    return Chart(figure(traces, title=title, height=HEIGHT, **layout), f"{title} {reported}.")


def _probabilities(at: Array, shown: Array, names: Sequence[str], right: int) -> Trace:
    return {
        "type": "bar",
        "name": _("probability"),
        "x": at,
        "y": shown,
        "width": WIDE,
        "marker": {"color": [INKS["input_gate" if place == right else "y"].light for place in range(len(at))]},
        "text": [f"{p:.1%}" for p in shown],
        "textposition": "outside",
        "textfont": {"size": 20},
        "constraintext": "none",
        "cliponaxis": False,
        "customdata": list(names),
        "hovertemplate": "%{customdata}: <b>%{y:.6~g}</b><extra></extra>",
    }


def _targets(at: Array, target: Array) -> Trace:
    """A line across each bar at its target, 1 or 0."""
    x = np.column_stack([at - WIDE / 2, at + BESIDE + NARROW, np.full(len(at), np.nan)]).ravel()
    return {
        "type": "scatter",
        "name": _("target"),
        "mode": "lines",
        "x": x,
        "y": np.repeat(target, 3),
        "line": {"color": text_ink("gradient").light, "width": 2, "dash": "dot"},
        "cliponaxis": False,
        "hovertemplate": _("target") + " <b>%{y}</b><extra></extra>",
    }


def _distances(at: Array, plain: Array, target: Array) -> Trace:
    return {
        "type": "bar",
        "name": _("p − target"),
        "x": at + BESIDE,
        "base": plain,
        "y": target - plain,
        "width": NARROW,
        "marker": {"color": INKS["gradient"].light},
        "hoverinfo": "skip",
    }


def _words(x: Array, y: Array, gradient: Array) -> Trace:
    return {
        "type": "scatter",
        "mode": "text",
        "x": x + NARROW / 2,
        "y": y,
        "text": [f"\N{EN SPACE}p − {int(g < 0)} = <b>{number(float(g))}</b>" for g in gradient],
        "textposition": "middle right",
        "textfont": {"size": 18, "color": text_ink("gradient").light},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
        "meta": "end",  # a phone has room for the bold part
    }
