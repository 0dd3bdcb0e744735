"""The six views of the page on variants. Each draws its own control and only its own runs."""

from collections.abc import Callable
from functools import partial

import numpy as np
import streamlit as st

from rnn_core.analysis.trajectories import distances
from rnn_core.arrays import Array
from rnn_core.studies.sequences import SequenceSetup
from rnn_core.studies.variants import Padded
from ui.browser.dial import page_dial
from ui.browser.plot import plot
from ui.browser.previews import Slider
from ui.cells.controls import SCHEMES, form_label
from ui.cells.setup import MAX_UNITS, SIGNALS
from ui.figures.bars import bars
from ui.figures.heatmap import state_heatmap
from ui.figures.lines import Line, lines_over_time
from ui.figures.norms import norm_chart
from ui.figures.ribbons import ribbons
from ui.figures.words import largest_magnitude, number, subscript
from ui.i18n import _
from ui.memory.sequences.previews import Charts, Follower, charts_follow
from ui.memory.variants import compute, take
from ui.memory.variants.controls import View
from ui.memory.variants.figures import step_grid
from ui.shell.frame import link
from ui.widgets.choices import choice
from ui.widgets.stage import Stage

CURSOR = "variants"


def both(view: View, stage: Stage) -> None:
    steps = view.run.steps
    with stage.dock:
        changed = int(page_dial(_("Add 1 to the input at step"), 1, steps, steps // 2, key=f"at{steps}"))
    draw = partial(_both_charts, view.run)
    with charts_follow(changed, {f"at{steps}": Follower(Slider(changed, 1, steps), lambda _at, at: int(at))}, draw):
        charts = draw(changed)
        with stage.picture:
            plot(charts["readers"], key="readers", cursor=CURSOR, height="stage")
        plot(charts["moved"], key="moved", cursor=CURSOR)
    take.take_both(view.run, compute.both_ways(view.run, changed - 1), changed - 1)


def _both_changes(run: SequenceSetup, changed: int) -> tuple[Array, Array]:
    """What the changed input changes in the states of the two readers."""
    plain, other = compute.both_ways(run), compute.both_ways(run, changed - 1)
    return other.forward - plain.forward, other.backward - plain.backward


def _both_charts(run: SequenceSetup, changed: int) -> Charts:
    changes = _both_changes(run, changed)
    apart = [
        Line(name, distances(states, np.zeros_like(states)), "h", dash=dash)
        for name, states, dash in zip((_("forward"), _("backward")), changes, ("solid", "dot"), strict=True)
    ]
    H = run.hidden_size
    readers = ribbons(
        rows := np.hstack(changes),
        title=_both_title(*changes, changed),
        first_step=1,
        inputs=compute.both_ways(run, changed - 1).xs,
        reach=0.65 * largest_magnitude(rows),  # few ribbons are wide, and those may touch their neighbours
        row_names=[f"h{subscript(unit + 1)}" for unit in range(H)] * 2,
        groups={0: _("forward reader →"), H: _("← backward reader")},
        handle={"dial": f"at{run.steps}", "low": 1, "high": run.steps, "at": changed},
    )
    moved = lines_over_time(apart, title=_("How far each direction’s state moves"), y_title=_("distance"))
    return {"readers": readers, "moved": moved}


def _both_title(forward: Array, backward: Array, changed: int) -> str:
    """What the changed input changes: (T, H) of each reader."""
    return _("The input of step <b>{step}</b> changes {forward} (→) and {backward} (←).").format(
        step=changed,
        forward=_steps_changed(forward, _("no forward state"), _("the forward states of steps {first} to {last}")),
        backward=_steps_changed(backward, _("no backward state"), _("the backward states of steps {first} to {last}")),
    )


def _steps_changed(change: Array, none: str, some: str) -> str:
    steps = np.flatnonzero(change.any(axis=1)) + 1
    return some.format(first=steps[0], last=steps[-1]) if len(steps) else none


def deep(view: View, stage: Stage) -> None:
    with stage.dock:
        layers = int(page_dial(_("Layers"), 1, 4, 3, key="layers"))
    found = compute.deep(view.run, layers)
    take.take_deep(view.run, found)
    reach = max(float(np.abs(hs).max()) for hs in found.hs)
    columns = stage.picture.columns(layers)  # the input enters at the left, and each layer reads the one before
    for layer, hs in enumerate(found.hs):
        with columns[layer]:
            title = _("Layer {layer}: its states").format(layer=layer + 1)
            picture = state_heatmap(hs, title=title, inputs=found.xs if layer == 0 else None, reach=reach)
            plot(picture, key=f"layer{layer + 1}", cursor=CURSOR, height="stage")
    left, right = st.columns(2)
    with left:
        names = [_("layer {layer}").format(layer=layer + 1) for layer in range(layers)]
        plot(bars(found.scales, names, title=_("Time scale of each layer"), y_title=_("steps")), key="scales")
    with right:
        if not np.isfinite(found.scales).all():
            st.markdown(
                _("A layer without a bar has no time scale: its units do not change, or stay similar to the end.")
            )


def attention(view: View, stage: Stage) -> None:
    with stage.dock:
        sharpness = page_dial(_("Sharpness β"), 0.0, 100.0, 20.0, 1.0, key="sharp")
    found = compute.attention_run(view.run, sharpness)
    take.take_attention(view.run, found, sharpness)
    left, right = stage.picture.columns(2)
    with left:
        lines = [
            Line(_("h<sub>T</sub> alone"), found.without_attention[1:], "gradient", dash="dash"),
            Line(_("attention"), found.with_attention[1:], "gradient"),
            Line(_("direct part"), found.direct, "gradient", dash="dot", opacity=0.7),
        ]
        title = _("Norm of the gradient on each state")
        chart = norm_chart(lines, title=title, y_title=_("norm (log scale)"), read_from="end")
        plot(chart, key="shortcut", cursor=CURSOR, height="stage")
    with right:
        title = _("Attention weights, as multiples of an even share")
        even = np.arange(1, view.run.steps + 1)[:, None]  # row t shares 1 among t states
        x_title, y_title = _("attended step"), _("query step")
        grid = step_grid(even * found.weights, title=title, ink="h", x_title=x_title, y_title=y_title)
        plot(grid, key="weights", height="stage")
    weights = found.attention.weights
    most = int(weights.argmax())
    st.markdown(
        _(
            "Gradient on $h_1$: **{alone}** from $h_T$ alone, **{attended}** with attention. "
            "Step {step} has the largest weight, {weight}; equal weights would be {even} each."
        ).format(
            alone=number(float(found.without_attention[1])),
            attended=number(float(found.with_attention[1])),
            step=most + 1,
            weight=number(float(weights[most])),
            even=number(1.0 / len(weights)),
        )
    )


def forms(view: View, stage: Stage) -> None:
    with stage.dock:
        peephole = page_dial(_("Weight of every peephole"), -3.0, 3.0, 1.0, 0.1, key="peep")
    found = compute.lstm_forms(view.run, peephole)
    take.take_forms(view.run, found, peephole)
    names = {variant: form_label(variant) for variant in found}
    short = {"standard": "2000", "no_forget": "1997", "peephole": _("peepholes"), "coupled": _("coupled")}
    dashes = dict(zip(found, ("solid", "dash", "dot", "dashdot"), strict=True))
    cells = [Line(short[v], form.trace.cs[:, view.unit], "c", 0, dash=dashes[v]) for v, form in found.items()]
    gates = [
        Line(short[v], form.trace.forget_gate[:, view.unit], "forget_gate", dash=dashes[v]) for v, form in found.items()
    ]
    left, right = stage.picture.columns(2)
    with left:
        title = _("The memory {symbol} of unit {unit}").format(symbol="c", unit=view.unit + 1)
        plot(lines_over_time(cells, title=title, y_title="c"), key="form_cells", cursor=CURSOR, height="stage")
    with right:
        title = _("The forget gate of unit {unit}").format(unit=view.unit + 1)
        chart = lines_over_time(gates, title=title, y_title="f", y_range=(-0.05, 1.1))
        plot(chart, key="form_gates", cursor=CURSOR, height="stage")
    standard = found["standard"].trace
    head = "| {} | {} | {} | {} |".format(
        _("form"), _("parameters"), _("largest size of c"), _("farthest h from the standard form")
    )
    rows = [
        f"| {names[v]} | {form.parameters:,} | {number(float(np.abs(form.trace.cs).max()))} "
        f"| {number(float(distances(form.trace.hs, standard.hs).max()))} |"
        for v, form in found.items()
    ]
    st.markdown("\n".join([head, "|---|---|---|---|", *rows]))
    run = view.run
    same = {"preset": "random", "seed": str(run.seed), "T": str(run.steps), "H": str(min(run.hidden_size, MAX_UNITS))}
    same |= {"input": run.signal} if run.signal in SIGNALS else {}  # the page of the cell has no silence
    same |= {"init": run.first_weights} if run.first_weights in SCHEMES else {}  # and no chrono
    for column, variant in zip(st.columns(len(found)), found, strict=True):
        with column:
            link("lstm", _("Open: {form}").format(form=names[variant]), form=variant, **same)


def padding(view: View, stage: Stage) -> None:
    steps = view.run.steps
    with stage.dock:
        length = int(page_dial(_("Length of sequence 4"), 1, steps, steps // 2, key=f"length{steps}"))
        filler = page_dial(_("Number in the padding"), -2.0, 2.0, 0.0, 0.1, key="filler")
    left, right = stage.picture.columns(2)
    lengths = (steps, round(0.8 * steps), round(0.6 * steps), length)
    found = compute.padded(view.run, lengths, filler)
    take.take_padding(view.run, found, lengths, filler)
    title = _("{direction}: unit {unit} of sequence 4")
    for column, direction, read, packed, key in (
        (left, _("Forward reader"), found.read_forward, found.packed_forward, "pad_forward"),
        (right, _("Backward reader"), found.read_backward, found.packed_backward, "pad_backward"),
    ):
        with column:
            lines = [
                Line(_("padding read"), read[:, view.unit], "baseline", dash="dash"),
                Line(_("packed"), packed[:, view.unit], "h"),
            ]
            name = title.format(direction=direction, unit=view.unit + 1)
            chart = lines_over_time(lines, title=name, y_title="h" + subscript(view.unit + 1))
            plot(chart, key=key, cursor=CURSOR, height="stage")
    below_left, below_right = st.columns(2)
    with below_left:
        mask = np.where(found.mask, 1.0, np.nan)
        grid = step_grid(
            mask,
            title=_("The batch: which steps are real"),
            ink="x",
            x_title=_("step t"),
            y_title=_("sequence"),
            top=1.0,
        )
        plot(grid, key="mask", cursor=CURSOR)
    with below_right:
        st.markdown(_padding_in_numbers(found))


def _padding_in_numbers(found: Padded) -> str:
    length = len(found.packed_forward)
    forward = distances(found.read_forward[-1:], found.packed_forward[-1:])[0]
    backward = distances(found.read_backward[:length], found.packed_backward)
    rows = {
        _("last forward state, if the padding is read"): forward,
        _("backward state at step 1, if the padding is read"): backward[0],
        _("backward state at step {step}, if the padding is read").format(step=length): backward[-1],
        _("all states of the batch, with a mask at every step"): found.masked_gap,
    }
    head = "| {} | {} |".format(_("compared with the packed run"), _("difference"))
    return "\n".join([head, "|---|---|", *(f"| {name} | {number(float(gap))} |" for name, gap in rows.items())])


def chunks(view: View, stage: Stage) -> None:
    with stage.dock:
        chunk = int(page_dial(_("Steps in a chunk"), 1, compute.MOST_STEPS, 10, key="chunk"))
    with stage.drawer:
        losses = {"every": _("every step"), "last": _("the last step")}
        loss = choice(st.segmented_control, _("The loss is at"), losses, "every", "loss")
    left, right = stage.picture.columns(2)
    found = compute.in_chunks(view.run, chunk, loss == "every")
    take.take_chunks(view.run, found, chunk, loss == "every")
    with left:
        lines = [
            Line(_("from zero"), found.zero_state[:, view.unit], "baseline", 0, dash="dash"),
            Line(_("handed on"), found.carried_state[:, view.unit], "h", 0),
            Line(_("in one run"), found.whole[:, view.unit], "h", 0, dash="dot"),
        ]
        title = _("Forward: unit {unit}").format(unit=view.unit + 1)
        plot(
            lines_over_time(lines, title=title, y_title="h" + subscript(view.unit + 1)),
            key="chunk_states",
            cursor=CURSOR,
            height="stage",
        )
    with right:
        norms = [
            Line(_("all the way"), found.full, "gradient", 0, dash="dash"),
            Line(_("in chunks"), found.truncated, "gradient", 0),
        ]
        title = _("Backward: norm of the gradient on each state")
        chart = norm_chart(norms, title=title, y_title=_("norm (log scale)"), read_from="end")
        plot(chart, key="chunk_gradient", cursor=CURSOR, height="stage")
    st.markdown(
        _(
            "Largest difference between the states handed on and those of the whole run: **{forward}**; between the gradients of the single chunks and truncated back-propagation: **{gap}**.  \nThe weights’ gradient in chunks has {length:.1%} of the full norm, and points {angle:.2f}° away from it."
        ).format(
            forward=number(float(np.abs(found.carried_state - found.whole).max())),
            gap=number(found.truncated_gap),
            length=found.weights_length,
            angle=float(np.degrees(np.arccos(np.clip(found.weights_cosine, -1.0, 1.0)))),
        )
    )


VIEWS: dict[str, Callable[[View, Stage], None]] = {
    "both": both,
    "deep": deep,
    "attention": attention,
    "forms": forms,
    "padding": padding,
    "chunks": chunks,
}
