"""The views of the page on back-propagation through time: contributions, every number, and one step of descent."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import streamlit as st

import rnn_core as rc
from rnn_core.analysis.descent import Pass
from rnn_core.equations.digits import LEAST, digits_for_all, digits_of_running_sum, true_digits, written
from rnn_core.equations.explain import Explainer
from rnn_core.equations.explanation import Place, explanation_text, place_text
from rnn_core.params.build import weights_of
from rnn_core.studies.two_steps import two_steps
from ui.as_text import in_markdown
from ui.browser.dial import page_dial
from ui.browser.plot import Point, plot
from ui.browser.stepper import stepper
from ui.figures.lines import Line, lines_over_time
from ui.figures.words import number
from ui.i18n import _
from ui.memory.bptt import compute
from ui.memory.bptt.controls import BpttView, bptt_dials, request_truncation
from ui.memory.bptt.figures.contributions import adding_up, entry_names, stacked
from ui.memory.bptt.figures.step_down import step_down_chart
from ui.memory.bptt.figures.unrolled import unrolled_graph
from ui.memory.bptt.lane import hand_chart, network_chart
from ui.memory.bptt.take import take_worked_example
from ui.memory.sequences.previews import Charts, charts_follow
from ui.widgets.choices import choice
from ui.widgets.tables import table

CURSOR = "bptt"
FIRST_WEIGHT = {"rnn": "W_hh", "lstm": "W_hf", "gru": "W_hz"}


def labels() -> dict[str, str]:
    return {"parts": _("Contributions"), "numbers": _("Every number"), "down": _("One step down")}


def worked_example(w: float) -> None:
    found = two_steps(w)
    plot(hand_chart(found), key="hand", height="stage")
    take_worked_example(found)


def sum_of_steps(view: BpttView) -> None:
    with charts_follow(view, bptt_dials(view), _sum_charts):
        chart = _sum_charts(view)["ribbons"]
        _move_truncation(plot(chart, key="ribbons", cursor=CURSOR, events=("click",), height="stage").click)


def _sum_charts(view: BpttView) -> Charts:
    return {"ribbons": network_chart(compute.run(view.run, view.at, view.truncate_after))}


def graph(view: BpttView, run: compute.Run) -> None:
    title = _("The gradient on its way back, from the loss to the first step")
    chart = unrolled_graph(run.flow, view.at, run.cut.boundaries, title=title)
    hint = _("Click between two states to truncate there.")
    chart = replace(chart, note=f"{hint} {chart.note}")
    _move_truncation(plot(chart, key="unrolled", cursor=CURSOR, events=("click",), height="stage").click)


def _move_truncation(clicked: Point | None) -> None:
    """A click between two states truncates there."""
    known = st.session_state.get("truncation_click")
    st.session_state["truncation_click"] = clicked
    if (
        clicked is not None and clicked != known and clicked.x is not None and clicked.x % 1.0
    ):  # whole numbers are states
        request_truncation(int(clicked.x))


def truncation_effect(run: compute.Run) -> None:
    cut = run.cut
    part = cut.lost / cut.whole if cut.whole > 0.0 else 0.0
    with st.container(horizontal=True, gap="large"):
        st.metric(_("Loss L"), number(run.whole.loss.value), width="content")
        help_text = _("The norm of the gradient with respect to all weights of the cell.")
        st.metric(_("Gradient, whole"), number(cut.whole), help=help_text, width="content")
        st.metric(_("Gradient, truncated"), number(cut.kept), width="content")
        help_text = _(
            "The norm of the difference between the two gradients. It is not the difference between their norms, because they also differ in direction."
        )
        length = _("{length}, {part} of the whole").format(length=number(cut.lost), part=f"{part:.1%}")
        st.metric(_("Norm of their difference"), length, help=help_text, width="content")
    if not cut.boundaries:
        st.markdown(_("Nothing is truncated, so nothing is cut off. Drag the slider to the left."))
        return
    sentences = [
        _("step {step}: {length}").format(step=step, length=number(float(length)))
        for step, length in zip(cut.boundaries, cut.missing, strict=True)
    ]
    st.markdown(
        _(
            "Norm of the gradient that no longer reaches the state of {missing}. The gradient of the weights turns by {angle}°."
        ).format(missing=_("; ").join(sentences), angle=number(cut.angle))
    )


def parts(view: BpttView, run: compute.Run) -> None:
    left, right = st.columns(2)
    with left:
        weight = _weight(view, run)
    each, free = (done.grads.contributions(weight) for done in (run.truncated, run.whole))
    with right:
        entry = _entry(weight, each.shape[1:])
    is_truncated = bool(run.cut.boundaries)
    title = _("The gradient of {weight}: the contribution of each step").format(weight=weight)
    whole = free.sum(axis=0) if is_truncated else None
    plot(stacked(each, whole, symbol=weight, title=title), key="stacked")
    name = f"∂L/∂{weight}[{','.join(str(place + 1) for place in entry)}]"
    left, right = st.columns(2)
    with left:
        title = _("{name} adds up, from the last step back").format(name=name)
        parts_of_one = each.reshape(len(each), -1)[:, np.ravel_multi_index(entry, each.shape[1:])]
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
    lines = [_line_of_parts(_("not truncated"), run.whole, weight, first, "baseline", "dash")]
    if run.cut.boundaries:
        lines.append(_line_of_parts(_("truncated"), run.truncated, weight, first, "gradient", "solid"))
    title = _("How much each step adds to {weight}").format(weight=weight)
    chart = lines_over_time(lines, title=title, y_title=_("log₁₀ of the norm"))
    gaps = any(np.isnan(line.values).any() for line in lines)
    plot(
        replace(chart, note=_("Where a line is missing, exactly 0 is added.") if gaps else ""),
        key="lengths",
        cursor=CURSOR,
    )


def _line_of_parts(name: str, done: Pass, weight: str, first: int, ink: str, dash: str) -> Line:
    """Truncation leaves gaps and not ends: the line goes on at the next step that the loss reads."""
    lengths = done.grads.contribution_norms(weight)[first:]
    logs = np.log10(lengths, where=lengths > 0.0, out=np.full(len(lengths), np.nan))
    return Line(name, logs, ink, first + 1, dash=dash)


def _arithmetic(run: compute.Run, weight: str, entry: tuple[int, ...]) -> None:
    """One row per step: the product, and the sum so far."""
    grads = run.truncated.grads
    explained = rc.explain(run.truncated.trace, "d" + weight, None, *entry, grads=grads)
    terms = explained.terms[::-1]
    factors = [[(each.place, each.value) for each in term.factors if each.place is not None] for term in terms]
    adds = [term.value for term in terms]
    sums = np.cumsum(adds).tolist()
    of_adds, of_sums = digits_of_running_sum(adds, sums)
    of_factors = [
        true_digits([value for _place, value in each], add, math.prod, of_result=(count,))[0]
        for each, add, count in zip(factors, adds, of_adds, strict=True)
    ]
    table(
        {
            _("step"): [str(each[0][0].step) for each in factors],
            _("product"): [
                in_markdown(" · ".join(place_text(explained.symbols, place) for place, _value in each))
                for each in factors
            ],
            _("with numbers"): [
                " · ".join(f"({written(value, count)})" for (_place, value), count in zip(each, digits, strict=True))
                for each, digits in zip(factors, of_factors, strict=True)
            ],
            _("adds"): list(map(written, adds, of_adds)),
            _("sum so far"): list(map(written, sums, of_sums)),
        },
        words=3,
    )


def numbers(view: BpttView, run: compute.Run) -> None:
    stepper(
        run.truncated.trace,
        run.truncated.grads,
        key="stepper",
        step=view.run.steps,
        direction="backward",
        cursor=CURSOR,
    )
    st.subheader(_("The start: the loss"), anchor=False)
    _loss_arithmetic(view, run)


def _loss_arithmetic(view: BpttView, run: compute.Run) -> None:
    """The arithmetic from the states that the loss reads to its gradient on them."""
    done, target, count = run.whole, float(run.whole.trace.xs[0, 0]), len(view.at)
    looked_at = np.array(view.at) - 1
    answers, errors = done.answer.ys[looked_at, 0].tolist(), done.loss.per_step[looked_at].tolist()
    slopes = done.loss.dscores[looked_at, 0].tolist()
    of_errors, of_loss = true_digits(errors, done.loss.value, lambda shown: sum(shown) / count, of_result=(3,))
    rows = [
        digits_for_all(
            (answer, target), (error, slope), lambda both: _error_and_slope(both[0], both[1], count), (of_error, LEAST)
        )
        for answer, error, slope, of_error in zip(answers, errors, slopes, of_errors, strict=True)
    ]
    loss = written(done.loss.value, of_loss)
    st.markdown(_("The loss is the mean of the squared errors: **L = {loss}**.").format(loss=loss))
    table(
        {
            _("step"): [str(step) for step in view.at],
            _("output y"): [written(answer, digits[0]) for answer, digits in zip(answers, rows, strict=True)],
            _("target x₁"): [written(target, digits[1]) for digits in rows],
            "(y − x₁)²": list(map(written, errors, of_errors)),
            f"∂L/∂y = 2(y − x₁)/{count}": [written(slope, LEAST) for slope in slopes],
        }
    )
    explainer = Explainer(done.trace, done.grads, done.answer, done.answer_grads)
    last = view.at[-1]
    places = [Place("ys", last), *(Place("dhs_direct", last, unit) for unit in range(view.run.hidden_size))]
    sentences = [f"- `{explanation_text(explainer.explain(place))}`" for place in places]
    st.markdown(
        "\n".join(
            [_("The output at step {step}, and the gradient that it sends to the state:").format(step=last), *sentences]
        )
    )


def _error_and_slope(answer: float, target: float, count: int) -> tuple[float, float]:
    return (answer - target) ** 2, 2.0 * (answer - target) / count


def down(view: BpttView, run: compute.Run) -> None:
    rate = page_dial(_("Step size η"), 0.0, compute.LARGEST_RATE, 0.1, 0.01, key="rate")
    found = compute.slopes(view.run, view.at, view.truncate_after)
    place = round(rate / compute.LARGEST_RATE * (len(found.rates) - 1))
    before, after, truncated = (float(each) for each in (found.whole[0], found.whole[place], found.truncated[place]))
    left, right = st.columns([2, 1])
    with left:
        title = _("The loss after one step down")
        truncated_losses = found.truncated if run.cut.boundaries else None
        chart = step_down_chart(found.rates, found.whole, truncated_losses, found.slope, (rate, after), title=title)
        plot(chart, key="step_down")
    after_each = {_("Loss after"): after}
    if run.cut.boundaries:
        after_each[_("Loss after, truncated")] = truncated
    after_each[_("Loss predicted by the slope")] = before + rate * found.slope
    with right:
        _fallen(before, after_each)
    _one_weight(view, run, rate)


def _fallen(before: float, after_each: Mapping[str, float]) -> None:
    """The loss before, and after each kind of step with the change."""
    after = list(after_each.values())
    changes = [each - before for each in after]
    digits = digits_for_all(
        [before, *after],
        changes,
        lambda all_of_them: [each - all_of_them[0] for each in all_of_them[1:]],
        [2] * len(after),
    )
    st.metric(_("Loss before"), written(before, digits[0]))
    for (label, value), change, count in zip(after_each.items(), changes, digits[1:], strict=True):
        st.metric(label, written(value, count), written(change, 2).replace("−", "-"), delta_color="inverse")


def _one_weight(view: BpttView, run: compute.Run, rate: float) -> None:
    """The recurrent weight with the largest gradient, before and after."""
    name = FIRST_WEIGHT[view.run.form]
    weight, slopes = getattr(run.whole.network.cell, name), getattr(run.whole.grads.params, name)
    entry = np.unravel_index(np.abs(slopes).argmax(), slopes.shape)
    old, slope = float(weight[entry]), float(slopes[entry])
    new = old - rate * slope
    digits, of_new = true_digits((old, rate, slope), new, lambda shown: shown[0] - shown[1] * shown[2])
    operands = [written(value, count) for value, count in zip((old, rate, slope), digits, strict=True)]
    arithmetic = f"{name}[{entry[0] + 1},{entry[1] + 1}] = {operands[0]} − {operands[1]}·({operands[2]}) = {written(new, of_new)}"
    st.markdown(
        _("Every weight moves against its own gradient, for example `{arithmetic}`.").format(arithmetic=arithmetic)
    )


VIEWS: dict[str, Callable[[BpttView, compute.Run], None]] = {"parts": parts, "numbers": numbers, "down": down}
