"""The recommender's page as a visitor uses it: click, undo, type nonsense, bring sessions, train."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.charts import charts, opened, parts, selected, tables, traces, values


def names(app: AppTest) -> list[str]:
    """What the list shows, the first item first."""
    return next(trace["customdata"] for trace in traces(app, "suggestions") if trace["type"] == "bar")


def shop(app: AppTest) -> dict[str, Any]:
    """What the stage was given."""
    return next(data for data in parts(app) if "clicked" in data)


def clicked(app: AppTest) -> list[str]:
    return [shop(app)["items"][item]["name"] for item in shop(app)["clicked"]]


def test_a_click_changes_the_list_and_the_link_and_undo_takes_it_back() -> None:
    app = opened("recommend")
    assert set(charts(app)) >= {"suggestions", "why", "map", "scores", "learning"}
    before = names(app)
    assert before.index("memory card") == 5, "the question says number 6"
    assert "**memory card** at number **6**. By the last click alone it would be number **16**" in shop(app)["sentence"]
    assert [shop(app)["items"][row["item"]]["name"] for row in shop(app)["list"]] == before
    assert sum(each["share"] for each in shop(app)["categories"]) == pytest.approx(1.0, abs=1e-3)
    assert selected(app) == "need"
    app.session_state["recommend_clicks"] = (*app.session_state["recommend_clicks"], 0)  # as a click on the shelf
    app.session_state["category"] = "coffee"
    app.run()
    assert not app.exception
    assert clicked(app)[-2:] == ["travel mug", "camera"]
    assert app.query_params["category"] == "coffee"
    assert app.query_params["clicks"] == "0.13.14.0"
    assert names(app) != before
    assert len(values(traces(app, "why")[0]["z"])[0]) == 4, "one column a click"
    app.button(key="clicks_undo").click().run()
    assert names(app) == before
    app.button(key="clicks_clear").click().run()
    assert clicked(app) == []
    assert "why" not in charts(app)


def test_a_link_opens_its_session_and_nonsense_in_it_is_left_out_with_a_word() -> None:
    app = opened("recommend", lang="zh", clicks="0.999.<b>.24", recommend_cell="lstm")
    assert clicked(app) == ["相机", "帐篷"]
    assert len(app.warning) == 1
    assert "前 5 命中率" in charts(app)["scores"]["alt"]


@pytest.mark.parametrize(
    ("typed", "says"), [("card", "memory card"), ("<script>", "no such item"), ("飞船", "no such item")]
)
def test_a_typed_item_is_taken_or_explained(typed: str, says: str) -> None:
    app = opened("recommend")
    app.text_input(key="item_typed").set_value(typed).run()
    assert not app.exception
    assert any(says in warning.value for warning in app.warning)
    app.text_input(key="item_typed").set_value(" Memory Card ").run()
    assert clicked(app)[-1] == "memory card"
    assert app.text_input(key="item_typed").value == ""


def test_own_sessions_are_scored_and_nonsense_leaves_the_last_good_ones() -> None:
    app = opened("recommend")
    field = app.text_area(key="recommend_typed")
    field.set_value("session,item\na,camera\na,tent\na,memory card\na,<b>x</b>\nb,帐篷\nb,地钉").run()
    assert not app.exception
    assert any("Sessions: 2. Clicks in them: 5" in text.value for text in app.caption)
    assert app.dataframe[0].value.iloc[0].tolist() == [5, "no item of this shop", "<b>x</b>"]
    (own,) = (each for each in tables(app) if each[0][0] == "on your sessions")
    assert [len(row) for row in own] == [5] * 5
    for nonsense, says in (
        ("x,y\n1,2", "sessions of two clicks or more"),
        ("a,camera\nb,tent", "No session has two"),
        ("hello", "only one row"),
    ):
        app.text_area(key="recommend_typed").set_value(nonsense).run()
        assert not app.exception
        assert any(says in problem.value for problem in app.error), nonsense
        assert own in tables(app), "the last good ones stay"
    app.button(key="recommend_forget").click().run()
    assert not app.exception
    assert own not in tables(app)
    assert app.text_area(key="recommend_typed").value == ""


def test_settings_that_nothing_ships_for_still_show_what_can_be_known() -> None:
    app = opened("recommend", recommend_H="32")
    assert [trace["name"] for trace in traces(app, "suggestions")] == ["best possible", "what followed the last item"]
    assert all(row["network"] is None for row in shop(app)["list"])
    assert "scores" in charts(app)
    assert not {"why", "map"} & set(charts(app))


def test_a_link_with_too_many_clicks_is_told_so() -> None:
    app = opened("recommend", clicks=".".join(["3"] * 25))
    assert any("more than 20 clicks" in warning.value for warning in app.warning)
    assert not any("Not every click" in warning.value for warning in app.warning)
