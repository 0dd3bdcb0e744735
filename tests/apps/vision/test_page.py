"""The page on pictures as a visitor uses it: other pictures, covered rows, a drawing, digits to align, and nonsense."""

import numpy as np
import pytest

from rnn_core.apps.digits import pictures
from tests.charts import charts, opened, traces, values, words


def test_a_covered_row_changes_what_is_believed_from_that_row_on() -> None:
    app = opened("vision", vision_picture="5")
    before = values(traces(app, "beliefs")[0]["z"])
    assert before.shape == (10, 8)
    np.testing.assert_allclose(before.sum(axis=0), 1.0)
    app.pills(key="vision_covered").set_value([4]).run()
    assert not app.exception
    after = values(traces(app, "beliefs")[0]["z"])
    assert np.array_equal(after[:, :3], before[:, :3])
    assert not np.allclose(after[:, 3:], before[:, 3:])
    assert values(traces(app, "picture")[0]["z"])[3].max() == 0
    assert set(charts(app)) >= {"picture", "beliefs", "scores", "learning"}


def test_the_button_leads_to_a_picture_that_is_misread() -> None:
    app = opened("vision")
    app.button(key="vision_picture_mistake").click().run()
    assert not app.exception
    assert "wrong, it is" in words(app)
    assert app.slider(key="vision_picture").value > 1


def test_the_inside_and_how_soon_it_knows_open() -> None:
    app = opened("vision", vision_cell="lstm")
    app.session_state["inside_open"] = app.session_state["soon_open"] = True
    app.run()
    assert not app.exception
    assert set(charts(app)) >= {"push", "inside_h", "inside_c", "soon"}


@pytest.mark.parametrize(
    ("typed", "says"), [("7x<b>", "Only the digits"), ("5" * 30, "28 frames"), ("７", "Only the digits")]
)
def test_nonsense_to_align_is_met_with_words_and_the_alignment_stays(typed: str, says: str) -> None:
    app = opened("vision", vision_task="strip")
    assert set(charts(app)) >= {"strip", "alignment"}
    known = charts(app)["alignment"]["figure"]
    field = app.text_input(key="vision_align")
    field.set_value("12").run()
    assert charts(app)["alignment"]["figure"] != known
    field.set_value(typed).run()
    assert not app.exception
    assert [says in problem.value for problem in app.error] == [True]
    assert charts(app)["alignment"]["figure"] == known


def test_an_empty_drawing_is_asked_for_and_a_link_holds_what_is_chosen() -> None:
    app = opened("vision", lang="zh", vision_source="draw", vision_task="strip", vision_cell="lstm")
    assert any("并排写" in each.value for each in app.info)
    app = opened("vision", vision_order="shuffled", vision_source="draw")
    assert any("Draw a digit" in each.value for each in app.info)


def test_every_test_picture_can_be_named_by_the_link() -> None:
    app = opened("vision", vision_picture=str(len(pictures.pictures("test").digits)))
    assert app.slider(key="vision_picture").value == 510
