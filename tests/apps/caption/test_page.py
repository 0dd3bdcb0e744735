"""The caption page as a visitor uses it: another scene, another language, the other decoder, and a broken link."""

from typing import Any

from streamlit.testing.v1 import AppTest

from tests.charts import charts, opened, parts


def stage(app: AppTest) -> dict[str, Any]:
    return next(part for part in parts(app) if "said" in part)


def written(app: AppTest) -> str:
    return " ".join(word["text"] for word in stage(app)["said"])


def test_another_scene_has_another_sentence_and_attention_on_every_word() -> None:
    app = opened("caption", scene="3cgl")
    assert written(app) == "on the left a large green circle"
    assert all(len(word["weights"]) == 81 and abs(sum(word["weights"]) - 100) < 5 for word in stage(app)["said"])
    assert {"scores", "learning"} <= set(charts(app))
    app.session_state["scene"] = "5cgl"
    app.run()
    assert written(app) == "on the right a large green circle"
    assert app.query_params["scene"] == "5cgl"


def test_what_training_never_showed_is_said_and_nothing_is_written_without_a_scene() -> None:
    app = opened("caption", scene="4sbs")
    assert "Training never showed: blue in the middle." in stage(app)["note"]
    app.session_state["scene"] = ""
    app.run()
    assert not app.exception
    assert stage(app)["said"] == []


def test_teacher_forcing_and_the_other_decoder_keep_the_scene() -> None:
    app = opened("caption", scene="3cgl", caption_language_en="zh", caption_reads="right", caption_attention="no")
    assert stage(app)["scene"] == "3cgl"
    assert all(word["weights"] is None for word in stage(app)["said"])
    assert "of 7** words are right" in stage(app)["sentence"]


def test_a_broken_scene_in_a_link_is_named() -> None:
    app = opened("caption", scene="0crl0crl")
    assert any("scene in the link cannot be read" in each.value for each in app.warning)
    assert stage(app)["scene"]
