"""The question that opens by itself over a picture: once in a visit, and never over what a link shows."""

from streamlit.testing.v1 import AppTest

from tests.charts import opened


def is_veiled(app: AppTest) -> bool:
    return any(button.key == "close_question" for button in app.button)


def test_the_question_opens_once_and_show_me_lifts_it_for_the_visit() -> None:
    app = opened("experiments")
    assert is_veiled(app)
    app.button(key="close_question").click().run()
    assert not is_veiled(app)
    assert not is_veiled(app.switch_page("pages/glossary.py").run())
    assert not is_veiled(app.switch_page("pages/experiments.py").run())


def test_what_a_link_shows_is_not_covered() -> None:
    assert not is_veiled(opened("experiments", story="reach"))
    assert not is_veiled(opened("lab", cell="gru"))


def test_another_view_within_a_tour_is_not_covered() -> None:
    app = opened("experiments", tour="experiments")
    app.session_state["story"] = "forget"
    assert not is_veiled(app.run())
