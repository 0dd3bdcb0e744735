"""The views of the page on back-propagation through time: who adds what, every number, and one step down."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import streamlit as st

import rnn_core as rc
from rnn_core.analysis.descent import Pass
from rnn_core.equations.explain import Explainer
from rnn_core.equations.explanation import Place, explanation_text, place_text
from rnn_core.equations.explanation import number as digits
from rnn_core.params.build import weights_of
from ui.as_text import in_markdown
from ui.browser.plot import plot
from ui.browser.stepper import stepper
from ui.figures.lines import Line, lines_over_time
from ui.figures.words import number
from ui.i18n import _
from ui.memory.bptt import compute
from ui.memory.bptt.controls import BpttView, put_wall
from ui.memory.bptt.figures.contributions import adding_up, entry_names, stacked
from ui.memory.bptt.figures.step_down import step_down_chart
from ui.memory.bptt.figures.unrolled import unrolled_graph
from ui.widgets.choices import choice
from ui.widgets.plain import table

CURSOR = "bptt"
FIRST_WEIGHT = {"rnn": "W_hh", "lstm": "W_hf", "gru": "W_hz"}


def labels() -> dict[str, str]:
    return {"parts": _("Who adds what"), "numbers": _("Every number"), "down": _("One step down")}


def graph(view: BpttView, run: compute.Run) -> None:
    title = _("The gradient on its way back, from the loss to the first step")
    chart = unrolled_graph(run.flow, view.at, run.cut.walls, title=title)
    hint = _("Click between two states to put the wall there.")
    clicked = plot(replace(chart, note=f"{hint} {chart.note}"), key="unrolled", cursor=CURSOR, events=("click",)).click
    known = st.session_state.get("wall_click")
    st.session_state["wall_click"] = clicked
    if (
        clicked is not None and clicked != known and clicked.x is not None and clicked.x % 1.0
    ):  # whole numbers are states
        put_wall(int(clicked.x))


def what_is_cut(run: compute.Run) -> None:
    cut = run.cut
    part = cut.lost / cut.whole if cut.whole > 0.0 else 0.0
    with st.container(horizontal=True, gap="large"):
        st.metric(_("Loss L"), number(run.whole.loss.value), width="content")
        help_text = _("The length of the gradient of all weights of the cell.")
        st.metric(_("Gradient, whole"), number(cut.whole), help=help_text, width="content")
        st.metric(_("Gradient, with walls"), number(cut.kept), width="content")
        help_text = _("The length of what is missing, as a part of the whole gradient.")
        st.metric(_("Cut off"), f"{part:.1%}", help=help_text, width="content")
    if not cut.walls:
        st.markdown(_("No wall stands, so nothing is cut off. Drag the slider above to the left."))
        return
    told = [
        _("step {step}: {length}").format(step=step, length=number(float(length)))
        for step, length in zip(cut.walls, cut.missing, strict=True)
    ]
    st.markdown(
        _("No longer arrives at the state of {missing}. The gradient of the weights turns by {angle}°.").format(
            missing=_("; ").join(told), angle=number(cut.angle)
        )
    )


def parts(view: BpttView, run: compute.Run) -> None:
    left, right = st.columns(2)
    with left:
        weight = _weight(view, run)
    each, free = (done.grads.contributions(weight) for done in (run.walled, run.whole))
    with right:
        entry = _entry(weight, each.shape[1:])
    has_walls = bool(run.cut.walls)
    title = _("The gradient of {weight}: what each step adds").format(weight=weight)
    whole = free.sum(axis=0) if has_walls else None
    plot(stacked(each, whole, symbol=weight, title=title), key="stacked")
    name = f"∂L/∂{weight}[{','.join(str(place + 1) for place in entry)}]"
    left, right = st.columns(2)
    with left:
        title = _("{name} adds up, from the last step back").format(name=name)
        parts_of_one = each[(slice(None), *entry)]
        level = None if whole is None else float(whole[entry])
        plot(adding_up(parts_of_one, level, name=name, title=title), key="adding_up", cursor=CURSOR)
    with right:
        _lengths_of_parts(run, weight)
    label = _("The arithmetic of {name}").format(name=name)
    opened = st.expander(label, icon=":material/calculate:", key="arithmetic_open", on_change="rerun")
    if opened.open:
        with opened:
            _arithmetic(run, weight, entry)


def _weight(view: BpttView, run: compute.Run) -> str:
    names = {name: name for name in weights_of(run.whole.trace.params)}
    cell = view.run.form
    return choice(st.selectbox, _("Weight"), names, FIRST_WEIGHT[cell], f"weight_{cell}")


def _entry(weight: str, shape: tuple[int, ...]) -> tuple[int, ...]:
    names = {name: weight + name for name in entry_names(shape)}
    first = next(iter(names))
    chosen = choice(st.selectbox, _("One entry of it"), names, first, f"entry{len(shape)}{shape[-1]}")
    return tuple(int(place) for place in np.unravel_index(list(names).index(chosen), shape))


def _lengths_of_parts(run: compute.Run, weight: str) -> None:
    first = 1 if weight.startswith("W_h") else 0  # step 1 reads h_0 = 0 and adds nothing to these
    lines = [_line_of_parts(_("without walls"), run.whole, weight, first, "baseline", "dash")]
    if run.cut.walls:
        lines.append(_line_of_parts(_("with walls"), run.walled, weight, first, "gradient", "solid"))
    title = _("How much each step adds to {weight}").format(weight=weight)
    chart = lines_over_time(lines, title=title, y_title=_("log₁₀ of the length"))
    gaps = any(np.isnan(line.values).any() for line in lines)
    plot(
        replace(chart, note=_("Where a line is missing, exactly 0 is added.") if gaps else ""),
        key="lengths",
        cursor=CURSOR,
    )


def _line_of_parts(name: str, done: Pass, weight: str, first: int, ink: str, dash: str) -> Line:
    """A wall leaves gaps, not ends: behind it the line goes on where the next loss stands."""
    lengths = done.grads.contribution_norms(weight)[first:]
    logs = np.log10(lengths, where=lengths > 0.0, out=np.full(len(lengths), np.nan))
    return Line(name, logs, ink, first + 1, dash=dash)


def _arithmetic(run: compute.Run, weight: str, entry: tuple[int, ...]) -> None:
    """One row a step: what is multiplied, and the sum so far."""
    grads = run.walled.grads
    explained = rc.explain(run.walled.trace, "d" + weight, None, *entry, grads=grads)
    terms = explained.terms[::-1]
    factors = [[factor for factor in term.factors if factor.place is not None] for term in terms]
    sums = np.cumsum([term.value for term in terms])
    table(
        {
            _("step"): [str(each[0].place.step) for each in factors],
            _("product"): [
                in_markdown(" · ".join(place_text(explained.symbols, f.place) for f in each)) for each in factors
            ],
            _("with numbers"): [" · ".join(f"({number(f.value)})" for f in each) for each in factors],
            _("adds"): [number(term.value) for term in terms],
            _("sum so far"): [number(float(total)) for total in sums],
        },
        words=3,
    )


def numbers(view: BpttView, run: compute.Run) -> None:
    stepper(run.walled.trace, run.walled.grads, key="stepper", step=view.run.steps, direction="backward", cursor=CURSOR)
    st.subheader(_("Where it begins: the loss"), anchor=False)
    _loss_arithmetic(view, run)


def _loss_arithmetic(view: BpttView, run: compute.Run) -> None:
    """From the states that the loss looks at to its gradient on them."""
    done, target, count = run.whole, float(run.whole.trace.xs[0, 0]), len(view.at)
    looked_at = np.array(view.at) - 1
    st.markdown(_("The loss is the mean of the squared errors: **L = {loss}**.").format(loss=number(done.loss.value)))
    table(
        {
            _("step"): [str(step) for step in view.at],
            _("answer y"): [number(float(answer)) for answer in done.answer.ys[looked_at, 0]],
            _("target x₁"): [number(target)] * count,
            "(y − x₁)²": [number(float(error)) for error in done.loss.per_step[looked_at]],
            f"∂L/∂y = 2(y − x₁)/{count}": [number(float(slope)) for slope in done.loss.dscores[looked_at, 0]],
        }
    )
    explainer = Explainer(done.trace, done.grads, done.answer, done.answer_grads)
    last = view.at[-1]
    places = [Place("ys", last), *(Place("dhs_direct", last, unit) for unit in range(view.run.hidden_size))]
    told = [f"- `{explanation_text(explainer.explain(place))}`" for place in places]
    st.markdown("\n".join([_("The answer at step {step}, and what it sends to the state:").format(step=last), *told]))


def down(view: BpttView, run: compute.Run) -> None:
    rate = st.slider(_("Step size η"), 0.0, compute.LARGEST_RATE, 0.1, 0.01, key="rate", bind="query-params")
    found = compute.slopes(view.run, view.at, view.wall_every)
    place = round(rate / compute.LARGEST_RATE * (len(found.rates) - 1))
    before, after, walled = (float(each) for each in (found.whole[0], found.whole[place], found.walled[place]))
    left, right = st.columns([2, 1])
    with left:
        title = _("The loss after one step down")
        walls = found.walled if run.cut.walls else None
        chart = step_down_chart(found.rates, found.whole, walls, found.slope, (rate, after), title=title)
        plot(chart, key="step_down")
    with right:
        st.metric(_("Loss before"), number(before))
        _fallen(_("Loss after"), before, after)
        if run.cut.walls:
            _fallen(_("After, with walls"), before, walled)
        _fallen(_("What the slope promises"), before, before + rate * found.slope)
    _one_weight(view, run, rate)


def _fallen(label: str, before: float, after: float) -> None:
    st.metric(label, number(after), f"{after - before:.3g}", delta_color="inverse")


def _one_weight(view: BpttView, run: compute.Run, rate: float) -> None:
    """The recurrent weight with the largest gradient, before and after."""
    name = FIRST_WEIGHT[view.run.form]
    weight, slopes = getattr(run.whole.network.cell, name), getattr(run.whole.grads.params, name)
    entry = np.unravel_index(np.abs(slopes).argmax(), slopes.shape)
    old, slope = float(weight[entry]), float(slopes[entry])
    told = f"{name}[{entry[0] + 1},{entry[1] + 1}] = {digits(old)} − {digits(rate)}·({digits(slope)}) = {digits(old - rate * slope)}"
    st.markdown(_("Every weight moves against its own gradient, for example `{arithmetic}`.").format(arithmetic=told))


VIEWS: dict[str, Callable[[BpttView, compute.Run], None]] = {"parts": parts, "numbers": numbers, "down": down}
