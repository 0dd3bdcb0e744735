"""A memory of pairs: the matrices of two rules, the error of every read, and a key that is written twice."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
import streamlit as st

from rnn_core.studies.modern.pairs import (
    RULES,
    Keys,
    PairsSetup,
    RecallCurves,
    draw_pairs,
    errors,
    memories,
    nearest,
    recall_curves,
    rewrite,
)
from ui.browser.dial import page_dial
from ui.browser.plot import plot
from ui.browser.thumbnails import Thumbnail, ThumbnailLine, chosen_thumbnail, thumbnail_choice
from ui.figures.words import number
from ui.i18n import Language, _, language
from ui.memory.after import figures, own_keys
from ui.memory.after.take import take_pairs
from ui.widgets.choices import choice
from ui.widgets.stage import PlainStage
from ui.widgets.tables import table

SEEDS, COUNTS = 8, 8  # of the curves of recall
PICTURED = PairsSetup()  # of the thumbnails


@lru_cache(maxsize=64)
def _curves(setup: PairsSetup) -> RecallCurves:
    most = max(2 * setup.d, setup.pairs)
    counts = sorted({int(count) for count in np.linspace(1, most, COUNTS)})
    return recall_curves(replace(setup, pairs=most), tuple(counts), SEEDS)


@lru_cache
def _pictures(_in: Language) -> Mapping[Keys, Thumbnail]:
    """A picture of each kind of keys: how the errors of the two rules grow with the number of pairs."""
    kinds: dict[Keys, str] = {"random": _("Random"), "orthogonal": _("Orthogonal"), "similar": _("Similar")}
    curves = {kind: _curves(replace(PICTURED, pairs=1, keys=kind)).error for kind in kinds}
    highest = {kind: max(float(curves[kind][rule].max()) for rule in figures.WITH_A_MATRIX) for kind in kinds}
    return {
        kind: Thumbnail(
            label,
            tuple(
                ThumbnailLine((curves[kind][rule] / highest[kind]).tolist(), figures.INKS[rule])
                for rule in figures.WITH_A_MATRIX
            ),
        )
        for kind, label in kinds.items()
    }


def instrument(stage: PlainStage) -> None:
    views = {"drawn": _("Many keys"), "own": _("Draw your own keys")}
    with stage.top:
        shown = choice(st.segmented_control, _("Picture"), views, "drawn", "pairs_view", label_visibility="collapsed")
    if shown == "own":
        own_keys.instrument(stage)
    else:
        _drawn(stage)


def _drawn(stage: PlainStage) -> None:
    pictures = _pictures(language())
    keys = chosen_thumbnail(pictures, "random", "pairs_keys")
    with stage.dock:
        N = int(page_dial(_("Pairs N"), 1, 64, 20, key="pairs_N"))
        d = int(page_dial(_("Size d"), 4, 32, 16, 4, key="pairs_d"))
        thumbnail_choice(_("Keys"), pictures, "random", "pairs_keys")
    setup = PairsSetup(d=d, pairs=N, keys=keys)
    pairs = draw_pairs(setup)
    found = {rule: errors(pairs, rule, setup) for rule in RULES}
    states = [memories(pairs, rule, setup.decay)[-1] for rule in figures.WITH_A_MATRIX]
    with stage.picture:
        for column, (chart, key) in zip(
            st.columns(3),
            [
                *zip(figures.memory_matrices(states, N), ("hebbian_memory", "delta_memory"), strict=True),
                (figures.recall_chart(_curves(replace(setup, pairs=1)), d, N), "recall"),
            ],
            strict=True,
        ):
            with column:
                plot(chart, key=key, height="stage")
    for column, (chart, key) in zip(
        st.columns(2),
        zip(figures.read_bars(found["hebbian"], found["delta"]), ("hebbian_reads", "delta_reads"), strict=True),
        strict=True,
    ):
        with column:
            plot(chart, key=key)
    take_pairs(setup, pairs, _curves(replace(setup, pairs=1)), SEEDS)
    rewritten = [rewrite(setup, rule, 0) for rule in RULES]
    table(
        {
            _("rule"): [figures.rule_names()[rule] for rule in RULES],
            _("mean squared error"): [number(float(found[rule].mean())) for rule in RULES],
            _("reads nearest to their own value"): [_percent(nearest(pairs, rule, setup)) for rule in RULES],
            _("key 1 rewritten: old value kept"): [_percent(each.old) for each in rewritten],
            _("new value read"): [_percent(each.new) for each in rewritten],
        }
    )


def _percent(share: float) -> str:
    return f"{round(100 * share)}%"
