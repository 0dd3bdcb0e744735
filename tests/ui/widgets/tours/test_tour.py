"""The door of tours: a valid text becomes a tour, a broken or hostile one a sentence."""

import zlib
from base64 import urlsafe_b64encode

import pytest

from ui.widgets.tours import shipped
from ui.widgets.tours.fields import TourProblem
from ui.widgets.tours.tour import LARGEST, pack, read_tour, unpack

VALID = """
en = "Mine"

[[steps]]
view = "https://school.example/unrolled/lstm?preset=leak&tour=x&stop=4&lang=zh"
zh = "一句话"
target = "lines_c"
goal = { setting = "bias", least = 2 }

[[steps]]
view = ""
en = "<img src=x onerror=alert(1)> **bold**"

[steps.ask]
en = "Which?"
answers = [{ en = "this" }, { en = "that", right = true }]
reason = { en = "Because." }
"""


def test_a_teachers_tour_is_read() -> None:
    tour = read_tour(VALID.encode())
    first, second = tour.steps
    assert (first.page, first.query, first.target) == ("lstm", (("preset", "leak"),), "lines_c")
    assert first.goal is not None
    assert (first.goal.setting, first.goal.least, first.goal.most) == ("bias", 2.0, None)
    assert (second.page, second.target) == ("home", "stage")
    assert str(first.text) == "一句话"  # the only language that it is written in
    assert str(second.text) == "<img src=x onerror=alert(1)> **bold**"  # the browser shows it as plain text
    assert second.ask is not None
    assert second.ask.right == 1
    assert unpack(pack(VALID.encode())) == VALID.encode()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('en = "Mine"', "", "a text in `en` or in `zh` is missing"),
        ('en = "Mine"', 'en = "Mine"\nscript = "x"', "no field `script`"),
        ("lstm?preset=leak", "nowhere?preset=leak", "no page `nowhere`"),
        ("preset=leak", "presett=leak", "no setting `presett`"),
        ("preset=leak", "preset=leak&preset=latch", "given twice"),
        ('"lines_c"', '"] , body { display: none } .x["', "`target`"),
        ('"bias"', '"bais"', "no setting `bais`"),
        ("least = 2", 'least = "2"', "are numbers"),
        ("least = 2", "least = nan", "are numbers"),
        ("right = true", "right = 1", "`right = true`"),
        ("zh =", "view =", "not a text in TOML"),
        ("一句话", "一" * 601, "at most 600 characters"),
        ("一句话", "\\u202eback", "at most 600 characters"),
        ("[[steps]]", "[[stops]]", "no field `stops`"),
    ],
)
def test_a_broken_tour_is_refused_with_a_sentence(old: str, new: str, said: str) -> None:
    with pytest.raises(TourProblem, match=said):
        read_tour(VALID.replace(old, new).encode())


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"a = " + b"[" * 50_000, b"steps = []\nen = '1'", b"x" * (LARGEST + 1)]
)
def test_what_is_no_tour_is_refused(data: bytes) -> None:
    with pytest.raises(TourProblem):
        read_tour(data)


@pytest.mark.parametrize(
    "text", ["", "?", "AAAA", "x" * 40_000, urlsafe_b64encode(zlib.compress(b"0" * 5_000_000)).decode()]
)
def test_a_link_without_a_tour_is_refused(text: str) -> None:
    with pytest.raises(TourProblem):
        unpack(text)


def test_a_shipped_tour_fits_into_a_link() -> None:
    for name in shipped.names():
        assert len(pack((shipped.FOLDER / f"{name}.toml").read_bytes())) < 10_000
