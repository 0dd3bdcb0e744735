"""The six views of the page on variants. Each draws its own control and only its own runs."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from rnn_core.analysis.trajectories import distances
from rnn_core.arrays import Array
from rnn_core.studies.variants import Padded
from ui.browser.plot import plot
from ui.cells.controls import SCHEMES, form_label
from ui.cells.setup import MAX_UNITS, SIGNALS
from ui.figures.bars import bars
from ui.figures.heatmap import state_heatmap
from ui.figures.lines import Line, lines_over_time
from ui.figures.norms import norm_chart
from ui.figures.words import number, subscript
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.variants import compute
from ui.memory.variants.controls import View
from ui.memory.variants.figures import step_grid
from ui.shell.frame import link
from ui.widgets.choices import choice

CURSOR = "variants"


def both(view: View) -> None:
    steps = view.run.steps
    changed = st.slider(_("Add 1 to the input at step"), 1, steps, steps // 2, **in_link(f"at{steps}"))
    plain, other = compute.both_ways(view.run), compute.both_ways(view.run, changed - 1)
    forward, backward = other.forward - plain.forward, other.backward - plain.backward
    reach = float(max(np.abs(forward).max(), np.abs(backward).max())) or 1.0
    names = {"forward": _("Forward: what changes in its states"), "backward": _("Backward: what changes in its states")}
    for column, (side, rows) in zip(st.columns(2), {"forward": forward, "backward": backward}.items(), strict=True):
        with column:
            chart = state_heatmap(rows, title=names[side], first_step=1, inputs=other.xs, reach=reach)
            plot(chart, key=side, cursor=CURSOR)
    readers = {_("Forward reader"): forward, _("Backward reader"): backward}
    st.markdown("  \n".join(_changed_steps(name, change) for name, change in readers.items()))
    apart = [
        Line(name, distances(states, np.zeros_like(states)), "h", dash=dash)
        for name, states, dash in ((_("forward"), forward, "solid"), (_("backward"), backward, "dot"))
    ]
    plot(
        lines_over_time(apart, title=_("How far each direction’s state moves"), y_title=_("distance")),
        key="moved",
        cursor=CURSOR,
    )


def _changed_steps(direction: str, change: Array) -> str:
    """change (T, H): what the changed input has added to the states."""
    steps = np.flatnonzero(change.any(axis=1)) + 1
    if not len(steps):
        return _("**{direction}**: no state notices the change.").format(direction=direction)
    return _("**{direction}**: the states of steps {first} to {last} notice the change, no other.").format(
        direction=direction, first=steps[0], last=steps[-1]
    )


def deep(view: View) -> None:
    layers = st.slider(_("Layers"), 1, 4, 3, **in_link("layers"))
    found = compute.deep(view.run, layers)
    reach = max(float(np.abs(hs).max()) for hs in found.hs)
    columns = st.columns(2)
    for layer, hs in enumerate(found.hs):
        with columns[layer % 2]:
            title = _("Layer {layer}: its states").format(layer=layer + 1)
            inputs = found.xs if layer == 0 else None
            plot(state_heatmap(hs, title=title, inputs=inputs, reach=reach), key=f"layer{layer + 1}", cursor=CURSOR)
    with columns[layers % 2]:
        names = [_("layer {layer}").format(layer=layer + 1) for layer in range(layers)]
        plot(bars(found.scales, names, title=_("Time scale of each layer"), y_title=_("steps")), key="scales")
        if not np.isfinite(found.scales).all():
            st.markdown(
                _("A layer without a bar has no time scale: its units rest, or resemble themselves to the end.")
            )


def attention(view: View) -> None:
    sharpness = st.slider(_("Sharpness β"), 0.0, 100.0, 20.0, 1.0, **in_link("sharp"))
    found = compute.attention_run(view.run, sharpness)
    left, right = st.columns(2)
    with left:
        lines = [
            Line(_("h<sub>T</sub> alone"), found.without_attention[1:], "gradient", dash="dash"),
            Line(_("attention"), found.with_attention[1:], "gradient"),
            Line(_("direct part"), found.direct, "gradient", dash="dot", opacity=0.7),
        ]
        title = _("Length of the gradient on each state")
        chart = norm_chart(lines, title=title, y_title=_("length (log scale)"), read_from="end")
        plot(chart, key="shortcut", cursor=CURSOR, height=380)
    with right:
        title = _("Who looks at whom: weights as multiples of an even share")
        even = np.arange(1, view.run.steps + 1)[:, None]  # row t shares 1 among t states
        x_title, y_title = _("step looked at"), _("step that asks")
        grid = step_grid(even * found.weights, title=title, ink="h", x_title=x_title, y_title=y_title, height=380)
        plot(grid, key="weights")
    weights = found.attention.weights
    most = int(weights.argmax())
    st.markdown(
        _(
            "Gradient on $h_1$: **{alone}** from $h_T$ alone, **{attended}** with attention. "
            "$h_T$ looks most at step {step}, with weight {weight}; looking at all alike would give each {even}."
        ).format(
            alone=number(float(found.without_attention[1])),
            attended=number(float(found.with_attention[1])),
            step=most + 1,
            weight=number(float(weights[most])),
            even=number(1.0 / len(weights)),
        )
    )


def forms(view: View) -> None:
    peephole = st.slider(_("Weight of every peephole"), -3.0, 3.0, 1.0, 0.1, **in_link("peep"))
    found = compute.lstm_forms(view.run, peephole)
    names = {variant: form_label(variant) for variant in found}
    short = {"standard": "2000", "no_forget": "1997", "peephole": _("peepholes"), "coupled": _("coupled")}
    dashes = dict(zip(found, ("solid", "dash", "dot", "dashdot"), strict=True))
    cells = [Line(short[v], form.trace.cs[:, view.unit], "c", 0, dash=dashes[v]) for v, form in found.items()]
    gates = [
        Line(short[v], form.trace.forget_gate[:, view.unit], "forget_gate", dash=dashes[v]) for v, form in found.items()
    ]
    left, right = st.columns(2)
    with left:
        title = _("The memory {symbol} of unit {unit}").format(symbol="c", unit=view.unit + 1)
        plot(lines_over_time(cells, title=title, y_title="c"), key="form_cells", cursor=CURSOR)
    with right:
        title = _("The forget gate of unit {unit}").format(unit=view.unit + 1)
        plot(lines_over_time(gates, title=title, y_title="f", y_range=(-0.05, 1.1)), key="form_gates", cursor=CURSOR)
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


def padding(view: View) -> None:
    steps = view.run.steps
    left, right = st.columns(2)
    with left:
        length = st.slider(_("Length of sequence 4"), 1, steps, steps // 2, **in_link(f"length{steps}"))
    with right:
        filler = st.slider(_("Number in the padding"), -2.0, 2.0, 0.0, 0.1, **in_link("filler"))
    left, right = st.columns(2)
    lengths = (steps, round(0.8 * steps), round(0.6 * steps), length)
    found = compute.padded(view.run, lengths, filler)
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
            plot(lines_over_time(lines, title=name, y_title="h" + subscript(view.unit + 1)), key=key, cursor=CURSOR)
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


def chunks(view: View) -> None:
    left, right = st.columns(2)
    with left:
        chunk = st.slider(_("Steps in a chunk"), 1, compute.MOST_STEPS, 10, **in_link("chunk"))
    with right:
        losses = {"every": _("every step"), "last": _("the last step")}
        loss = choice(st.segmented_control, _("The loss is at"), losses, "every", "loss")
    left, right = st.columns(2)
    found = compute.in_chunks(view.run, chunk, loss == "every")
    with left:
        lines = [
            Line(_("from zero"), found.zero_state[:, view.unit], "baseline", 0, dash="dash"),
            Line(_("handed on"), found.carried_state[:, view.unit], "h", 0),
            Line(_("whole"), found.whole[:, view.unit], "h", 0, dash="dot"),
        ]
        title = _("Forward: unit {unit}").format(unit=view.unit + 1)
        plot(
            lines_over_time(lines, title=title, y_title="h" + subscript(view.unit + 1)),
            key="chunk_states",
            cursor=CURSOR,
            height=360,
        )
    with right:
        norms = [
            Line(_("all the way"), found.full, "gradient", 0, dash="dash"),
            Line(_("in chunks"), found.truncated, "gradient", 0),
        ]
        title = _("Backward: length of the gradient on each state")
        chart = norm_chart(norms, title=title, y_title=_("length (log scale)"), read_from="end")
        plot(chart, key="chunk_gradient", cursor=CURSOR, height=360)
    st.markdown(
        _(
            "Largest difference between the states handed on and those of the whole run: **{forward}**; "
            "between the gradients of the single chunks and truncated back-propagation: **{gap}**.  \n"
            "The weights’ gradient in chunks has {length:.1%} of the full length, and points {angle:.2f}° away from it."
        ).format(
            forward=number(float(np.abs(found.carried_state - found.whole).max())),
            gap=number(found.truncated_gap),
            length=found.weights_length,
            angle=float(np.degrees(np.arccos(np.clip(found.weights_cosine, -1.0, 1.0)))),
        )
    )


VIEWS: dict[str, Callable[[View], None]] = {
    "both": both,
    "deep": deep,
    "attention": attention,
    "forms": forms,
    "padding": padding,
    "chunks": chunks,
}
