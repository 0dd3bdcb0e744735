"""Further curves of a training run: success, norms of weights and updates, and marked steps."""

from collections.abc import Sequence

import numpy as np

from rnn_core.learn.history import Curves
from ui.figures.chart import Chart, time_range
from ui.figures.lines import Line, lines_over_time
from ui.figures.marks import laid_out
from ui.figures.norms import norm_chart
from ui.i18n import _
from ui.lab.figures.training import Curve, named_above, reach

WORST_SHOWN = -1.0  # a measure may be far below 0: success is what there is to see
INK_OF = {"weight_ih": "x", "weight_hh": "h", "bias_ih": "x", "bias_hh": "h", "readout": "y", "embedding": "c"}

# By the last letter of a weight's name, in the cells after the LSTM.
INK_OF_GATE = {
    **{"i": "input_gate", "f": "forget_gate", "o": "output_gate", "r": "reset_gate", "z": "update_gate"},
    **{"n": "candidate", "g": "candidate", "q": "h", "k": "c", "v": "y"},
}


def success_chart(curves: Curves, step: int, name: str) -> Chart:
    """The task's own measure: 1 is all right. It has the same axis of steps as the loss."""
    lines = [
        Curve(_("training"), curves.of_steps("measure"), "x", opacity=0.55, at=curves.of_steps("step")),
        Curve(_("validation"), curves.of_checks("measure"), "loss", at=curves.of_checks("step")),
    ]
    shown = [line for line in lines if len(line.values)]
    lowest = min(float(np.nanmin(line.values, initial=0.0)) for line in shown)
    chart = lines_over_time(
        shown,
        title=_("Success: {measure}").format(measure=name),
        y_title=_("share (1 = all)"),
        x_title=_("training step"),
        y_range=(max(WORST_SHOWN, lowest) - 0.04, 1.04),
    )
    axis = chart.figure.to_plotly_json()["layout"]["xaxis"] | {"range": time_range(0, reach(step), 0)}
    return named_above(laid_out(chart, xaxis=axis))


def tensor_names(curves: Curves) -> list[str]:
    return [name.removeprefix("weight ") for name in curves.check_columns if name.startswith("weight ")]


def tensor_label(name: str) -> str:
    """layers.0.weight_hh_l0_reverse -> W_hh 1 ←; a network of torch's has its layers counted from 0."""
    part, _dot, rest = name.partition(".")
    if part != "layers":
        labels = {"readout.weight": _("W readout"), "readout.bias": _("b readout"), "embedding.weight": _("embedding")}
        return labels.get(name, name)
    layer, _dot, kind = rest.partition(".")
    of_torch = {"weight_ih": "W_x", "weight_hh": "W_h", "bias_ih": "b_x", "bias_hh": "b_h"}
    symbol = of_torch.get(kind.partition("_l0")[0], kind)  # the cells after the LSTM have the core's names
    return f"{symbol}, {_('layer {number}').format(number=int(layer) + 1)}" + " ←" * kind.endswith("_reverse")


def _ink(name: str) -> str:
    kind = name.rpartition(".")[2].partition("_l0")[0]
    return INK_OF.get(kind) or INK_OF.get(name.partition(".")[0]) or INK_OF_GATE.get(kind[-1], "x")


def sizes_chart(curves: Curves, tensors: Sequence[str], what: str) -> Chart:
    """The norm of each tensor ("weight"), or of its last update ("update"), at every validation."""
    first = 0 if what == "weight" else 1  # before the first update there is none
    at = curves.of_checks("step")[first:]
    lines: list[Line] = [
        Curve(
            tensor_label(name),
            curves.of_checks(f"{what} {name}")[first:],
            _ink(name),
            dash="dot" if "bias" in name or ".b_" in name else "solid",
            at=at,
        )
        for name in tensors
    ]
    title = _("How large the weights are") if what == "weight" else _("How far an update moves them")
    return named_above(norm_chart(lines, title=title, y_title=_("norm (log scale)"), x_title=_("training step")))
