"""Damaged valid input: bytes, text and JSON as an attacker or a broken program would send them.

A damage is three numbers: its kind, its place and its piece. So a test only draws a list of numbers, and reports the
shortest list that still causes a failure.
"""

from collections.abc import Iterable
from typing import Any

Damage = tuple[int, int, int]  # kind, place, piece; each from 0 to MOST
MOST = 2**16 - 1
LARGEST = 300_000  # bytes or characters of a damaged input: more is made of few in bombs.py

PIECES = (
    *("0", "-1", "1e400", "-1e400", "inf", "-Infinity", "nan", "NaN", "9" * 400, "9" * 5000, "1e308", "1e-320", "0.1"),
    *("+-1", "1,5", "1.234,5", "--", "٣", "²", "½", "1_0", "0x1F", "2**63", "9223372036854775808", "-2147483649"),
    *("9999-12-31", "0000-00-00", "31.12.9999", "2024-02-30", "12/31/9999 24:00", "1 BC", "99999999", "10000-01-01"),
    *(
        "",
        " ",
        "\n",
        "\r",
        "\r\n",
        "\t",
        "\x00",
        "\x1b",
        "\ufeff",
        "\u2028",
        "\u202e",
        "\ufffd",
        "\ud800",
        "\\ud800",
        "𝟙",
    ),
    *(
        ",",
        ";",
        ",,,,",
        ",\n",
        '"',
        '""',
        "'",
        "`",
        "\\",
        "|",
        "{",
        "}",
        "[",
        "]",
        "[[[[",
        "]]]]",
        ":",
        "~",
        ".",
        "..",
        "-",
    ),
    *(
        "null",
        "true",
        "false",
        "{}",
        "[]",
        '{"a":',
        '"version":2',
        "None",
        "1e400,",
        "-0",
        "00",
        "\\u0000",
        "%00",
        "%ED%A0%80",
    ),
    *(
        "," * 5000,
        "[" * 3000,
        '{"a":' * 1000,
        '"' * 999,
        "\n" * 2000,
        "1\n" * 2000,
        "a " * 2000,
        "ab," * 2000,
        "9" * 5000,
    ),
    *(
        "<script>",
        "![a](//b.c)",
        "中文",
        "正面",
        "é",
        "ß",
        "İ",
        "ŉ",
        "Ω",
        "PK\x03\x04",
        "RIFF",
        "data",
        "\x93NUMPY\x01\x00",
    ),
    *(
        "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999,), }",
        "{'descr': '|O', 'shape': (1,)}",
        "weight_hh_l0",
    ),
)
BYTES = (
    *(
        b"\x00" * 4,
        b"\xff" * 4,
        b"\x00" * 8,
        b"\xff" * 8,
        b"\xff\xff\xff\x7f",
        b"\x01\x00\x00\x00",
        b"\x80",
        b"\xed\xa0\x80",
    ),
    *(
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"\x84\x31\x95\x33",
        b"\x00\x00\xc0\x7f",
        b"\x00\x00\x80\x7f",
        b"\xff" * 3000,
    ),
    *(
        b"\x00\x00\x00\x00\x00\x00\xf0\x7f",
        b"BZh9",
        b"\xfd7zXZ\x00",
        b"\x1f\x8b\x08",
        b"\x93NUMPY\x03\x00",
        b"PK\x05\x06",
    ),
)
DEEP: Any = []
for _ in range(500):
    DEEP = [DEEP]
VALUES: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        1,
        -1,
        2,
        0.5,
        -0.0,
        1e308,
        1e-320,
        float("inf"),
        float("-inf"),
        float("nan"),
        10**400,
        -(10**400),
    ),
    *(
        2**31,
        2**63,
        2**64,
        1e20,
        200_000,
        1_000_000_000,
        "",
        "0",
        "1",
        "nan",
        "1e400",
        "x" * 10_000,
        "\ud800",
        "\x00",
        "[1]",
    ),
    *(
        [],
        {},
        [[]],
        [None],
        [0],
        [0, 0],
        ["a"],
        [1e400],
        {"a": 1},
        {"": None},
        [[0.5]] * 300,
        [0] * 5000,
        ["1"] * 300,
        DEEP,
    ),
    *(
        {str(k): k for k in range(500)},
        {"__class__": "x"},
        [True, False],
        [{"name": "W_xh", "entry": 0, "value": 1e400}] * 2,
    ),
)


