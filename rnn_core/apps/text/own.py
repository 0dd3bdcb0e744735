"""A visitor's own text: decoded from a file, or refused with a reason, and compressed. Only the beginning of a long text is
used.

The text is part of the run's settings, because every worker needs it, also on another machine. Compressed it has a third of
its size, and the letters of base64 need no escape in a run file's header.
"""

import base64
import codecs
import unicodedata
import zlib
from collections import Counter
from dataclasses import dataclass

from rnn_core.apps.kept import cached_until_cleared
from rnn_core.apps.table import is_plausible
from rnn_core.errors import CoreError

LARGEST_FILE = 20_000_000  # bytes
MOST_BYTES = 2_000_000  # of the text in UTF-8
MOST_READ = 2 * MOST_BYTES  # of a file, because UTF-16 has two bytes per letter
LEAST_CHARACTERS = 1_000
MOST_PACKED = 1_600_000  # what fits into the header of a run file
MOST_CONTROLS = 0.01  # the share of control characters that a text may have
ARGUMENT = "your text"


class NotText(CoreError):
    """A picture, a program, or an encoding that few files have."""


class TooShort(CoreError):
    """Fewer than LEAST_CHARACTERS."""


class NoPattern(CoreError):
    """Random characters, which cannot be learned or compressed."""


@dataclass(frozen=True)
class OwnText:
    packed: str
    characters: int  # its length
    is_cut: bool  # the given text was longer


def own_text(data: bytes) -> OwnText:
    """A file's text, ready to be trained on."""
    whole = _tidy(read_text(data))
    used = _beginning(whole)
    return OwnText(_packed(used), len(used), len(data) > MOST_READ or used != whole)


def read_text(data: bytes) -> str:
    """The text of a file's first MOST_READ bytes: UTF-8, UTF-16 with its mark, GB 18030 of Chinese files, or Windows-1252 of western ones.

    The file may end within a character, as a download that was interrupted does; that character is left out.
    """
    read = data[:MOST_READ]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in read:
        encodings = ()
    else:
        encodings = ("utf-8-sig", "gb18030", "cp1252")
    for encoding in encodings:
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(read, final=False)
        except UnicodeDecodeError:
            continue
        if is_plausible(text, encoding):
            return text
    raise NotText(ARGUMENT, "a file that is no text, or in a rare encoding", "a plain text file, best in UTF-8")


def clean(text: str) -> str:
    """The text as it is trained on: one kind of line end, no tabs at line ends, no control characters, MOST_BYTES at most."""
    return _beginning(_tidy(text))


def _beginning(text: str) -> str:
    """The beginning of the text that fits, without an incomplete character or spaces at its end."""
    data = text.encode()
    return text if len(data) <= MOST_BYTES else data[:MOST_BYTES].decode(errors="ignore").rstrip()


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    counts = Counter(text)
    kinds = {letter: unicodedata.category(letter) for letter in counts if letter != "\n"}
    controls = sum(counts[letter] for letter, kind in kinds.items() if kind in ("Cc", "Cs", "Co", "Cn"))
    if controls > MOST_CONTROLS * len(text):
        raise NotText(ARGUMENT, f"{controls:,} characters that no font has", "readable text")
    text = text.translate({ord(letter): None for letter, kind in kinds.items() if kind in ("Cc", "Cs")})
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    if len(text) < LEAST_CHARACTERS:
        given = "nothing" if not text.strip() else f"{len(text):,} characters"
        raise TooShort(ARGUMENT, given, f"at least {LEAST_CHARACTERS:,} characters, for there to be something to learn")
    return text


def pack(text: str) -> str:
    return _packed(clean(text))


def _packed(text: str) -> str:
    packed = base64.b64encode(zlib.compress(text.encode(), 9)).decode()
    if len(packed) > MOST_PACKED:
        raise NoPattern(ARGUMENT, "text without any pattern", "text that can be made smaller, as every language can")
    return packed


@cached_until_cleared(8)
def unpack(packed: str) -> str:
    """The packed text. It may come from a file, so its contents and its decompressed size are checked."""
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
