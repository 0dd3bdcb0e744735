"""Reading in parallel: the loop and the scan of one linear recurrence, played by one clock."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import streamlit as st

from rnn_core.arrays import Array
from rnn_core.cells.modern.base import Recurrence
from rnn_core.params.modern import init_modern
from rnn_core.passes.modern import run_modern
from rnn_core.passes.scan import Plan, Scan, convolution, scan, step_by_step
from ui.browser.dial import DialSpec, page_dial
from ui.browser.scan import scan_tree
from ui.browser.thumbnails import Thumbnail, chosen_thumbnail, thumbnail_choice
from ui.figures.words import number
from ui.i18n import Language, _, language
from ui.memory.after import timed
from ui.memory.after.take import take_scan
from ui.widgets.choices import choice
from ui.widgets.lesson import prose_part
from ui.widgets.stage import PlainStage

MOST = 16  # steps
LEAK = 0.8
TIME_INVARIANT = ("sum", "leaky")
LONG = 1024  # steps of the sequence that the sentence names


@lru_cache(maxsize=64)
def _recurrence(kind: str, T: int) -> Recurrence:
    inputs = 2.0 * np.random.default_rng(3).normal(size=(T, 1))
    if kind == "gates":  # that read the input, as in a minGRU
        return run_modern(init_modern("min_gru", 1, 1, seed=4), inputs).recurrence()
    factors: dict[str, Array] = {
        "sum": np.ones((T, 1)),
        "leaky": np.full((T, 1), LEAK),
        "sign": np.where(np.random.default_rng(4).random((T, 1)) < 0.5, -1.0, 1.0),
    }
    return Recurrence(factors[kind], inputs / 2.0, np.zeros(1))


@lru_cache(maxsize=64)
def _scanned(kind: str, T: int, plan: Plan) -> tuple[Scan, float]:
    """A scan, and its largest difference from the loop."""
    recurrence = _recurrence(kind, T)
    found = scan(recurrence, plan)
    return found, float(np.abs(found.states - step_by_step(recurrence)).max())


@lru_cache
def _pictures(_in: Language) -> Mapping[str, Thumbnail]:
    """A picture of each recurrence: its state over time."""
    kinds = {
        "gates": _("Gates of a minGRU"),
        "sum": _("Running sum"),
        "leaky": _("Leaky sum"),
        "sign": _("Changing sign"),
    }
    pictures = {}
    for kind, label in kinds.items():
        states = step_by_step(_recurrence(kind, MOST))[:, 0]
        pictures[kind] = Thumbnail(label, ribbons=((states / np.abs(states).max()).tolist(),))
    return pictures


def instrument(stage: PlainStage) -> None:
    pictures = {"scan": _("Step by step"), "timed": _("Measured here")}
    with stage.top:
        shown = choice(st.segmented_control, _("Picture"), pictures, "scan", "read", label_visibility="collapsed")
    if shown == "timed":
        timed.instrument(stage)
    else:
        _played(stage)
    prose_part("after", "steps", shown)


def _played(stage: PlainStage) -> None:
    kind = chosen_thumbnail(_pictures(language()), "gates", "scan_of")
    with stage.dock:
        T = int(page_dial(_("Steps T"), 4, MOST, MOST, key="scan_T"))
        plans: dict[Plan, str] = {"fewest": _("Fewest rounds"), "least": _("Least work")}
        plan = choice(st.segmented_control, _("Plan"), plans, "fewest", "scan_plan")
        thumbnail_choice(_("Recurrence"), _pictures(language()), "gates", "scan_of")
    found, difference = _scanned(kind, T, plan)
    clock = DialSpec(_("Clock"), 0, MOST - 1, 4, "scan_round")
    last = len(found.rounds) - 1
    sentences = [_sentence(found, moment, T) for moment in range(max(T, last + 1))]
    alt = _("A loop of {updates} updates above a tree of {rounds} rounds.").format(updates=T - 1, rounds=last)
    with stage.picture:
        scan_tree(found, clock, sentences, key="scan_tree", alt=alt)
    take_scan(_recurrence(kind, T), plan, found)
    st.markdown(
        _(
            "The scan needs {combined} combinations in {rounds} rounds; the loop needs {updates} updates, one after another. Their states differ by {difference} at most. {long} steps would need {long_rounds} rounds."
        ).format(
            combined=found.combinations,
            rounds=last,
            updates=T - 1,
            difference=number(difference),
            long=LONG,
            long_rounds=_rounds_of_long(plan),
        )
    )
    if kind in TIME_INVARIANT:
        recurrence = _recurrence(kind, T)
        away = float(np.abs(convolution(recurrence) - step_by_step(recurrence)).max())
        st.markdown(
            _(
                "The factor a is the same at every step here. So a convolution gives the states too: each is the sum of all b so far, weighted by powers of a. It differs from the loop by {difference} at most."
            ).format(difference=number(away))
        )


@lru_cache
def _rounds_of_long(plan: Plan) -> int:
    ones = np.ones((LONG, 1))
    return len(scan(Recurrence(ones, ones, np.zeros(1)), plan).rounds) - 1


def _sentence(found: Scan, moment: int, T: int) -> str:
    last = len(found.rounds) - 1
    done = min(moment, last)
    return _("After {shown} of {rounds} rounds {ready} of {T} states are known; the loop knows {loop}.").format(
        shown=done, rounds=last, ready=found.rounds[done].ready, T=T, loop=min(moment + 1, T)
    )