def damaged(value: Any, damages: Iterable[Damage]) -> Any:
    """The value after all of them, one on top of the other."""
    for kind, place, piece in damages:
        value = (
            _damaged_text(value, kind, place, piece)
            if isinstance(value, str | bytes)
            else _json(value, kind, place, piece)
        )
    return value


def _damaged_text(value: Any, kind: int, place: int, piece: int) -> Any:
    at = place * (len(value) + 1) // (MOST + 1)
    end = min(len(value), at + 1 + piece % 64)
    if isinstance(value, str):
        new: Any = PIECES[piece % len(PIECES)]
    else:
        pieces = (*BYTES, *PIECES)
        chosen = pieces[piece % len(pieces)]
        new = chosen if isinstance(chosen, bytes) else chosen.encode("utf-8", "surrogatepass")
    match kind % 10:
        case 0:
            return value
        case 1:
            made = value[:at]
        case 2:
            made = value[:at] + value[end:]
        case 3:
            made = value[:at] + new + value[at:]
        case 4:
            made = value[:at] + new + value[at + len(new) :]
        case 5:
            made = _flipped(value, at, piece)
        case 6:
            made = value[:end] + value[at:end] * (1 + piece % 9) + value[end:]
        case 7:
            made = value[:at] + value[at:end] * (10 ** (1 + piece % 4)) + value[at:]
        case 8:
            made = value[at:] + value[:at]
        case _:  # one separator for another, everywhere; a number for what stands between two of them
            made = value[:at] + new + value[end:]
    return made[:LARGEST]


def _flipped(value: Any, at: int, piece: int) -> Any:
    if at >= len(value):
        return value
    if isinstance(value, str):
        return value[:at] + chr(ord(value[at]) ^ (1 << piece % 7)) + value[at + 1 :]
    return value[:at] + bytes([value[at] ^ (1 << piece % 8)]) + value[at + 1 :]


def _json(value: Any, kind: int, place: int, piece: int) -> Any:
    """One node of the tree is another, is gone, is there many times, or is inside itself."""
    if kind % 10 == 0:
        return value
    paths = list(_paths(value))
    path = paths[place * len(paths) // (MOST + 1)]
    return _changed(value, path, kind, piece)


def _paths(value: Any, depth: int = 0) -> Iterable[tuple[Any, ...]]:
    yield ()
    if depth > 6:
        return
    inside = value.items() if isinstance(value, dict) else enumerate(value[:50]) if isinstance(value, list) else ()
    for key, each in inside:
        for path in _paths(each, depth + 1):
            yield (key, *path)


def _changed(value: Any, path: tuple[Any, ...], kind: int, piece: int) -> Any:
    if not path:
        return _another(value, kind, piece)
    first, *rest = path
    copied = dict(value) if isinstance(value, dict) else list(value)
    if not rest and kind % 10 == 1:
        del copied[first]
    elif not rest and kind % 10 == 2 and isinstance(copied, dict):
        copied[str(VALUES[piece % 30])[:50]] = copied.pop(first)
    else:
        copied[first] = _changed(copied[first], tuple(rest), kind, piece)
    return copied


def _size(value: Any) -> int:
    """About as many characters as its JSON has at least."""
    if isinstance(value, str):
        return 1 + len(value)
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_size, inside))


def _another(value: Any, kind: int, piece: int) -> Any:
    if isinstance(value, list) and kind % 10 == 3:
        times = 10 ** (piece % 4)
        return value * times if _size(value) * times <= LARGEST else value
    if isinstance(value, str) and kind % 10 in (4, 5):
        return _damaged_text(value, 1 + piece % 9, piece * 37 % MOST, piece)
    if kind % 10 == 6:
        return [value]
    return VALUES[piece % len(VALUES)]
