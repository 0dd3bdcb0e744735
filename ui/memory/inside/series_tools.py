"""One unit that reads a series, and what can be done with it: look back, change it, compare it with others, find similar ranges."""

import numpy as np
import streamlit as st

from rnn_core.analysis.inside import matching
from rnn_core.arrays import Array
from ui.as_text import in_markdown
from ui.browser.plot import plot
from ui.figures.lines import Line, lines_over_time
from ui.figures.words import number
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.inside import series_compute as compute
from ui.memory.inside.aligned_figure import aligned_ranges
from ui.memory.inside.chosen import Chosen
from ui.memory.inside.figures import rank_correlation, use_and_meaning
from ui.memory.inside.series_compute import SeriesUnits
from ui.memory.inside.tool_parts import (
    LONGEST_RANGE,
    SHOWN_BACK,
    beyond_both,
    how_to_change,
    looked_back,
    made_change,
    says_pattern,
    selected_range,
    show_context,
)
from ui.widgets.tables import table

FOUND = 6  # ranges
STEP = "at"


def looks_back(chosen: Chosen[SeriesUnits], _at: int) -> None:
    found = chosen.found
    last = len(found.series) - 1
    if not 1 <= st.session_state.get(STEP, last) <= last:
        st.session_state[STEP] = last  # it was a place of another series, or of a text
    at = int(st.number_input(_("Step, from {low} to {high}").format(low=1, high=last), 1, last, last, **in_link(STEP)))
    back = compute.looks_back(found, at - 1)
    title = _("What the prediction after {date} looks back at; each row by its own largest value").format(
        date=found.dates[at - 1]
    )
    plot(looked_back(back, found.dates[max(0, at - SHOWN_BACK) : at], title), key="inside_saliency")
    st.markdown(
        _(
            "Integrated gradients add up to the difference from a series of zeros, here {whole}; gradient × input adds up to {linear}. Where the rows disagree, the network is not linear along the way."
        ).format(whole=number(back.value - back.value_at_zero), linear=number(float(back.times_input.sum())))
    )
    _context(found)


def _context(found: SeriesUnits) -> None:
    context = compute.context_loss(found)
    title = _("How far back the series is used: the error of the next value after the last steps only")
    show_context(context, title, _("mean absolute error"), _("steps read"))
    within = 0.02 * float(context.loss.min())
    st.markdown(
        _("To come within 2% of its best, it needs the last **{length}** of {longest} steps.").format(
            length=context.used(within), longest=context.lengths[-1]
        )
    )


def change(chosen: Chosen[SeriesUnits], _at: int) -> None:
    found = chosen.found
    how, strength = how_to_change({})
    made = made_change(how, strength, found.value, chosen.unit, chosen.own)
    before, after = compute.predictions(found, ()), compute.predictions(found, (made,))
    later = slice(found.first, None)
    real = found.series[1:][later]
    lines = [
        Line(_("series"), real, "baseline", found.first + 2),
        Line(_("as it is"), before[later], "y", found.first + 2),
        Line(_("with the change"), after[later], "c", found.first + 2, dash="dash"),
    ]
    plot(
        lines_over_time(lines, title=_("The next value, predicted one step ahead"), y_title=_("series")),
        key="inside_answer",
    )
    errors = [number(float(np.abs(each[later] - real).mean())) for each in (before, after)]
    st.markdown(
        _("Mean absolute error of the next value: {before} as it is, **{after}** with the change.").format(
            before=errors[0], after=errors[1]
        )
    )


def importance(chosen: Chosen[SeriesUnits], _at: int) -> None:
    found = chosen.found
    costs: Array = np.asarray(chosen.ablation().added[:, found.first :].mean(axis=1, dtype=np.float64))
    beyond = beyond_both(found.findings, found.untrained)
    plot(use_and_meaning(beyond, costs, chosen.unit, _("error added if held at its mean")), key="inside_importance")
    st.markdown(
        _("Rank correlation between cost and meaning: **{correlation}**. With so few units it may be chance.").format(
            correlation=f"{rank_correlation(beyond, costs):.2f}".replace("-", "−")
        )
    )


def match(chosen: Chosen[SeriesUnits], _at: int) -> None:
    found, steps = chosen.found, len(chosen.found.series)
    first, count = selected_range(chosen.marks, found.first, steps)
    left, right = st.columns(2)
    with left:
        start = int(st.number_input(_("First step"), 1, steps, first + 1, **in_link(f"from_{first}"))) - 1
    with right:
        length = int(st.number_input(_("Steps"), 1, LONGEST_RANGE, count, **in_link(f"range_{count}")))
    end = min(steps, start + length)
    pattern = matching.select(found.units, start, end)
    says_pattern(pattern)
    if not len(pattern.units):
        return
    others = matching.matches(found.units, pattern, FOUND)
    ranges = [(start, end), *((each.start, each.end) for each in others)]
    names = [f"{found.dates[low]} – {found.dates[high - 1]}" for low, high in ranges]
    on = matching.units_on(found.units, pattern)
    plot(
        aligned_ranges(found.series, on, pattern, [(*own, name) for own, name in zip(ranges, names, strict=True)]),
        key="inside_aligned",
    )
    table(
        {
            _("where"): [in_markdown(name) for name in names],
            _("units on"): [str(each) for each in (len(pattern.units), *(each.units for each in others))],
            _("mean before"): [number(_mean(found.series, low - length, low)) for low, _high in ranges],
            _("mean in the range"): [number(_mean(found.series, low, high)) for low, high in ranges],
            _("mean after"): [number(_mean(found.series, high, high + length)) for _low, high in ranges],
        }
    )


def _mean(values: Array, low: int, high: int) -> float:
    """Of as many steps as there are; NaN of none."""
    part = values[max(0, low) : high]
    return float(part.mean()) if len(part) else float("nan")
