"""A cell has one colour and one dash in every figure, and every trace named after a cell has them."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from rnn_core.lab.experiments import EXPERIMENTS
from rnn_core.lab.outcomes import Spread
from rnn_core.lab.settings import RunSettings
from tests.charts import charts, opened, traces
from ui.figures.style import CELL_DASHES, INKS, LSTM_HIDDEN_DASH, TEXT_INKS
from ui.lab.comparison.figures import Named, losses_chart
from ui.lab.comparison.names import looks, short_names
from ui.memory.gradients.figures.flow import memory_chart
from ui.shell import site

NAMED_AFTER = re.compile(r"\b(RNN|GRU|LSTM)\b")
PAGES: dict[str, tuple[str, dict[str, str]]] = {
    "the page on gradients": ("gradients", {}),
    "the LSTM's two paths": ("gradients", {"look": "lstm"}),
    "two runs of three cells": ("states", {"view": "apart"}),
    "four conventions": ("gru", {"preset": "random"}),
    "a recorded comparison": ("experiments", {"story": "cells"}),
    "how far each cell reaches": ("experiments", {"story": "reach"}),
} | {page.slug: (page.slug, {}) for page in site.PAGES}


def cells_of(drawn: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for trace in drawn:
        found = NAMED_AFTER.search(trace.get("name") or "")
        if found and trace["type"] == "scatter":
            yield found[1].lower(), trace


def look_of(trace: dict[str, Any]) -> str:
    return trace["fillcolor"] if "fill" in trace else trace["line"]["color"]


@pytest.mark.parametrize(("slug", "query"), PAGES.values(), ids=PAGES)
def test_a_trace_that_is_named_after_a_cell_has_its_colour_and_its_dash(slug: str, query: dict[str, str]) -> None:
    app = opened(slug, **query)
    for key in charts(app):
        for cell, trace in cells_of(traces(app, key)):
            assert look_of(trace) == INKS[cell].light, (key, trace["name"])
            if "fill" not in trace and NAMED_AFTER.fullmatch(trace["name"]):
                assert trace["line"]["dash"] == CELL_DASHES[cell], (key, trace["name"])


@pytest.mark.parametrize("page", ["the page on gradients", "two runs of three cells", "how far each cell reaches"])
def test_these_pages_draw_all_three_cells(page: str) -> None:
    """Otherwise the test above would find nothing to look at."""
    slug, query = PAGES[page]
    app = opened(slug, **query)
    assert {cell for key in charts(app) for cell, _trace in cells_of(traces(app, key))} == {"rnn", "gru", "lstm"}


def test_a_name_at_the_end_of_a_line_has_the_colour_for_text() -> None:
    app = opened("gradients")
    names = [trace for trace in traces(app, "flow") if "text" in trace["mode"]]
    said = {
        re.sub("<.*?>", "", trace["text"][-1]).split()[0]: trace["textfont"]["color"]
        for trace in names
        if trace["text"][-1]
    }
    assert said["GRU"] == TEXT_INKS["gru"].light
    assert said["RNN"] == TEXT_INKS["rnn"].light


def test_the_lstms_two_states_share_a_colour_and_differ_in_dash_and_the_bound_is_dotted() -> None:
    drawn = {trace.get("name"): trace for trace in traces(opened("gradients"), "flow") if "fill" not in trace}
    assert drawn["LSTM: c"]["line"]["dash"] == CELL_DASHES["lstm"]
    assert drawn["LSTM: h"]["line"]["dash"] == LSTM_HIDDEN_DASH
    assert drawn["(s₁γ)ᵏ"]["line"]["dash"] == "dot"


def named(settings: tuple[RunSettings, ...]) -> list[Named]:
    steps = np.array([0.0, 50.0])
    seen = Spread(steps, np.ones(2), np.ones(2), np.ones(2))
    return [Named(name, look, seen, 50) for name, look in zip(short_names(settings), looks(settings), strict=True)]


def test_settings_of_one_cell_never_have_the_look_of_another() -> None:
    settings = tuple(RunSettings(forget_bias=bias) for bias in (-1.0, 0.0, 1.0, 2.0, 3.0, 4.0))
    drawn = losses_chart(named(settings), "Loss", None).figure.data
    colours = {trace.line.color for trace in drawn if trace.fill is None and trace.mode != "text"}
    assert len(colours) == 6
    assert colours.isdisjoint(INKS[cell].light for cell in CELL_DASHES)


def test_two_settings_of_one_cell_beside_another_share_its_colour_and_differ_in_dash() -> None:
    settings = (RunSettings(cell="gru"), RunSettings(forget_bias=0.0), RunSettings(forget_bias=1.0))
    gru, plain, biased = looks(settings)
    assert (gru.ink, plain.ink, biased.ink) == ("gru", "lstm", "lstm")
    assert (gru.dash, plain.dash) == (CELL_DASHES["gru"], CELL_DASHES["lstm"])
    assert biased.dash not in (gru.dash, plain.dash)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_setting_of_an_experiment_has_a_look_of_its_own(name: str) -> None:
    for task in EXPERIMENTS[name].tasks:
        settings = [each for each in EXPERIMENTS[name].settings if each.task == task]
        found = looks(settings)
        assert len(set(found)) == len(found)


def test_a_line_named_after_a_forget_gate_has_no_cell_look() -> None:
    (line, *_rest) = memory_chart([("b = 1", np.zeros(3))]).figure.data
    assert line.line.color == INKS["forget_gate"].light
