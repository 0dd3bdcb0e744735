"""What is seen of a run: its curves, and the moment of its history that a slider chooses, in one view at a time."""

from itertools import groupby

import numpy as np
import streamlit as st

from rnn_core.learn.history import Curves
from rnn_core.learn.state import LayerView, View
from ui.browser.plot import plot
from ui.figures.chart import Chart
from ui.figures.heatmap import gate_heatmap, state_heatmap
from ui.i18n import _
from ui.lab.compute import baseline, before_training
from ui.lab.figures import training as figures
from ui.lab.figures.run_lines import marked, sizes_chart, success_chart, tensor_names
from ui.lab.names import answer_label, cell_labels, measure_label
from ui.links.kept_settings import in_session
from ui.memory.gates.controls import gate_name
from ui.runs.training import TrainingRun
from ui.widgets.choices import choice

UNITS_IN_A_SET = 16
INSIDE_HEIGHT = 300
LONGEST_WAIT = 5  # columns of a sample that say the same
Marks = list[tuple[float, str]]


def charts(run: TrainingRun, before: TrainingRun | None) -> None:
    curves, progress = run.history.curves(), run.progress()
    if not len(curves.steps):
        st.markdown(_("Press Train. The curves grow here while the network learns."))
        if run.state is None and (first := before_training(run.settings)) is not None:  # not of a run that left another
            st.caption(_("What is asked, and what the network says with its first weights:"))
            _example(run, first)
        return
    top = st.container()
    looks = _looks(run)
    look = choice(st.segmented_control, _("Look at"), looks, "example", "look", label_visibility="collapsed")
    moment = _moment(run, progress.phase == "running")
    view = run.history.view_at(moment) if moment is not None else None
    marks = _marks(run, curves, moment)
    with top:
        _learning(run, curves, progress.step, before, marks)
    match look:
        case "gradient":
            _gradient(run, curves, progress.step, view, marks)
        case "inside":
            _inside(view)
        case "sizes":
            _sizes(curves, marks)
        case _:
            _example(run, view)


def _looks(run: TrainingRun) -> dict[str, str]:
    return {
        "example": _("An example"),
        "gradient": _("Gradient"),
        "inside": _("States and gates"),
        "sizes": _("Weights"),
    }


def _moment(run: TrainingRun, running: bool) -> int | None:
    """The newest step that there is a view of while the run goes on; afterwards any, by a slider over its history."""
    steps = run.history.view_steps()
    if not steps:
        return None
    if running or len(steps) < 2:
        return steps[-1]
    return int(
        st.select_slider(
            _("The network after so many steps of training"), steps, steps[-1], key=f"moment_{len(steps)}_{steps[-1]}"
        )
    )


def _marks(run: TrainingRun, curves: Curves, moment: int | None) -> Marks:
    """Where the run left another one, and the moment looked at when it is not the newest."""
    marks: Marks = []
    if run.began_at and curves.of_steps("step")[0] > run.began_at:
        marks.append((run.began_at, _("new settings")))
    if moment is not None and moment != run.history.view_steps()[-1]:
        marks.append((moment, _("seen below")))
    return marks


def _learning(run: TrainingRun, curves: Curves, step: int, before: TrainingRun | None, marks: Marks) -> None:
    task = run.settings.task
    left, right = st.columns(2)
    with left:
        loss = figures.loss_chart(curves, step, baseline(task), _earlier(run, before))
        plot(marked(loss, marks), key="loss")
    with right:
        plot(marked(success_chart(curves, step, measure_label(task.measure_name)), marks), key="success")


def _earlier(run: TrainingRun, before: TrainingRun | None) -> figures.Earlier | None:
    """The run before, when it had the same kind of task."""
    if before is None or before.settings.task.name != run.settings.task.name:
        return None
    curves, cell = before.history.curves(), cell_labels()[before.settings.cell]
    if len(curves.checks) > 1:
        return figures.Earlier(
            _("before: {cell}").format(cell=cell), curves.of_checks("step"), curves.of_checks("loss")
        )
    if len(curves.steps) > 1:  # it never came to a second look at the held-out set
        name = _("before: {cell}, training").format(cell=cell)
        return figures.Earlier(name, curves.of_steps("step"), curves.of_steps("loss"))
    return None


def _gradient(run: TrainingRun, curves: Curves, step: int, view: View | None, marks: Marks) -> None:
    left, right = st.columns(2)
    with left:
        plot(marked(figures.gradient_chart(curves, step, run.settings.clip_norm), marks), key="gradient")
    if view is not None:
        with right:
            plot(figures.state_gradient_chart(view.layers), key="felt")


