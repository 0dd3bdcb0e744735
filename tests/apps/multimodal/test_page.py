"""The page on pictures with questions as a visitor uses it: other questions, one's own, one input less, and nonsense."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.apps.digits import pictures
from tests.charts import board, charts, opened, selected, traces, values
from ui.apps.multimodal.presets import PRESETS
from ui.i18n import LANGUAGES


def yes(app: AppTest) -> list[float]:
    return [share for _no, share in board(app)["stream"]["beliefs"]]


def test_each_word_changes_the_belief_and_each_question_the_answer() -> None:
    app = opened("multimodal", asked_picture="3")
    before = yes(app)
    assert len(before) == 5, "is it greater than five"
    taken = values(traces(app, "ablation")[0]["y"])
    answer = board(app)["answer"]
    assert answer["text"] == "no"
    assert [part["share"] for part in answer["parts"]] == pytest.approx(1.0 - taken[1:], abs=0.006)
    app.text_input(key="typed_question").set_value("Is it less than 5?").run()
    assert not app.exception
    assert (yes(app)[-1] > 0.5) != (before[-1] > 0.5)
    assert set(charts(app)) >= {"ablation", "by_digit", "meeting_gate", "scores", "learning"}
    assert board(app)["answer"]["text"] == "yes"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_on_an_answer_that_needs_both_inputs(lang: str) -> None:
    answer = board(opened("multimodal", lang))["answer"]
    assert answer["is_right"]
    assert max(part["share"] for part in answer["parts"]) < 0.2


def test_what_was_never_trained_is_said() -> None:
    app = opened("multimodal")
    notes = []
    for asked in ("it is what", "这个数字大于4吗", "is it above 4"):
        app.text_input(key="typed_question").set_value(asked).run()
        notes.append(board(app)["answer"]["note"])
    assert ["not from its grammar" in note for note in notes] == [True, False, False]


@pytest.mark.parametrize(
    ("typed", "says"),
    [("<script>alert(x)</script>", "none of these words"), ("5 " * 60, "at most 40"), ("Привет", "none")],
)
def test_nonsense_is_met_with_words_and_the_last_good_question_stays(typed: str, says: str) -> None:
    app = opened("multimodal", question="even")
    field = app.text_input(key="typed_question")
    field.set_value("is it a banana?").run()
    assert any("banana" in each.value for each in app.warning)
    known = board(app)["stream"]
    field.set_value(typed).run()
    assert not app.exception
    assert [says in problem.value for problem in app.error] == [True]
    assert board(app)["stream"] == known


def test_the_inside_opens_and_a_network_of_one_input_needs_only_that() -> None:
    app = opened("multimodal", lang="zh", fusion="early", question="greater_zh")
    app.session_state["inside_open"] = True
    app.run()
    assert not app.exception
    assert set(charts(app)) >= {"asked_about", "yes", "push", "inside_h"}
    app = opened("multimodal", inputs="picture")
    assert len(yes(app)) == 1, "one empty word"


def test_an_empty_drawing_is_asked_for() -> None:
    app = opened("multimodal", multimodal_source="draw")
    assert board(app)["picture"] is None
    assert board(app)["hint"].startswith("Draw a digit")


def test_a_preset_shows_its_picture_and_asks_its_question() -> None:
    app = opened("multimodal", asked_picture="1", question="even")
    assert selected(app) is None
    at = int(np.flatnonzero(pictures.pictures("test").digits == PRESETS["not"].digit)[0])
    app = opened("multimodal", asked_picture=str(at + 1), typed_question=PRESETS["not"].typed)
    assert selected(app) == "not"
    assert board(app)["stream"]["steps"] == ["is", "it", "not", "greater", "than", "five"]


def test_a_chosen_question_takes_the_place_of_a_typed_one() -> None:
    app = opened("multimodal", typed_question="is it odd?")
    odd = yes(app)
    app.button_group(key="question").set_value("even").run()
    assert not app.exception
    assert app.text_input(key="typed_question").value == ""
    assert len(yes(app)) == 3
    assert yes(app) != odd
