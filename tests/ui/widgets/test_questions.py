"""A question on the page: shuffled answers, and the mistake behind a wrong one."""

from streamlit.testing.v1 import AppTest

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
