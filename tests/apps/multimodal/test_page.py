"""The page on pictures with questions as a visitor uses it: other questions, one's own, one input less, and nonsense."""

import pytest

from tests.charts import charts, opened, traces, values


def yes(app) -> list[float]:
    return values(traces(app, "yes")[0]["y"]).tolist()


def test_each_word_changes_the_belief_and_each_question_the_answer() -> None:
    app = opened("multimodal")
    before = yes(app)
    assert len(before) == 5, "is it greater than five"
    app.text_input(key="typed_question").set_value("Is it less than 5?").run()
    assert not app.exception
    assert (yes(app)[-1] > 0.5) != (before[-1] > 0.5)
    assert set(charts(app)) >= {"asked_about", "yes", "ablation", "by_digit", "meeting_gate", "scores", "learning"}
    assert len(values(traces(app, "ablation")[0]["y"])) == 4


def test_what_was_never_trained_is_said() -> None:
    app = opened("multimodal")
    notes = []
    for asked in ("it is what", "这个数字大于4吗", "is it above 4"):
        app.text_input(key="typed_question").set_value(asked).run()
        notes.append({each.value for each in app.caption})
    assert any("not from its grammar" in note for note in notes[0])
    assert not any("not from its grammar" in note for note in notes[1] | notes[2])


@pytest.mark.parametrize(
    ("typed", "says"),
    [("<script>alert(x)</script>", "none of these words"), ("5 " * 60, "at most 40"), ("Привет", "none")],
)
def test_nonsense_is_met_with_words_and_the_last_good_question_stays(typed: str, says: str) -> None:
    app = opened("multimodal", question="even")
    field = app.text_input(key="typed_question")
    field.set_value("is it a banana?").run()
    assert any("banana" in each.value for each in app.warning)
    known = charts(app)["yes"]["figure"]
    field.set_value(typed).run()
    assert not app.exception
    assert [says in problem.value for problem in app.error] == [True]
    assert charts(app)["yes"]["figure"] == known


def test_the_inside_opens_and_a_network_of_one_input_needs_only_that() -> None:
    app = opened("multimodal", lang="zh", fusion="early", question="greater_zh")
    app.session_state["inside_open"] = True
    app.run()
    assert not app.exception
    assert set(charts(app)) >= {"push", "inside_h"}
    app = opened("multimodal", inputs="picture")
    assert len(yes(app)) == 1, "one empty word"


def test_an_empty_drawing_is_asked_for() -> None:
    app = opened("multimodal", multimodal_source="draw")
    assert any("Draw a digit" in each.value for each in app.info)


def test_a_chosen_question_takes_the_place_of_a_typed_one() -> None:
    app = opened("multimodal", typed_question="is it odd?")
    odd = yes(app)
    app.button_group(key="question").set_value("even").run()
    assert not app.exception
    assert app.text_input(key="typed_question").value == ""
    assert len(yes(app)) == 3
    assert yes(app) != odd
