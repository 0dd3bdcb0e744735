"""An exercise of the second kind on the page: dials, the run of the cell with these weights, and what must hold."""

from collections.abc import Mapping

import streamlit as st

from rnn_core.studies.practice.goal_list import GOALS
from rnn_core.studies.practice.goals import Condition, Goal, Outcome, is_reached
from ui.browser.dial import page_dial
from ui.browser.plot import plot
from ui.course.practice.attempts import hints_and_solution, record_try, show_solved
from ui.figures.chart import Chart
from ui.figures.lines import Line, lines_over_time
from ui.figures.norms import norm_chart
from ui.figures.words import number
from ui.i18n import _
from ui.widgets.lesson import paragraphs
from ui.widgets.tables import table

INKS = {"h": "h", "c": "c", "x": "x", "plus": "h", "minus": "c", "gradient": "gradient", "target": "baseline"}


def goal_titles() -> dict[str, str]:
    return {
        "hold_bit": _("RNN: hold a bit for 50 steps"),
        "copy_input": _("RNN: copy the input"),
        "add": _("RNN: add the inputs"),
        "alternate": _("RNN: change the sign at every step"),
        "gradient_lives": _("RNN: a gradient that reaches step 1"),
        "gradient_explodes": _("RNN: a gradient that explodes"),
        "hold_and_learn": _("RNN: hold a bit and keep the gradient"),
        "forget_after_five": _("LSTM: forget after five steps"),
        "cell_gradient": _("LSTM: keep half of the gradient"),
        "lstm_count": _("LSTM: count the ones"),
        "lstm_reset": _("LSTM: forget at a mark"),
        "lstm_ignore": _("LSTM: ignore the noise"),
        "gru_keep": _("GRU: write once and keep"),
        "gru_average": _("GRU: a moving average"),
        "gru_count": _("GRU: count the ones"),
    }


def show_goal(name: str, seed: int) -> None:
    goal = GOALS[name]
    task, *hints, reason = paragraphs("exercises", "goals", name)
    settings, picture = st.columns([2, 3], gap="large")
    with settings:
        st.markdown(f"**{task}**")
        weights = {
            knob.name: page_dial(knob.name, knob.low, knob.high, knob.start, knob.step, key=f"set_{name}_{knob.name}")
            for knob in goal.knobs
        }
        outcome = goal.outcome(weights, seed)
        _conditions(outcome)
        _verdict(goal, outcome, seed, reason)
    with picture:
        plot(_chart(goal, outcome), key=f"goal_{goal.scale}")
    hints_and_solution(name, seed, hints, reason)


def _conditions(outcome: Outcome) -> None:
    sentences = _sentences()
    table(
        {
            "": [":material/check:" if each.holds else ":material/close:" for each in outcome.conditions],
            _("must hold"): [sentences[each.what] for each in outcome.conditions],
            _("needed"): [_needed(each) for each in outcome.conditions],
            _("now"): [number(float(each.measured)) for each in outcome.conditions],
        },
        words=2,
    )


def _needed(condition: Condition) -> str:
    low, high = condition.low, condition.high
    if low > float("-inf") and high < float("inf"):
        return f"{number(low)} … {number(high)}"
    return f"≥ {number(low)}" if low > float("-inf") else f"≤ {number(high)}"


def _verdict(goal: Goal, outcome: Outcome, seed: int, reason: str) -> None:
    """A goal is solved as soon as everything holds. One that no setting reaches is solved by saying so."""
    said = f"said_{goal.name}_{seed}"

    def say_impossible() -> None:
        st.session_state[said] = True
        record_try(goal.name, seed, "no setting", right=not goal.is_possible)

    st.button(_("No setting does it"), icon=":material/block:", key=f"impossible_{goal.name}", on_click=say_impossible)
    if is_reached(outcome):
        record_try(goal.name, seed, "reached", right=True)
        show_solved(goal.name, seed, f"{_('Yes, everything holds.')} {reason}")
    elif st.session_state.get(said) and not goal.is_possible:
        show_solved(goal.name, seed, f"{_('Yes, no setting does it.')} {reason}")
    elif st.session_state.get(said):
        st.info(_("There is a setting. The hints lead to it."), icon=":material/lightbulb:")


def _chart(goal: Goal, outcome: Outcome) -> Chart:
    names = _curve_names()
    lines = [Line(names[each.name], each.values, INKS[each.name], each.first) for each in outcome.curves]
    if goal.scale == "log":
        title = _("The gradient at each step, as it reaches back from the last one")
        return norm_chart(lines, title=title, y_title=_("gradient"), read_from="end")
    return lines_over_time(lines, title=_("The run with these weights"), y_title=_("value"))


def _curve_names() -> Mapping[str, str]:
    return {
        "h": _("state h"),
        "c": _("cell state c"),
        "x": _("input x"),
        "plus": _("h after +1"),
        "minus": _("h after −1"),
        "gradient": _("gradient"),
        "target": _("wanted"),
    }


def _sentences() -> Mapping[str, str]:
    return {
        "plus_kept": _("state after 50 steps that began with +1"),
        "minus_kept": _("state after 50 steps that began with −1"),
        "gradient_at_1": _("gradient of the last state on the state at step 1"),
        "gradient_at_0": _("gradient of the last state on the first one"),
        "spread": _("standard deviation of the state"),
        "off_sum": _("largest distance from the sum"),
        "off_input": _("largest distance from the input"),
        "off_count": _("largest distance from the count"),
        "sign_changes": _("changes of sign in 20 steps"),
        "smallest_state": _("smallest size of the state"),
        "kept_after_4": _("share that is left after four steps"),
        "kept_after_5": _("share that is left after five steps"),
        "cell_gradient_at_1": _("share of the gradient that reaches step 1"),
        "before_mark": _("cell state before the mark"),
        "after_mark": _("size of the cell state at the mark"),
        "size_written": _("size of the cell state after step 1"),
        "largest_change": _("largest change after step 1"),
        "written": _("state after the impulse"),
        "kept_after_99": _("share that is left at the end"),
        "share_after_6": _("share of the way after six steps"),
        "share_after_7": _("share of the way after seven steps"),
    }
