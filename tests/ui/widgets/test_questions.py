"""A question on the page: shuffled answers, and the mistake behind a wrong one."""

from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from tests.charts import opened
from ui.widgets.lesson import all_questions, question_keys
from ui.widgets.questions import read_question, shuffled

TEXT = """Two and two?

- [ ] three
  One was lost.
- [x] four
- [ ] five
  One was counted twice,
  over two lines.

The reason."""


def page(text: str) -> None:
    from ui.widgets.lesson import _show_question

    _show_question(text, "guess_sum")


def guessed(place: int) -> AppTest:
    app = AppTest.from_function(page, kwargs={"text": TEXT}).run()
    return app.button_group(key="guess_sum").set_value(place).run()


def test_a_question_is_read() -> None:
    asked = read_question(TEXT)
    assert [answer.text for answer in asked.answers] == ["three", "four", "five"]
    assert [answer.mistake for answer in asked.answers] == [
        "One was lost.",
        "",
        "One was counted twice, over two lines.",
    ]
    assert asked.reason == "The reason."


def test_a_wrong_answer_is_told_its_mistake_and_the_reason() -> None:
    app = guessed(2)
    assert "One was counted twice, over two lines." in app.info[0].value
    assert "The reason." in app.info[0].value
    assert not app.success


def test_the_right_answer_is_told_the_reason_alone() -> None:
    app = guessed(1)
    assert app.success[0].value.endswith("The reason.")
    assert not app.info


def test_answers_are_shown_in_the_order_of_the_key() -> None:
    app = AppTest.from_function(page, kwargs={"text": TEXT}).run()
    names = app.button_group(key="guess_sum").options
    assert names == [["three", "four", "five"][place] for place in shuffled(3, "guess_sum")]


def test_a_question_may_name_the_view_that_answers_it() -> None:
    assert read_question(TEXT).view == ""
    asked = read_question(TEXT + "\n\nview: rnn?preset=sum&T=4")
    assert (asked.reason, asked.view) == ("The reason.", "rnn?preset=sum&T=4")


def test_the_card_goes_through_all_questions_of_the_page_and_opens_the_view_of_one() -> None:
    keys = question_keys("answer")
    assert len(keys) > 2
    app = opened("answer")
    app.button(key="guess_first").click().run()
    for number, key in enumerate(keys, 1):
        assert [group.key for group in app.button_group if group.key.startswith("guess_")] == [key]
        assert any(f"{number} of {len(keys)}" in text.value for text in app.markdown)
        app.button(key="next_question").click().run()
    assert app.button_group(key=keys[0]).value is None  # after the last one the first comes again
    app.button(key="next_question").click().run()
    asked = next(each for each in all_questions("en") if each.key == keys[1])
    right = next(place for place, answer in enumerate(asked.question.answers) if answer.right)
    assert "open_answer" not in [button.key for button in app.button]
    app.button_group(key=keys[1]).set_value(right).run()
    app.button(key="open_answer").click().run()
    assert not app.exception
    assert asked.view == "answer?part=softmax"
    assert app.session_state["part"] == "softmax"
    assert not [group for group in app.button_group if group.key.startswith("guess_")]


def test_the_card_opens_with_the_first_question_that_was_not_answered_rightly() -> None:
    first, second, *_others = all_questions("en")
    right = next(place for place, answer in enumerate(first.question.answers) if answer.right)
    assert first.page == second.page == "after"
    app = opened("after")
    app.button(key="guess_first").click().run()
    app.button_group(key=first.key).set_value(right).run()
    app.button(key="close_question").click().run()
    app.button(key="guess_first").click().run()
    assert app.button_group(key=second.key).options


def test_a_page_with_one_question_offers_no_other() -> None:
    assert len(question_keys("home")) == 1
    app = opened("home")
    app.button(key="guess_first").click().run()
    assert "next_question" not in [button.key for button in app.button]


@pytest.mark.long
@pytest.mark.parametrize("view", sorted({each.question.view for each in all_questions("en")} - {""}))
def test_the_view_that_answers_a_question_opens_as_its_link_says(view: str) -> None:
    page, _mark, query = view.partition("?")
    assert not opened(page, **dict(parse_qsl(query))).warning
