"""The page on sentiment as a visitor uses it: swap, leave out, type nonsense, bring a file."""

import re
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.apps.sentiment.settings import SHIPPED
from tests.charts import charts, opened, parts, tables
from ui.apps.sentiment.figures import WordRow, belief_chart, share_rows, signed_rows
from ui.browser.road import Lane, RoadWord, clicked_word


def answers(app: AppTest) -> list[list[float]]:
    """(orders, answers): network, known words, bag, bag with neighbours."""
    return [[float(re.findall(r"[\d.]+", cell)[0]) / 100 for cell in row[1:]] for row in tables(app)[0][1:]]


def lanes(app: AppTest) -> list[dict[str, Any]]:
    """The sentences of the stage, as the browser gets them."""
    return next(data["lanes"] for data in parts(app) if "lanes" in data)


def review(app: AppTest) -> list[str]:
    return [word["shown"] for word in lanes(app)[0]["words"]]


def test_a_swap_changes_the_network_s_mind_and_never_the_bag_s() -> None:
    app = opened("sentiment")
    (first, second) = answers(app)
    above, beneath = lanes(app)
    assert [above["beliefs"][-1], beneath["beliefs"][-1]] == pytest.approx([first[0], second[0]], abs=0.0006)
    assert above["bag"] == beneath["bag"] == pytest.approx(first[2], abs=0.0006)
    assert first[0] < 0.1 < 0.9 < second[0]
    assert first[1:3] == second[1:3]
    app.button(key="review_swap").click().run()
    assert not app.exception
    assert app.text_input[0].value == "slow, but not at all boring"
    assert answers(app) == [second, first]
    app.button(key="review_negation").click().run()
    assert app.text_input[0].value == "slow, but boring"
    assert answers(app)[0][0] < 0.5
    assert len(lanes(app)) == 2, "slow, but boring: its parts change places as well"
    app.toggle(key="other_order").set_value(False).run()
    assert len(lanes(app)) == 1
    assert set(charts(app)) >= {"belief", "decided", "doing", "scores", "learning"}


def test_the_link_holds_the_review_and_chinese_is_read_word_by_word() -> None:
    app = opened("sentiment", lang="zh", review_zh="<b>鲸鱼</b>不错，但是很慢", reviewer="gru")
    unknown = [word["shown"] for word in lanes(app)[0]["words"] if not word["isKnown"]]
    assert {"鲸", "<"} <= set(unknown)
    assert "不错" in review(app), "one word, no negation"
    assert app.button(key="review_negation").disabled
    assert "<b" not in charts(app)["belief"]["figure"].replace("<br>", "").replace("<b>%{", "")
    pills = next(each for each in app.get("button_group") if each.proto.label == "选词")
    assert len(pills.options) == len(["<", "b", ">", "鲸", "鱼", "<", "/", "b", ">", "不错", "，", "但是", "很", "慢"])


@pytest.mark.parametrize("typed", ["", "  ", "...", "，。"])
def test_where_there_is_no_word_a_sentence_says_so_and_the_last_review_stays(typed: str) -> None:
    app = opened("sentiment", review_en="anything but boring")
    before = review(app)
    app.text_input[0].set_value(typed).run()
    assert not app.exception
    assert "no word" in app.error[0].value
    assert review(app) == before


def test_a_long_review_is_cut_and_every_network_reads_it() -> None:
    for name in SHIPPED:
        app = opened("sentiment", review_en="good " * 200, reviewer=name)
        assert any("first 120 words" in warning.value for warning in app.warning)


def test_a_word_that_is_clicked_is_left_out_and_the_picture_promised_what_that_gives() -> None:
    app = opened("sentiment", review_en="slow, but not at all zorgly boring")
    promised = lanes(app)[0]["without"][3]
    app.session_state["review_en"] = "slow, but at all zorgly boring"
    assert lanes(app.run())[0]["beliefs"][-1] == pytest.approx(promised)
    shown = [Lane([RoadWord("a", True, False, False)] * 3, *[np.zeros(3)] * 3, np.zeros((3, 2)), 0.5)]
    for sent, means in (
        ({"lane": 0, "word": 2}, (0, 2)),
        ({"lane": 1, "word": 0}, None),
        ({"lane": 0, "word": 3}, None),
        ({"lane": 0, "word": "0"}, None),
        ("a", None),
    ):
        assert clicked_word({"left_out": sent}, shown) == means


def upload(app: AppTest, data: bytes) -> AppTest:
    return app.file_uploader(key="sentiment_file").upload("reviews.csv", data, "text/csv").run()


def test_a_file_is_read_scored_and_trained_on_and_nonsense_is_told() -> None:
    rows = [f'"{"not " * (k % 2)}good, {"abcdefghij"[k % 10]}{k}",{k % 2 ^ 1}' for k in range(240)]
    app = opened("sentiment")
    upload(app, "\n".join(["text,label", *rows, "odd,maybe"]).encode())
    assert not app.exception
    assert any("Reviews: 240" in caption.value for caption in app.caption)
    assert any("242" in warning.value for warning in app.warning), "the row of the wrong label, counted with the header"
    assert any("Right answers: network 100.0%" in text.value for text in app.markdown)
    for data in (b"", b"\0\1\2", b"a,b\nc,d", b"one row"):
        upload(app, data)
        assert not app.exception
        assert app.error
        assert any("Reviews: 240" in caption.value for caption in app.caption), "the last good file stays"
    app.toggle(key="sentiment_on_own").set_value(True).run()
    assert not app.exception
    assert any("No network with these settings is ready" in info.value for info in app.info)
    app.button(key="review_swap").click().run()
    assert app.toggle(key="sentiment_on_own").value, "it stays, although there is no network yet"
    upload(app, "\n".join(["text,label", *(f"good {'x' * 8000},{k % 2}" for k in range(220))]).encode())
    assert any("Only 250,000 letters" in problem.value for problem in app.error)


def test_the_charts_are_what_plotly_takes_and_tell_their_words() -> None:
    words, values = ["<b>", "好", "slow"], np.array([0.5, -2.0, 0.0])
    drawn = [
        belief_chart(words, np.array([0.5, 0.6, 0.9, 0.1]), 0.4, "belief", "P(positive)"),
        signed_rows(words, [WordRow("moved", values)], "signed"),
        share_rows(words, [WordRow("share", np.abs(values))], "shares"),
    ]
    for chart in drawn:
        go.Figure(chart.figure.to_plotly_json())  # raises where plotly knows no such property
        assert "<b>" not in str(chart.figure.layout.xaxis.ticktext)
    assert "slow 10%" in drawn[0].alt
    assert "好 −2" in drawn[1].alt


def test_of_many_reviews_the_page_says_how_many_are_used() -> None:
    rows = [
        f"{word} film {k} {'long ' * 25},{label}" for word, label in (("fine", 1), ("dull", 0)) for k in range(2000)
    ]
    app = opened("sentiment")
    upload(app, "\n".join(["text,label", *rows]).encode())
    assert not app.exception
    assert any("3,000 of 4,000 reviews are used" in warning.value for warning in app.warning)
    app.toggle(key="sentiment_on_own").set_value(True).run()
    assert not app.exception
    said = next(warning.value for warning in app.warning if "trained and tested on" in warning.value)
    used = int(re.search(r"([\d,]+) of your 4,000 reviews", said)[1].replace(",", ""))
    assert 250_000 / 141 < used < 250_000 / 134
