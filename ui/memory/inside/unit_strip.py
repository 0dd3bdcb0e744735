"""All units beside one another over a few steps, in the order in which the arrow keys choose them."""

from typing import Any

import numpy as np

from rnn_core.analysis.inside.ranking import Values
from ui.browser.all_units import AllUnits, all_units
from ui.i18n import _
from ui.memory.inside.chosen import Chosen, beyond_nulls, take_position
from ui.memory.inside.compute import Spread, around_mean
from ui.widgets.stage import stage_strip

STEPS = 48


def window(at: int, low: int, high: int) -> slice:
    """The steps that are shown: from `at` on as far as they go, and earlier ones where too few follow, all from `low` to `high`."""
    start = max(low, min(at, high - STEPS))
    return slice(start, min(high, start + STEPS))


def unit_strip(chosen: Chosen[Any], values: Values, spread: Spread, over: str) -> None:
    """values (H, T) of the steps that `over` names."""
    own, order = chosen.own, chosen.order
    clear = np.array([beyond_nulls(own, chosen.untrained, int(unit)) > 0 for unit in order])
    sorted_by = (
        _("by their number")
        if np.array_equal(order, np.arange(len(order)))
        else _("the best for “{label}” first").format(label=chosen.label)
    )
    title = _(
        "All {units} units over {over}, {sorted}. {count} beat shifted labels and every unit of an untrained network; the others are faded. Arrow keys choose."
    ).format(units=len(order), over=over, sorted=sorted_by, count=int(clear.sum()))
    says = _("unit {unit}, AUC {auc}")
    names = [says.format(unit=unit, auc=f"{own.auc[unit]:.2f}") for unit in order]
    with stage_strip():
        all_units(
            AllUnits(around_mean(values, spread)[order], names, clear, chosen.position),
            title=title,
            take_position=take_position,
        )
