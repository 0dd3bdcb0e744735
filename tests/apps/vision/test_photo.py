"""Pictures that a visitor brings: cut apart, turned, light on dark, and files that are refused before they are unpacked."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from rnn_core.apps.digits.cut import connected, digits_in, ink_of
from rnn_core.apps.digits.pictures import pictures
from tests.charts import board, opened
from ui.apps import photo
from ui.apps.vision import compute

TURNED = 6  # in EXIF: the camera was held a quarter turned
RNG = np.random.default_rng(3)
TEST = pictures("test")


def paper(chosen: list[int], dark_ink: bool = True) -> Image.Image:
    """Digits of the test data side by side on paper that is darker on its left."""
    ink = np.zeros((200, 120 * len(chosen) + 80))
    for place, number in enumerate(chosen):
        grey = Image.fromarray((TEST.images[number] * 255).astype(np.uint8)).resize((90, 110), Image.Resampling.BICUBIC)
        ink[45:155, 50 + 120 * place : 140 + 120 * place] = np.asarray(grey) / 255
    light = (0.85 - 0.7 * ink) * np.linspace(0.6, 1.0, ink.shape[1]) + 0.02 * RNG.normal(size=ink.shape)
    return Image.fromarray((np.clip(light if dark_ink else 1.0 - light, 0.0, 1.0) * 255).astype(np.uint8))


def as_bytes(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


@pytest.mark.parametrize("dark_ink", [True, False])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_digits_side_by_side_are_cut_apart(dark_ink: bool, kind: str) -> None:
    found = compute.photographed(as_bytes(paper([3, 14, 15], dark_ink), kind))
    assert isinstance(found, compute.Photographed)
    assert [each.shape for each in found.digits] == [(8, 8)] * 3
    for digit, number in zip(found.digits, [3, 14, 15], strict=True):
        assert np.corrcoef(digit.ravel(), TEST.images[number].ravel())[0, 1] > 0.7
    assert found.strip is not None


def test_a_turned_photograph_is_turned_back() -> None:
    image = paper([3, 14])
    exif = Image.Exif()
    exif[0x0112] = TURNED
    turned = compute.photographed(as_bytes(image.rotate(90, expand=True), "JPEG", exif=exif, quality=95))
    assert isinstance(turned, compute.Photographed)
    assert len(turned.digits) == 2


def test_two_lines_are_read_line_by_line_and_a_ruled_line_is_no_digit() -> None:
    ink = np.zeros((200, 200), dtype=np.bool_)
    for top, left in ((20, 110), (22, 30), (110, 40)):
        ink[top : top + 60, left : left + 20] = True
    ink[95:98, 5:195] = True
    ink[5:8, 5:8] = True
    assert len(connected(ink)) == 5
    assert [piece.shape for piece in digits_in(ink)] == [(60, 20)] * 3
    ink[22:32, 30:40] = False  # the first digit of the first line differs now
    assert not digits_in(ink)[0][0, 0]


@pytest.mark.parametrize("grey", [np.full((40, 60), 0.5), np.full((20, 20), 1.0), 0.5 + 0.02 * RNG.random((50, 60))])
def test_paper_without_ink_has_no_digits(grey: np.ndarray) -> None:
    assert not ink_of(grey).any()
    assert digits_in(ink_of(grey)) == []


def huge_png() -> bytes:
    """A few bytes that say they are 60,000 x 60,000 pixels."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", len(header)) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "kind"),
        (b"not a picture", "kind"),
        (b"GIF89a" + bytes(50), "kind"),
        (huge_png(), "large"),
        (as_bytes(paper([1]))[:400], "damaged"),
        (bytes(photo.LARGEST + 1), "large"),
    ],
)
def test_what_is_no_picture_is_refused_with_its_reason(data: bytes, problem: str) -> None:
    found = photo.brightness(data)
    assert isinstance(found, photo.Refused)
    assert found.problem == problem


def test_the_page_reads_a_picture_and_lets_one_choose_the_digit() -> None:
    app = opened("vision", vision_source="photo")
    assert any("each is cut out" in info.value for info in app.info)
    app.file_uploader(key="vision_file").upload("two.png", as_bytes(paper([3, 14])), "image/png").run()
    assert not app.exception
    shown = board(app)
    assert shown["picture"] is not None
    assert shown["answer"]["text"] == "0123456789"[np.argmax(shown["stream"]["beliefs"][-1])]
    assert not shown["answer"]["verdict"], "nobody knows what it is"
    app.file_uploader(key="vision_file").upload("bad.png", b"x" * 50, "image/png").run()
    assert not app.exception
    assert any("no PNG or JPEG" in error.value for error in app.error)
