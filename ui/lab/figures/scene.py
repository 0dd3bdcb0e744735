"""A network's run on one example in one picture: what it reads and predicts, its state, and how far back the gradient reaches."""

from collections.abc import Sequence

from rnn_core.learn.state import View
from ui.figures.chart import Chart, Layout, figure, time_range
from ui.figures.heatmap import input_above, state_heatmap
from ui.figures.stacked import stacked
from ui.figures.words import number
from ui.i18n import _
from ui.lab.figures.training import NARROW, example_chart, layer_label, state_gradient_chart

SHARES = (0.3, 0.42, 0.28)  # of the height


def scene(view: View, classes: Sequence[str], squared: bool) -> Chart:
    layer = view.layers[-1]
    symbol, states = ("h", layer.hs) if layer.cs is None else ("c", layer.cs)
    title = _("One example from the validation set, step by step")
    name = _("The state {symbol}").format(symbol=symbol)
    if layer.by_marks is not None:
        states = layer.by_marks
        title = _("One example, step by step: what its marks change in the state {symbol}").format(symbol=symbol)
        name = _("The state {symbol}, less that of a run in which no number is marked").format(symbol=symbol)
    if len(view.layers) > 1:
        title += f" ({layer_label(layer)})"
    charts = (
        _input(view) if is_one_class(view, squared) else example_chart(view, classes, squared),
        state_heatmap(states.astype(float), title=name, symbol=symbol),
        state_gradient_chart(view.layers),
    )
    return stacked(charts, SHARES, title=title)


def is_one_class(view: View, squared: bool) -> bool:
    """Whether the answer is one class after the whole sequence: it has no place on the axis of time."""
    return len(view.targets) == 1 and not squared


def _input(view: View) -> Chart:
    trace = input_above(view.inputs.astype(float), 1) | {"yaxis": "y"}
    layout: Layout = {
        "xaxis": {"range": time_range(1, len(view.inputs))},
        "yaxis": {"title": {"text": "x"}, "showgrid": False, "nticks": 4},
    }
    title = _("The input")
    return Chart(figure([trace], title=title, height=200, margin=NARROW, **layout), f"{title}.")


def answer_in_words(view: View, classes: Sequence[str], squared: bool) -> str:
    """The prediction after the sequence beside its target; of an answer at every step the share that is right."""
    if squared and len(view.targets) == 1:
        return _("predicts {said} instead of {target}").format(
            said=number(float(view.outputs[0, 0])), target=number(float(view.targets[0, 0]))
        )
    if squared:
        return ""
    asked = view.asked > 0
    right, chosen = view.targets[asked].argmax(axis=1), view.outputs[asked].argmax(axis=1)
    if len(right) == 1:
        return _("predicts {said} with {share}; the right answer is {target}").format(
            said=classes[chosen[0]], share=f"{view.outputs[asked].max():.0%}", target=classes[right[0]]
        )
    return _("right at {share} of the scored steps").format(share=f"{(right == chosen).mean():.0%}")
