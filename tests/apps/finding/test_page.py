"""The page on finding as a visitor uses it: ways of reading, a link, ink of one's own, and picture files."""

import io
from typing import Any

import numpy as np
from PIL import Image
from streamlit.testing.v1 import AppTest

from rnn_core.apps.finding.scenes import SIDE
from tests.charts import charts, opened, parts
from ui.apps.finding import compute
from ui.browser.finder import ink_of, ink_text

SCENE = "4bl22309am4222"


def stage(app: AppTest) -> dict[str, Any]:
    return next(part for part in parts(app) if "glimpses" in part)


def as_png(brightness: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray((255 * brightness).astype(np.uint8)).save(file, "PNG")
    return file.getvalue()


def test_the_page_shows_glimpses_and_the_scan_beside_them() -> None:
    app = opened("finding", finding_scene=SCENE)
    shown = stage(app)
    assert shown["scene"] == SCENE
    assert shown["glimpses"]
    assert not shown["isScan"]
    assert len(shown["boxes"]) == 2
    assert all(len(glimpse["where"]) == 256 for glimpse in shown["glimpses"])
    assert "All 256 windows" in shown["rival"]
    assert {"scores", "learning"} <= set(charts(app))
    scan = stage(opened("finding", finding_scene=SCENE, finding_way="windows"))
    assert scan["isScan"]
    assert not scan["glimpses"]
    assert scan["found"] == shown["found"]
    assert len(scan["candidates"]) > len(scan["found"])


def test_a_broken_picture_in_a_link_is_named() -> None:
    app = opened("finding", finding_scene="4bl99")
    assert any("picture in the link cannot be read" in each.value for each in app.warning)
    assert len(stage(app)["boxes"]) == 3


def test_a_picture_file_becomes_ink_and_what_is_none_is_refused() -> None:
    app = opened("finding", lang="zh")
    page = np.full((300, 300), 0.9)
    page[120:190, 100:112] = page[60:130, 200:212] = 0.1  # two strokes of a pen
    app.file_uploader(key="finding_file").upload("page.png", as_png(page), "image/png").run()
    assert not app.exception
    shown = stage(app)
    assert shown["scene"] == ""
    ink = ink_of(shown["ink"])
    assert 0.0 < ink.mean() < 0.1
    assert all(found["isRight"] is None for found in shown["found"])
    app.file_uploader(key="finding_file_1").upload("bad.png", b"x" * 50, "image/png").run()
    assert not app.exception
    assert any("PNG" in error.value for error in app.error)
    assert stage(app)["ink"] == shown["ink"], "the earlier picture stays"


def test_the_same_file_is_taken_again_after_another_picture() -> None:
    app = opened("finding")
    page = np.full((200, 200), 0.9)
    page[60:130, 100:112] = 0.1
    app.file_uploader(key="finding_file").upload("page.png", as_png(page), "image/png").run()
    ink = stage(app)["ink"]
    assert ink
    app.session_state["finding_scene"], app.session_state["finding_ink"] = SCENE, ""
    app.run()
    assert (stage(app)["scene"], stage(app)["ink"]) == (SCENE, "")
    app.file_uploader(key="finding_file_1").upload("page.png", as_png(page), "image/png").run()
    assert (stage(app)["scene"], stage(app)["ink"]) == ("", ink)


def test_digits_of_a_file_get_the_size_of_training() -> None:
    page = np.full((400, 400), 0.9)
    for left in (40, 200, 340):
        page[100:220, left : left + 15] = 0.1
    found = compute.photographed(as_png(page))
    assert isinstance(found, str)
    ink = ink_of(found)
    rows = np.flatnonzero(ink.max(axis=1) > 0.3)
    assert abs(len(rows) - compute.USUAL) <= 1.0
    assert ink.shape == (SIDE, SIDE)
    assert ink_text(ink) == found