def _example(run: TrainingRun, view: View | None) -> None:
    if view is None:
        st.markdown(_("The example is computed when the next steps have been made."))
        return
    task = run.settings.task
    left, right = st.columns(2)
    with left:
        names = [answer_label(name) for name in task.output_names]
        plot(figures.example_chart(view, names, squared=task.loss == "squared error"), key="example")
    with right:
        if view.samples:
            _samples(view)
        else:
            plot(figures.state_gradient_chart(view.layers), key="felt")


def _samples(view: View) -> None:
    """Of a task about symbols: what was read, what was asked for, and what the network said."""
    st.caption(_("Other sequences it was never trained on: what it read, what was asked, what it said"))
    for sample in view.samples:
        given, wanted, said = without_waits((sample.given, sample.target, sample.predicted))
        verdict = "✓" if said == wanted else "✗"
        st.code(f"{given}\n{wanted}  ←\n{said}  {verdict}", language=None, wrap_lines=len(given) != len(wanted))


def without_waits(lines: tuple[str, str, str]) -> tuple[str, str, str]:
    """Where three lines of one length stay as they are for long, a stretch of it is left out of all three."""
    if len(set(map(len, lines))) > 1:
        return lines
    kept, columns = [], list(zip(*lines, strict=True))
    for column, group in groupby(columns):
        same = list(group)
        kept += same if len(same) <= LONGEST_WAIT else [column, ("…", "…", "…"), column]
    given, wanted, said = ("".join(line) for line in zip(*kept, strict=True))
    return given, wanted, said


def _inside(view: View | None) -> None:
    if view is None:
        st.markdown(_("The example is computed when the next steps have been made."))
        return
    with st.container(horizontal=True):
        layer = _layer(view)
        units = _units(layer.hs.shape[1])
    drawn: list[tuple[str, Chart]] = [("states", _state(layer.hs, units, "h", _("Hidden state h of the example")))]
    if layer.cs is not None:
        drawn.append(("cells", _state(layer.cs, units, "c", _("Cell state c of the example"))))
    for gate, values in zip(layer.gate_names, layer.gates, strict=True):
        drawn.append((gate, _gate(gate, values, units)))
    for first in range(0, len(drawn), 2):  # row by row, so that a phone keeps their order
        for column, (key, chart) in zip(st.columns(2), drawn[first : first + 2], strict=False):
            with column:
                plot(chart, key=key, height=INSIDE_HEIGHT)


def _layer(view: View) -> LayerView:
    if len(view.layers) == 1:
        return view.layers[0]
    names = [figures.layer_label(layer) for layer in view.layers]
    place = st.selectbox(
        _("Layer"), range(len(names)), format_func=names.__getitem__, **in_session("lab_layer"), width=220
    )
    return view.layers[min(place, len(names) - 1)]


def _units(hidden: int) -> range:
    if hidden <= UNITS_IN_A_SET:
        return range(hidden)
    sets = [range(hidden), *(range(a, min(a + UNITS_IN_A_SET, hidden)) for a in range(0, hidden, UNITS_IN_A_SET))]
    names = [_("units {first} to {last}").format(first=each[0] + 1, last=each[-1] + 1) for each in sets]
    place = st.selectbox(
        _("Units"), range(len(sets)), format_func=names.__getitem__, **in_session(f"lab_units_{hidden}"), width=220
    )
    return sets[place]


def _state(values: np.ndarray, units: range, symbol: str, title: str) -> Chart:
    shown = values[:, units.start : units.stop].astype(np.float64)
    return state_heatmap(shown, title=title, symbol=symbol, units=units)


def _gate(gate: str, values: np.ndarray, units: range) -> Chart:
    """The candidate has a sign; the gates are between closed and open."""
    shown, title = values[:, units.start : units.stop].astype(np.float64), gate_name(gate).capitalize()
    if gate == "candidate":
        return state_heatmap(shown, title=title, symbol="", first_step=1, units=units)
    return gate_heatmap(shown, title=title, ink=gate, units=units)


def _sizes(curves: Curves, marks: Marks) -> None:
    tensors = tensor_names(curves)
    if not tensors:
        st.markdown(_("The sizes of the weights come with the next look at the held-out set."))
        return
    layers = sorted({name.split(".")[1] for name in tensors if name.startswith("layers.")})
    if len(layers) > 1:
        chosen = st.selectbox(
            _("Layer"),
            layers,
            format_func=lambda layer: _("layer {number}").format(number=int(layer) + 1),
            **in_session("lab_sizes_layer"),
            width=220,
        )
        tensors = [name for name in tensors if not name.startswith("layers.") or name.split(".")[1] == chosen]
    left, right = st.columns(2)
    with left:
        plot(marked(sizes_chart(curves, tensors, "weight"), marks), key="weights")
    with right:
        plot(marked(sizes_chart(curves, tensors, "update"), marks), key="updates")
