"""Keeping track of a state: the parity of a row of bits in four cells, and what trained cells could keep track of."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
import streamlit as st

from rnn_core.arrays import Array
from rnn_core.studies.modern.recurrences import parity_lanes
from rnn_core.studies.tracking.results import complete_tasks, recorded
from rnn_core.studies.tracking.settings import TrackingSettings
from rnn_core.studies.tracking.tasks import TASKS
from ui.browser.dial import page_dial
from ui.browser.plot import last_click, plot
from ui.browser.thumbnails import Thumbnail, chosen_thumbnail, thumbnail_choice
from ui.i18n import Language, _, language
from ui.links.kept_settings import in_link, in_session, is_back_or_forward
from ui.links.written import write_in_link
from ui.memory.after import figures, study_figure
from ui.memory.after.live import train_together
from ui.memory.after.take import take_parity, take_study
from ui.widgets.choices import choice
from ui.widgets.lesson import prose_part
from ui.widgets.stage import PlainStage

BITS = 64
ALL = "all"
PARITY, FLIPS = "parity", "parity_flips"
_FLIPS_IN_LINK = re.compile(r"[1-9][0-9]?(-[1-9][0-9]?){0,63}")


def _bits(kind: str) -> Array:
    if kind == "ones":
        return np.ones(BITS)
    return (np.random.default_rng(21).random(BITS) < (0.12 if kind == "rare" else 0.5)).astype(np.float64)


@lru_cache
def _pictures(_in: Language) -> Mapping[str, Thumbnail]:
    rows = {"random": _("Random bits"), "ones": _("All ones"), "rare": _("Rare ones")}
    return {
        kind: Thumbnail(label, ribbons=(np.repeat(_bits(kind), 3).tolist(),), ribbon_ink="x")
        for kind, label in rows.items()
    }


def instrument(stage: PlainStage) -> None:
    pictures = {"bits": _("One row of bits"), "study": _("Trained cells"), "live": _("Train two yourself")}
    with stage.top:
        shown = choice(st.segmented_control, _("Picture"), pictures, "bits", "track", label_visibility="collapsed")
    if shown == "study":
        _study(stage)
    elif shown == "live":
        _live(stage)
    else:
        _parity(stage)


def _parity(stage: PlainStage) -> None:
    kind = chosen_thumbnail(_pictures(language()), "random", "parity_bits")
    with stage.dock:
        gate = page_dial(_("Gate a"), 0.0, 1.0, 0.8, 0.01, key="parity_gate")
        thumbnail_choice(_("Bits"), _pictures(language()), "random", "parity_bits", forgets=(FLIPS,))
    bits = _bits(kind)
    flipped = _flipped()
    bits[flipped] = 1.0 - bits[flipped]
    lanes = parity_lanes(bits, gate)
    take_parity(bits, gate, lanes)
    chart = replace(figures.parity_chart(bits, lanes), note=_("Click a bit to flip it."))
    with stage.picture:
        plot(chart, key=PARITY, height="stage", events=("click",))


def _flipped() -> list[int]:
    """The bits that the reader has flipped, from 0. They stand in the session and, from 1, in the link."""
    in_session(FLIPS)
    if FLIPS not in st.session_state or is_back_or_forward():
        st.session_state[FLIPS] = flips_of(st.query_params.get(FLIPS, ""))
    flipped: set[int] = set(st.session_state[FLIPS])
    clicked, known = last_click(st.session_state.get(PARITY)), st.session_state.get(f"{PARITY}_click")
    st.session_state[f"{PARITY}_click"] = clicked
    if clicked is not None and clicked != known and clicked.curve == clicked.row == 0 and clicked.column < BITS:
        flipped ^= {clicked.column}
    st.session_state[FLIPS] = found = sorted(flipped)
    text = "-".join(str(place + 1) for place in found)
    write_in_link(FLIPS, text or None)
    return found


def flips_of(text: str) -> list[int]:
    """Places from 0, of a link's text such as 3-17; none where it is not such a text."""
    if not _FLIPS_IN_LINK.fullmatch(text):
        return []
    places = {int(number) - 1 for number in text.split("-")}
    return sorted(places) if max(places) < BITS else []


def _study(stage: PlainStage) -> None:
    """The recorded study: trained on short sequences, tested on longer ones."""
    study = recorded()
    tasks = study_figure.task_names()
    shown = complete_tasks(study)
    with stage.dock:
        options = {ALL: _("all tasks")} | {task: tasks[task] for task in shown}
        task = choice(st.segmented_control, _("Task"), options, ALL, "track_task")
    drawn = list(shown) if task == ALL else [task]
    take_study(study, drawn)
    with stage.picture:
        plot(study_figure.study_chart(study, drawn), key="study", height="stage")
    with stage.dock:
        st.caption(
            _(
                "Mean of {seeds} seeds, {updates} updates of {batch} sequences, {hidden} units, the same settings for every cell. Chance: {chances}."
            ).format(
                chances=", ".join(f"{tasks[task]} {100 * TASKS[task].chance:.0f} %" for task in shown),
                seeds=study.budget.seeds,
                updates=study.budget.updates,
                batch=study.budget.batch,
                hidden=study.budget.hidden,
            )
        )
    prose_part("after", "steps", "study")


def _live(stage: PlainStage) -> None:
    """Two rows of the study, trained by the visitor."""
    cells = study_figure.cell_names()
    with stage.dock:
        task = choice(st.selectbox, _("Task"), study_figure.task_names(), "parity", "live_task")
        one = choice(st.selectbox, _("First cell"), cells, "lstm", "live_one")
        two = choice(st.selectbox, _("Second cell"), cells, "min_gru", "live_two")
        seed = int(st.number_input(_("Seed"), 0, 9999, 0, **in_link("live_seed")))
    names = (cells[one], cells[two]) if one != two else (f"{cells[one]} 1", f"{cells[two]} 2")
    networks = {
        name: TrackingSettings(task=task, cell=cell, seed=seed) for name, cell in zip(names, (one, two), strict=True)
    }
    train_together(stage, "track_live", networks)
    prose_part("after", "steps", "live")
