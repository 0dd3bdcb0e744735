"""The page on pictures as a visitor uses it: other pictures, covered rows, a drawing, digits to align, and nonsense."""

import numpy as np
import pytest

from rnn_core.apps.digits import pictures
from rnn_core.apps.vision.calibration import both, certainty_groups, group_of, scores_after_each_step
from rnn_core.apps.vision.reader import DigitReader
from rnn_core.apps.vision.settings import standard
from tests.charts import board, charts, opened
from ui.apps.vision import presets
from ui.cache.shipped import shipped


def test_a_covered_row_changes_what_is_believed_from_that_row_on() -> None:
    app = opened("vision", vision_picture="5")
    before = np.array(board(app)["stream"]["beliefs"])
    assert before.shape == (8, 10)
    np.testing.assert_allclose(before.sum(axis=1), 1.0, atol=1e-3)
    app.pills(key="vision_covered").set_value([4]).run()
    assert not app.exception
    after = board(app)
    beliefs = np.array(after["stream"]["beliefs"])
    assert np.array_equal(beliefs[:3], before[:3])
    assert not np.allclose(beliefs[3:], before[3:])
    assert after["covered"] == [4]
    assert max(after["picture"]["values"][24:32]) == 0
    assert set(charts(app)) >= {"scores", "learning"}


def test_the_answer_names_how_often_such_a_certainty_was_right() -> None:
    shown = board(opened("vision"))
    *_most, last = shown["stream"]["beliefs"]
    assert shown["answer"]["text"] == str(int(np.argmax(last)))
    network = shipped(standard("digit"))
    assert network is not None
    groups = certainty_groups(network.state)
    assert sum(group.pictures for group in groups) == len(both("test").digits)
    assert all(group.right <= group.pictures for group in groups)
    assert f"Of {group_of(groups, max(last)).pictures} unseen digits" in shown["answer"]["note"]
    assert group_of(groups, 0.97).low == 0.97
    assert shown["sentence"].endswith("in the end.")


def test_the_button_leads_to_a_picture_that_is_misread() -> None:
    app = opened("vision")
    app.button(key="vision_picture_mistake").click().run()
    assert not app.exception
    assert board(app)["answer"]["verdict"].startswith("wrong, it is")
    assert app.slider(key="vision_picture").value > 1


def test_the_presets_are_what_their_names_say() -> None:
    network = shipped(standard("digit"))
    assert network is not None
    reader, test = DigitReader(network.state), pictures.pictures("test")
    scores = scores_after_each_step(reader, test.images[:4])
    np.testing.assert_allclose(scores[2], reader.read(test.images[2]).scores, rtol=1e-9)
    by_kind: dict[str, list[presets.Preset]] = {}
    for preset in presets.digit_presets(network.state):
        by_kind.setdefault(preset.kind, []).append(preset)
    for preset in by_kind["wrong"]:
        assert str(reader.read(test.images[preset.at]).answer) == preset.read != preset.digits
    [clear], [late] = by_kind["clear"], by_kind["late"]
    answers = [reader.read(test.images[each.at]).beliefs.argmax(axis=1) for each in (clear, late)]
    first, last = (int(np.flatnonzero(each != each[-1]).max(initial=-1)) for each in answers)
    assert first <= 0, "known after the second row at the latest"
    assert last == 6, "known after the last row only"


def test_the_inside_and_how_soon_it_knows_open() -> None:
    app = opened("vision", vision_cell="lstm")
    app.session_state["inside_open"] = app.session_state["soon_open"] = True
    app.run()
    assert not app.exception
    assert set(charts(app)) >= {"picture", "beliefs", "push", "inside_h", "inside_c", "soon"}


@pytest.mark.parametrize(
    ("typed", "says"), [("7x<b>", "Only the digits"), ("5" * 30, "28 frames"), ("７", "Only the digits")]
)
def test_nonsense_to_align_is_met_with_words_and_the_alignment_stays(typed: str, says: str) -> None:
    app = opened("vision", vision_task="strip")
    assert board(app)["stream"]["across"]
    assert "alignment" in charts(app)
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
    assert board(app)["picture"] is None
    assert "并排写" in board(app)["hint"]
    app = opened("vision", vision_order="shuffled", vision_source="draw")
    assert board(app)["hint"].startswith("Draw a digit")


def test_every_test_picture_can_be_named_by_the_link() -> None:
    app = opened("vision", vision_picture=str(len(pictures.pictures("test").digits)))
    assert app.slider(key="vision_picture").value == 510
