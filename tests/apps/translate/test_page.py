"""The translator's page as a visitor uses it: drag a number, type one, nonsense, both directions, with and without attention."""

import re
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.charts import charts, opened, parts, selected, tables, traces, values


def picture(app: AppTest) -> dict[str, Any]:
    """What the stage was given."""
    return next(data for data in parts(app) if "panels" in data)


def said(app: AppTest) -> str:
    assert len(picture(app)["panels"]) == 1
    written: str = picture(app)["sentence"].split("**")[1]
    return written


def test_a_number_that_nobody_learned_is_translated_at_once_and_dragging_writes_another() -> None:
    app = opened("translate")
    assert said(app) == "三万六千五百零九"
    assert "**三万六千五百零九**: right, with probability" in picture(app)["sentence"]
    assert [sum(row) for row in picture(app)["panels"][0]["weights"]] == pytest.approx([100] * 9, abs=5)
    assert selected(app) == "36,509"
    assert set(charts(app)) >= {"lines", "attention_matrix", "scores", "by_length", "learning"}
    assert values(traces(app, "attention_matrix")[0]["z"]).shape == (
        9,
        len("thirty-six thousand five hundred and nine"),
    )
    app.slider(key="drag_number").set_value(4_001).run()
    assert not app.exception
    assert app.text_input(key="say_en-zh").value == "four thousand and one"
    assert said(app) == "四千零一"
    app.slider(key="beams").set_value(3).run()
    assert not app.exception
    assert [len(row) for row in tables(app)[0]] == [2, 2, 2, 2]


def test_without_attention_there_is_no_matrix_and_dates_go_wrong() -> None:
    app = opened("translate", task="dates", attention="no")
    assert len(said(app)) == 10
    assert "attention_matrix" not in charts(app)
    [panel] = picture(app)["panels"]
    assert panel["weights"] is None
    assert len(panel["state"]) == 48
    shares = {trace["name"]: values(trace["y"]) for trace in traces(app, "by_length")}
    assert shares["with attention"][:-1].mean() > shares["through one state"][:-1].mean() + 0.2


@pytest.mark.parametrize(
    ("task", "typed", "says"),
    [
        ("en-zh", "", "nothing to read"),
        ("en-zh", "三百", "other language"),
        ("en-zh", "<script>alert(1)</script>", "never learned these symbols"),
        ("en-zh", "one hundred " * 20, "more than the 80"),
        ("dates", "<2021>", "never learned these symbols"),
        ("dates", "31 February", "no day 31"),
        ("dates", "2021-13-09", "no month 13"),
    ],
)
def test_nonsense_gets_a_sentence_and_no_answer_to_the_text_before_stays(task: str, typed: str, says: str) -> None:
    app = opened("translate", task=task)
    app.text_input(key=f"say_{task}").set_value(typed).run()
    assert not app.exception
    assert any(says in warning.value for warning in app.warning), [warning.value for warning in app.warning]
    assert not any("panels" in data for data in parts(app))
    assert "lines" not in charts(app)


def test_what_is_no_number_is_answered_but_not_judged_and_digits_are_written_out() -> None:
    app = opened("translate", lang="zh", task="zh-en")
    app.text_input(key="say_zh-en").set_value("百千十").run()
    assert not app.exception
    assert "没有标准答案" in picture(app)["sentence"]
    app.text_input(key="say_zh-en").set_value("342").run()
    assert said(app) == "three hundred and forty-two"
    assert any("三百四十二" in caption.value for caption in app.caption)


@pytest.mark.parametrize("attention", ["yes", "no"])
def test_both_halves_can_be_looked_into_and_feel_the_symbol_that_is_asked_about(attention: str) -> None:
    app = opened("translate", attention=attention, inside="gradients")
    app.session_state["inside_open"] = True
    for half in ("encoder", "decoder"):
        app.session_state["half"] = half
        app.run()
        assert not app.exception
        assert "Sensitivity of the answer" in charts(app)["inside_felt"]["alt"]
        felt = values(next(each["y"] for each in traces(app, "inside_felt") if each["name"] == "∂/∂h"))
        assert len(felt) > 1
        assert (felt > 0).all()


@pytest.mark.parametrize(
    ("task", "typed", "slider", "stands_at"),
    [
        ("en-zh", "seven thousand and one", "drag_number", 7_001),
        ("zh-en", "四十二", "drag_number", 42),
        ("dates", "10 march 1987", "drag_day", date(1987, 3, 10)),
        ("dates", "1850-03-10", "drag_day", date(1987, 3, 9)),
    ],
)
def test_what_is_dragged_stands_at_what_is_read(task: str, typed: str, slider: str, stands_at: object) -> None:
    app = opened("translate", task=task, **{f"say_{task}": typed})
    assert not app.exception
    assert app.slider(key=slider).value == stands_at
    app.text_input(key=f"say_{task}").set_value("nonsense").run()
    assert app.slider(key=slider).value == stands_at


def test_both_readings_of_a_date_are_shown_with_the_networks_belief_in_each():
    app = opened("translate", task="dates", say_dates="9/3/1987")
    assert not app.exception
    assert "has two readings: **1987-03-09** and **1987-09-03**" in picture(app)["sentence"]
    panels = picture(app)["panels"]
    assert ["".join(panel["output"]) for panel in panels] == ["1987-03-09∎", "1987-09-03∎"]
    believed = [float(re.search(r"([\d.]+)%", panel["title"])[1]) for panel in panels]
    assert 50 < sum(believed) < 100
    app.text_input(key="say_dates").set_value("25/3/1987").run()
    assert said(app) == "1987-03-25"
    app.text_input(key="say_dates").set_value("Sat 25 May").run()
    assert said(app) == "--05-25"
    assert any("ISO 8601" in each.value for each in app.caption)
