"""A visitor's own text: read from whatever came in, refused with one sentence where it is none, and packed small.

The text is a part of the run's settings, because whoever trains must have it, on this machine or on another. Packed it
is a third of its size, and a letter of the alphabet of base64 needs no escape in a run file's header.
"""

import base64
import codecs
import unicodedata
import zlib

from rnn_core.apps.kept import until_forgotten
from rnn_core.apps.table import is_plausible
from rnn_core.errors import CoreError

MOST_BYTES = 1_000_000  # of the text in UTF-8
LEAST_CHARACTERS = 1_000
MOST_PACKED = 900_000  # what fits into the header of a run file
MOST_CONTROLS = 0.01  # the share of control characters that a text may have
ARGUMENT = "your text"


class TooLarge(CoreError):
    """More than MOST_BYTES."""


class NotText(CoreError):
    """A picture, a program, or an encoding that few files have."""


class TooShort(CoreError):
    """Fewer than LEAST_CHARACTERS."""


class NoPattern(CoreError):
    """Random characters: nothing to learn, and too large to travel."""


def read_text(data: bytes) -> str:
    """A file's text: UTF-8, UTF-16 with its mark, GB 18030 of Chinese files, or Windows-1252 of western ones."""
    if len(data) > 2 * MOST_BYTES:  # UTF-16 has two bytes for a letter
        raise TooLarge(ARGUMENT, f"a file of {len(data) / 1e6:.1f} MB", "at most 1 MB of text")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in data:
        encodings = ()
    else:
        encodings = ("utf-8-sig", "gb18030", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if is_plausible(text, encoding):
            return text
    raise NotText(ARGUMENT, "a file that is no text, or in a rare encoding", "a plain text file, best in UTF-8")


def clean(text: str) -> str:
    """The text as it is trained on: one kind of line end, no tabs at line ends, no control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    controls = sum(unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn") and letter != "\n" for letter in text)
    if controls > MOST_CONTROLS * len(text):
        raise NotText(ARGUMENT, f"{controls:,} characters that no font has", "readable text")
    text = "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs"))
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    if len(text) < LEAST_CHARACTERS:
        given = "nothing" if not text.strip() else f"{len(text):,} characters"
        raise TooShort(ARGUMENT, given, f"at least {LEAST_CHARACTERS:,} characters, for there to be something to learn")
    size = len(text.encode())
    if size > MOST_BYTES:
        raise TooLarge(ARGUMENT, f"{size / 1e6:.1f} MB", "at most 1 MB: a part of it is enough")
    return text


def pack(text: str) -> str:
    packed = base64.b64encode(zlib.compress(clean(text).encode(), 9)).decode()
    if len(packed) > MOST_PACKED:
        raise NoPattern(ARGUMENT, "text without any pattern", "text that can be made smaller, as every language can")
    return packed


@until_forgotten(8)
def unpack(packed: str) -> str:
    """What was packed. It may come from a file, so it is checked again, and a small file cannot become a large text."""
    if len(packed) > MOST_PACKED:
        raise CoreError(ARGUMENT, f"{len(packed):,} characters", f"at most {MOST_PACKED:,}")
    try:
        opener = zlib.decompressobj()
        data = opener.decompress(base64.b64decode(packed, validate=True), MOST_BYTES + 1)
        text = data.decode()
    except (ValueError, zlib.error):
        raise CoreError(ARGUMENT, "damaged text", "text as this app saved it") from None
    if clean(text) != text:
        raise CoreError(ARGUMENT, "changed text", "text as this app saved it")
    return text
