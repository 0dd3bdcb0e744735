"""The page on forecasts as a visitor uses it: drag today, train, bring a series of one's own, and nonsense."""

import json
import time
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.charts import charts, opened, parts, set_dial, traces, values
from ui.apps.forecast.figures import forecast_chart
from ui.figures.style import INKS
from ui.lab.comparison.names import cell_kind

SLOW = 120.0  # seconds: the first chunk waits for a worker to start, on a machine that others use


def dial_of_today(app: AppTest) -> dict[str, Any]:
    return next(part for part in parts(app) if str(part.get("key")).startswith("today_"))


def answer(app: AppTest, name: str = "the network") -> list[float]:
    return values(next(each for each in traces(app, "forecast") if each.get("name") == name)["y"]).tolist()


def test_the_ready_network_forecasts_at_once_and_today_moves_the_forecast() -> None:
    app = opened("forecast")
    before = answer(app)
    assert len(before) == 13, "today's value, and twelve years"
    today = dial_of_today(app)
    set_dial(app, **{today["key"]: today["value"] + 5})
    assert not app.exception
    assert answer(app) != before
    assert set(charts(app)) >= {"forecast", "scores", "learning", "errors"}


def test_today_is_a_date_in_the_link_and_the_line_in_the_chart_moves_it() -> None:
    app = opened("forecast", today_sunspots_261_296="1980")
    today = dial_of_today(app)
    assert today["names"][today["value"] - today["low"]] == "1980"
    layout = json.loads(charts(app)["forecast"]["figure"])["layout"]
    reach = {name: today[name] for name in ("low", "high")}
    assert layout["meta"]["handle"] == {"dial": today["key"], "at": today["value"], **reach}
    assert dial_of_today(opened("forecast", today_sunspots_261_296="1066"))["value"] == today["usual"]
    last = opened("forecast", today_sunspots_261_296="2008")
    assert "The future, 12 steps ahead" in charts(last)["forecast"]["alt"], "nothing has come yet"
    set_dial(app, **{today["key"]: today["value"] + 1})
    assert app.query_params[today["key"]] in ("1981", ["1981"])


def test_the_sentence_compares_with_the_best_simple_rule() -> None:
    values, none = np.arange(9.0), None
    rules = {"near": np.array([6.0, 7.5]), "far": np.zeros(2)}
    charts_of = [
        forecast_chart(values, tuple("abcdefghi"), 5, 0, 4, (ours, none), rules, "T").figure.layout.title.text
        for ours in (np.array([6.0, 7.0]), np.array([6.0, 9.0]))
    ]
    assert charts_of[0].endswith("off by <b>0</b> on average; the best simple rule, “near”, by 0.25.")
    assert charts_of[1].endswith("off by <b>1</b> on average; here “near” is better, with 0.25.")


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
    assert said == [
        "Measured by “mean absolute error, next step”, the network is no better than: linear autoregression."
    ]


def test_every_entry_of_the_legend_is_drawn_differently() -> None:
    app = opened("forecast")
    shown = [trace for trace in traces(app, "forecast") if trace["showlegend"] and "fill" not in trace]
    looks = [(trace["line"]["color"], trace["line"]["dash"]) for trace in shown]
    assert len(looks) > 4
    assert len(set(looks)) == len(looks)
    dotted = [trace["name"] for trace in shown if trace["line"]["dash"] == "dot"]
    assert dotted == ["the true values"]


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


def test_an_own_series_opens_with_its_future_and_columns_are_shown() -> None:
    app = opened("forecast", series="own")
    rows = [
        "month,index,sold",
        *(f"{2001 + k // 12}-{k % 12 + 1:02d},{k % 5},{100 + k + 9 * (k % 12)}" for k in range(120)),
    ]
    app.file_uploader(key="forecast_file").upload("sales.csv", "\n".join(rows).encode(), "text/csv").run()
    assert not app.exception
    assert dial_of_today(app)["value"] == 119, "the last value"
    assert not any(name.startswith("today") for name in app.query_params)
    ahead = answer(app, "repeat the last season")
    assert len(ahead) == 1 + 10
    assert not any(trace["name"] == "what came then" for trace in traces(app, "forecast"))
    assert any("**sold**" in caption.value and "█" in caption.value for caption in app.caption)
    assert app.number_input[0].value == 12
