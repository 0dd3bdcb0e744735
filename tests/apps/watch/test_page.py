"""The page on motion as a visitor uses it: the order of the frames, a path of one's own, and a broken link."""

from typing import Any

from streamlit.testing.v1 import AppTest

from rnn_core.apps.watch.motion import FRAMES, SEEN
from tests.charts import charts, opened, parts


def stage(app: AppTest) -> dict[str, Any]:
    return next(part for part in parts(app) if "beliefs" in part)


def test_the_answer_depends_on_the_order_of_the_frames() -> None:
    app = opened("watch", watch_kind="right")
    filmed = stage(app)
    assert filmed["kinds"][filmed["answer"]] == "to the right" == filmed["kinds"][filmed["right"]]
    assert (len(filmed["frames"]), filmed["seen"]) == (FRAMES, SEEN)
    assert {"scores", "learning"} <= set(charts(app))
    back = stage(opened("watch", watch_kind="right", watch_order="backwards"))
    assert back["kinds"][back["answer"]] == "to the left"
    assert back["frames"][:SEEN] == filmed["frames"][:SEEN][::-1]
    mixed = stage(opened("watch", watch_kind="right", watch_order="shuffled"))
    assert sorted(mixed["frames"][:SEEN]) == sorted(filmed["frames"][:SEEN])
    assert mixed["beliefs"][SEEN - 1] != filmed["beliefs"][SEEN - 1]


def test_a_path_of_ones_own_is_read_as_a_whole_and_a_test_strip_forgets_it() -> None:
    app = opened("watch", watch_path="".join(f"080{120 - 6 * frame:03d}" for frame in range(12)))
    own = stage(app)
    assert own["seen"] == 12
    assert own["right"] is None
    assert own["kinds"][own["answer"]] == "upwards"
    app.slider(key="watch_number").set_value(2).run()
    assert not app.exception
    assert stage(app)["seen"] == SEEN
    assert "watch_path" not in app.query_params


def test_a_broken_path_in_a_link_is_named() -> None:
    app = opened("watch", watch_path="080080080")
    assert any("path in the link cannot be read" in each.value for each in app.warning)
    assert stage(app)["seen"] == SEEN
