"""Pictures and beliefs are drawn exactly as given, with settings that plotly knows, and described in words."""

import numpy as np
import plotly.graph_objects as go
import pytest

from ui.apps.figures.pictures import alignment_chart, beliefs_chart, picture_chart, strip_chart

random = np.random.default_rng(0)
IMAGE = random.random((8, 8))
BELIEFS = random.dirichlet(np.ones(3), size=6)  # (T, K)

KINDS = {
    "picture": lambda: picture_chart(IMAGE, title="t"),
    "push": lambda: picture_chart(IMAGE - 0.5, title="t", push=True),
    "wide": lambda: picture_chart(random.random((10, 56)), title="t"),
    "beliefs": lambda: beliefs_chart(BELIEFS, "abc", title="t"),
    "many beliefs": lambda: beliefs_chart(random.random((64, 10)), list("0123456789"), title="t"),
    "strip": lambda: strip_chart(random.random((10, 12)), BELIEFS, ["", "a", "", "b", "", ""], "abc", title="t"),
    "alignment": lambda: alignment_chart(BELIEFS, "–a–", title="t"),
}


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
def test_plotly_knows_every_setting(make) -> None:
    chart = make()
    go.Figure(chart.figure.to_dict())
    assert chart.alt.startswith("t: ")


def test_the_strip_and_its_frames_share_their_axis() -> None:
    """Twelve columns over six frames: the first two columns stand over frame 1."""
    strip, frames = KINDS["strip"]().figure.data
    assert list(frames.x) == [1, 2, 3, 4, 5, 6]
    np.testing.assert_allclose(strip.x[:4], [0.75, 1.25, 1.75, 2.25])
    np.testing.assert_array_equal(frames.z, BELIEFS.T)


def test_the_words_name_the_strongest() -> None:
    beliefs = np.array([[0.5, 0.5], [0.1, 0.9]])
    assert "strongest is b, with 90%" in beliefs_chart(beliefs, "ab", title="t").alt
    push = np.zeros((2, 3))
    push[1, 2] = -4.0
    assert "row 2, column 3, with −4" in picture_chart(push, title="t", push=True).alt
    assert "– a – b – –" in KINDS["strip"]().alt
