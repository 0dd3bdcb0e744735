"""The page on forecasts as a visitor uses it: drag today, train, bring a series of one's own, and nonsense."""

import time

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.charts import charts, opened, traces, values
from ui.apps.forecast.figures import forecast_chart
from ui.figures.style import INKS
from ui.lab.comparison.names import cell_kind

SLOW = 120.0  # seconds: the first chunk waits for a worker to start, on a machine that others use


def answer(app: AppTest, name: str = "the network") -> list[float]:
    return values(next(each for each in traces(app, "forecast") if each.get("name") == name)["y"]).tolist()


def test_the_ready_network_forecasts_at_once_and_today_moves_the_forecast() -> None:
    app = opened("forecast")
    before = answer(app)
    assert len(before) == 13, "today's value, and twelve years"
    today = app.select_slider[0]
    today.set_value(today.value + 5).run()
    assert not app.exception
    assert answer(app) != before
    assert set(charts(app)) >= {"forecast", "scores", "learning", "errors"}


def test_training_here_changes_the_forecast_and_goes_back() -> None:
    app = opened("forecast", series="waves")
    ready = answer(app)
    app.button(key="app_run").click().run()
    end = time.monotonic() + SLOW
    while answer(app) == ready:
        assert time.monotonic() < end
        time.sleep(0.1)
        app.run()
    assert not app.exception
    assert any("that you are training" in caption.value for caption in app.caption)
    app.button(key="app_run").click().run()
    while "your network" not in charts(app)["scores"]["alt"]:
        assert time.monotonic() < end, "it is judged when it rests"
        time.sleep(0.1)
        app.run()
    app.button(key="app_back").click().run()
    assert answer(app) == ready


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1,2,abc", "60"),
        ("hello", "only one row"),
        (" ".join(["5"] * 100), "nothing to learn"),
        ("<b>x</b>\n" * 100, "No column holds numbers"),
    ],
)
def test_nonsense_is_met_with_words_and_the_last_good_series_stays(typed: str, says: str) -> None:
    app = opened("forecast", series="own")
    good = [f"{k % 7 + k / 50:.3f}" for k in range(120)]
    app.text_area(key="forecast_typed").set_value("\n".join(good)).run()
    assert not app.exception
    known = charts(app)["forecast"]["figure"]
    app.text_area(key="forecast_typed").set_value(typed).run()
    assert not app.exception
    assert any(says in problem.value for problem in app.error), [problem.value for problem in app.error]
    assert charts(app)["forecast"]["figure"] == known


def test_the_link_holds_the_series_and_both_languages_work() -> None:
    app = opened("forecast", lang="zh", series="nile", forecast_cell="lstm")
    assert "尼罗河" in charts(app)["forecast"]["alt"]
    assert len(answer(app, "网络")) == 9


def test_another_series_of_ones_own_has_sliders_of_its_own() -> None:
    app = opened("forecast", series="own")
    for count in (2_000, 64):
        typed = "\n".join(f"{k % 7 + (k * k) % 11:.1f}" for k in range(count))
        app.text_area(key="forecast_typed").set_value(typed).run()
        assert not app.exception
        assert not app.error
        assert any(f"{count} values" in caption.value for caption in app.caption)


def test_every_measure_is_compared() -> None:
    said = [info.value for info in opened("forecast", series="nile").info]
    assert said == ["By “mean absolute error, next step” the network does not do better than: linear autoregression."]


def test_every_entry_of_the_legend_is_drawn_differently() -> None:
    app = opened("forecast")
    shown = [trace for trace in traces(app, "forecast") if trace["showlegend"] and "fill" not in trace]
    looks = [(trace["line"]["color"], trace["line"]["dash"]) for trace in shown]
    assert len(looks) > 4
    assert len(set(looks)) == len(looks)
    dotted = [trace["name"] for trace in shown if trace["line"]["dash"] == "dot"]
    assert dotted == ["what came then"]


def test_what_is_read_aloud_of_errors_stands_on_the_page_too() -> None:
    chart = charts(opened("forecast"))["forecast"]
    assert chart["note"].startswith("Mean absolute error after today: the network ")
    assert "repeat the last value" in chart["note"]
    assert chart["note"] in chart["alt"]


@pytest.mark.parametrize("cell", ["rnn-tanh", "gru", "lstm"])
def test_the_networks_line_has_the_colour_of_its_cell(cell: str) -> None:
    answer = np.ones(3)
    chart = forecast_chart(
        np.arange(9.0), tuple("abcdefghi"), 5, 0, 4, (answer, None), {"last": answer}, "T", cell_kind(cell)
    )
    (line,) = (trace for trace in chart.figure.data if trace.name == "the network")
    assert line.line.color == INKS[cell_kind(cell)].light
    assert chart.note == "Mean absolute error after today: the network 6, last 6."
