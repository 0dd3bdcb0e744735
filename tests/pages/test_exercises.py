"""The pages of exercises and worksheets: answers are judged, mistakes named, progress kept and files refused with a sentence."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.studies.practice.goal_list import GOALS
from rnn_core.studies.practice.orders import MATCHES, ORDERS
from rnn_core.studies.practice.value_tasks import value_exercise
from rnn_core.studies.practice.values import ValueExercise
from tests.charts import opened, parts, words
from ui.course.practice.names import reported


def solved(app: AppTest) -> list[str]:
    (found,) = (part["solved"] for part in parts(app) if "forget" in part)
    return list(found)


def answer(app: AppTest, text: str) -> AppTest:
    (field,) = (each for each in app.text_input if each.key.startswith("answer_"))
    field.set_value(text)
    return app.button[0].click().run()


def test_an_answer_is_judged_by_the_numbers_that_are_shown() -> None:
    exercise = value_exercise("rnn_state", 7)
    app = opened("exercises", exercise="rnn_state", numbers="7")
    assert f"{exercise.run.trace.hs[1, 0]:.4g}".replace("-", "−") in words(app)

    (mistake,) = (each for each in exercise.mistakes if each.kind == "function")
    answer(app, f"{mistake.value:.4f}".replace(".", ","))
    assert "activation function was not applied" in app.info[0].value
    assert solved(app) == []

    answer(app, "a half")
    assert "not one number" in app.warning[0].value

    answer(app, f"{exercise.answer:.3g}")
    assert app.success
    assert solved(app) == ["rnn_state"]


def test_every_mistake_has_its_own_sentence() -> None:
    def sentences(exercise: ValueExercise) -> set[str]:
        return {reported(exercise, each) for each in exercise.mistakes}

    for name in ("rnn_state", "lstm_hidden", "gru_state", "lstm_back_forget_sum", "rnn_back_state"):
        exercise = value_exercise(name, 0)
        found = sentences(exercise)
        assert len(found) >= len(exercise.mistakes) - 1  # one product of two factors can be wrong in two ways
        assert not any("{" in re.sub(r"\$[^$]*\$", "", text) for text in found)


def press(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label == label).click().run()


def test_three_hints_and_the_solution_come_one_after_another_and_a_seen_solution_does_not_count() -> None:
    app = opened("exercises", exercise="gru_state")
    for number in (1, 2, 3):
        press(app, f"Hint {number} of 3")
        assert f"**Hint {number}**" in words(app)
    press(app, "Show the solution")
    assert "**Solution**" in words(app)
    answer(app, repr(value_exercise("gru_state", 0).answer))
    assert "new numbers" in app.success[0].value
    assert solved(app) == []


def test_the_sum_is_checked_term_by_term() -> None:
    exercise = value_exercise("rnn_state", 0)
    app = opened("exercises", exercise="rnn_state")
    app.toggle[0].set_value(True).run()
    fields = [each for each in app.text_input if each.key.startswith("term_")]
    terms = exercise.explain().terms
    assert len(fields) == len(terms) + 1
    fields[0].set_value(f"{terms[0].value:.4f}")
    fields[1].set_value(f"{-terms[1].value:.4f}")
    app.button[0].click().run()
    text = words(app)
    assert text.count("is right.") == 1
    assert text.count("the sign is wrong.") == 1


def test_a_goal_is_solved_when_everything_holds_or_when_nothing_can() -> None:
    app = opened("exercises", exercise="forget_after_five", set_forget_after_five_b_f="1.8")
    assert solved(app) == ["forget_after_five"]
    assert not GOALS["gru_count"].is_possible
    app = press(opened("exercises", exercise="gru_count"), "No setting does it")
    assert solved(app) == ["gru_count"]
    app = press(opened("exercises", exercise="hold_bit"), "No setting does it")
    assert "There is a setting" in app.info[0].value


def test_an_order_and_pairs_are_checked() -> None:
    task = ORDERS["order_gru"]
    app = opened("exercises", exercise="order_gru")
    options = app.multiselect[0].options
    by_name = {
        "r₂": "reset_gate",
        "a^nh₂": "candidate_h",
        "q₂": "reset_h",
        "n₂": "candidate",
        "z₂": "update_gate",
        "h₂": "hs",
    }
    assert sorted(options) == sorted(by_name)
    order = [place.name for place in task.items]
    right = sorted(options, key=lambda text: order.index(by_name[text]))
    app.multiselect[0].set_value(list(reversed(right))).run()
    assert "comes later in your order" in app.info[0].value
    app.multiselect[0].set_value(right).run()
    assert solved(app) == ["order_gru"]

    pairs = MATCHES["match_slopes"].pairs(0)
    app = opened("exercises", exercise="match_slopes")
    fields = [each for each in app.selectbox if each.key.startswith("pair_")]
    for field, option in zip(fields, pairs.right, strict=True):
        field.set_value(option)
    app.button[0].click().run()
    assert solved(app) == ["match_slopes"]


def test_a_sketch_shows_the_curve_after_it_was_compared() -> None:
    app = opened("exercises", exercise="oscillation")
    (drawing,) = (part for part in parts(app) if "started" in part)
    assert drawing["lines"] == []
    press(app, "Compare with the computed curve")
    (drawing,) = (part for part in parts(app) if "started" in part)
    assert len(drawing["lines"][0]["values"]) == 12
    assert app.info
    assert solved(app) == []


def test_a_topic_lists_its_exercises_and_its_page_leads_there() -> None:
    app = opened("exercises", topic="gates")
    (chosen,) = (each for each in app.selectbox if each.label == "Exercise")
    assert 5 <= len(chosen.options) < 20
    links = [each.proto for each in opened("gates").get("page_link")]
    assert [each.query_string for each in links if each.page == "exercises"] == ["lang=en&topic=gates"]


@pytest.mark.parametrize("view", ["sheet", "solutions"])
def test_a_worksheet_is_on_its_page(view: str) -> None:
    app = opened("worksheets", sheet_cell="gru", sheet_seed="12", sheet_view=view)
    (frame,) = app.get("iframe")
    assert ("<input" in frame.proto.srcdoc) == (view == "sheet")
