"""The teacher's page, and what its links do on three other pages."""

from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.studies.practice.homework.receipt import read_code
from tests.charts import opened, parts
from ui.widgets.tours import shipped
from ui.widgets.tours.tour import pack
from ui.widgets.tours.write import write_tour


def frame(app: AppTest) -> dict[str, Any]:
    [found] = [data for data in parts(app) if "limits" in data]
    return found


def test_a_ready_plan_is_opened_edited_and_restored() -> None:
    app = opened("lesson", ready="fading")
    assert "ready" not in app.query_params
    assert app.markdown[1].value.startswith("8 stops, 5 questions, 45 minutes")
    app.button(key="stop_down").click().run()
    app.button(key="stop_delete").click().run()
    assert app.markdown[1].value.startswith("7 stops")
    for _time in range(2):
        app.button(key="undo_plan").click().run()
    assert app.markdown[1].value.startswith("8 stops, 5 questions, 45 minutes")
    assert app.button(key="undo_plan").disabled is False  # the plan before was empty


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"plan": "AAAA"}, "The tour in this link cannot be read."),
        ({"ready": "nothing"}, "There is no lesson plan of this name."),
    ],
)
def test_a_link_without_a_plan_is_told(link: dict[str, str], said: str) -> None:
    assert [unescape(warning.value) for warning in opened("lesson", **link).warning] == [said]


def test_a_plan_travels_in_a_link() -> None:
    app = opened("lesson", plan=pack(write_tour(shipped.shipped_tour("course_3"))))
    assert app.text_input[0].value == "Lesson 3 of 6: vanishing and exploding gradients"


def test_the_same_file_can_be_opened_again_after_the_plan_was_changed() -> None:
    app, file = opened("lesson"), write_tour(shipped.shipped_tour("fading"))

    def upload(data: bytes) -> None:
        [uploader] = [each for each in app.file_uploader if each.key.startswith("plan_file")]
        uploader.set_value(("plan.toml", data, "text/plain")).run()

    for _time in range(2):
        upload(file)
        assert app.markdown[1].value.startswith("8 stops")
        app.button(key="stop_delete").click().run()
        assert app.markdown[1].value.startswith("7 stops")
    upload(b"no plan")
    assert "The file is not a text in TOML" in app.error[0].value
    assert app.markdown[1].value.startswith("7 stops")


@pytest.mark.parametrize(("page", "fixed"), [("lstm", "bias"), ("gradients", "size"), ("states", "gain")])
def test_a_teachers_link_fixes_and_leaves_out_and_the_page_returns_to_it(page: str, fixed: str) -> None:
    app = opened(page, fixed=f'{fixed},"]{{x', without="menu,presets,nothing", **{fixed: "1.3"})
    assert frame(app)["limits"] == {"fixed": [fixed], "without": ["menu", "presets"]}
    assert [warning.value for warning in app.warning] == []
    app.session_state[fixed] = 0.7
    app.run()
    app.button(key="start_again").click().run()
    assert app.session_state[fixed] == 1.3
    assert frame(app)["limits"]["fixed"] == [fixed]


def test_the_curtain_of_a_link_and_of_a_student() -> None:
    def curtain(app: AppTest) -> dict[str, Any]:
        [found] = [data for data in parts(app) if "ask" in data and "covered" in data["words"]]
        return found

    assert (curtain(opened("gru", hide="1"))["ask"], curtain(opened("gru", hide="1"))["is_student"]) == (None, False)
    app = opened("gradients", tour="fading", stop="4", student="1", preset="start")
    assert curtain(app)["is_student"]
    [card] = [data for data in parts(app) if "is_lesson" in data]
    assert (card["note"], card["tips"], card["is_covered"]) == ("", [], True)


def test_a_student_hands_in_a_receipt() -> None:
    app = opened("exercises", exercise="rnn_sum", numbers="8256", homework="20241031")
    app.button(key="make_receipt").click().run()
    assert "There is no answer yet" in app.warning[0].value
    app.text_input(key="answer_rnn_sum_8256").input("0,5")
    [check] = [button for button in app.button if button.label == "Check"]
    check.click().run()
    app.button(key="make_receipt").click().run()
    [code] = [each.value for each in app.text if each.value.startswith("UH1.")]
    receipt = read_code(code)
    assert (receipt.student, receipt.exercise, receipt.seed, receipt.result) == ("20241031", "rnn_sum", 8256, (0.5,))
