"""The charts of many runs: a median, a band, a baseline, and what a counting network does."""

import numpy as np
import plotly.graph_objects as go
import pytest

from rnn_core.lab.counts import CountingRun
from rnn_core.lab.outcomes import Spread
from tests.charts import values
from ui.figures.chart import Chart
from ui.lab.comparison.figures import (
    Look,
    Named,
    Reach,
    loss_result,
    losses_chart,
    reach_chart,
    success_chart,
    success_result,
)
from ui.lab.experiments.figures import best_counter, counted_chart, memory_chart

STEPS = np.array([0.0, 50.0, 100.0])
FINE = Spread(STEPS, np.array([1.0, 0.1, 0.01]), np.array([1.0, 0.2, 0.02]), np.array([1.0, 0.5, 0.3]))
LOST = Spread(STEPS, np.array([1.0, 3.0, np.inf]), np.array([1.0, 4.0, np.inf]), np.array([1.0, 9.0, np.inf]))
TWO = [Named("fine", Look("h", "solid"), FINE, 200), Named("lost", Look("y", "dash"), LOST, 200)]
COUNT = np.array([0.0, 1, 2, 3, 2, 1, 0])
READ = CountingRun(
    tuple("|aaabbb"), np.stack([np.zeros(7), 2 * COUNT + 1, np.sin(COUNT)], axis=1), ("a",) * 7, np.ones(7, bool)
)


def traces(chart: Chart) -> list[dict]:
    return go.Figure(chart.figure.to_dict()).to_plotly_json()["data"]


def test_the_line_is_the_median_and_the_band_reaches_from_the_lowest_to_the_highest() -> None:
    chart = losses_chart(TWO, "Loss", ("baseline", 0.5))
    drawn = traces(chart)
    line = next(each for each in drawn if each.get("name") == "fine" and "fill" not in each)
    band = next(each for each in drawn if each.get("name") == "fine" and "fill" in each)
    np.testing.assert_allclose(values(line["y"]), FINE.median)
    np.testing.assert_allclose(sorted(values(band["y"])), sorted([*FINE.low, *FINE.high]))
    np.testing.assert_allclose(values(band["x"]), [0, 50, 100, 100, 50, 0])
    names = next(each for each in drawn if each["mode"] == "text")
    assert sorted(text.strip() for text in names["text"]) == ["baseline", "fine", "lost"]
    assert not any(each.get("showlegend") for each in drawn)
    assert chart.figure.layout.xaxis.range == (-2, 202)
    assert "lost: from 1 to 4" in chart.alt
    assert "At 100 it is infinity." in chart.alt


def test_success_is_a_share_and_the_reach_goes_over_lengths() -> None:
    assert success_chart(TWO[:1], "Success").figure.layout.yaxis.range == (-0.04, 1.04)
    losses = np.array([[0.001, 0.002], [0.1, np.nan], [np.nan, np.nan]])
    cell = Reach("GRU", Look("gru", "dash"), np.array([10.0, 20.0, 40.0]), losses)
    line = next(
        each
        for each in traces(reach_chart([cell], "Reach", ("baseline", 1 / 6)))
        if each.get("name") == "GRU" and "fill" not in each
    )
    np.testing.assert_allclose(values(line["y"]), [0.0015, 0.1])
    np.testing.assert_allclose(values(line["x"]), [10, 20])


def test_the_counting_unit_is_found_and_named() -> None:
    assert best_counter(READ) == (1, pytest.approx(1.0))
    chart = memory_chart(READ, "c")
    assert "c₂" in chart.figure.layout.title.text
    np.testing.assert_allclose(values(traces(chart)[2]["y"]), READ.memory[:, 1])
    assert best_counter(CountingRun(("|",), np.zeros((1, 2)), ("a",), np.ones(1, bool))) == (0, 0.0)


def test_right_strings_are_counted_in_words() -> None:
    chart = counted_chart(["LSTM", "GRU"], np.array([[1.0, 1.0, 0.0], [1.0, 0.0, 0.0]]), 2)
    assert traces(chart)
    assert "LSTM: 2 of 3 are right. GRU: 1 of 3 are right." in chart.alt


def test_the_results_name_the_settings_at_both_ends() -> None:
    low, high = loss_result(TWO), success_result(TWO, "Sums")
    assert all(each.name in low and each.name in high for each in TWO)
    assert low.startswith("Validation loss: fine is lowest at 0.02, lost highest")
