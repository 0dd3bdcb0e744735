"""Small inputs that would grow large or take long to read, for each reader that could receive them."""

import base64
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np

from rnn_core.apps.speech.wav import write_wav

ZEROS = bytes(1_000_000)


def packed(data: bytes, altchars: bytes | None = b"-_") -> str:
    return base64.b64encode(zlib.compress(data, 9), altchars).decode().rstrip("=")


def wide_and_tall(width: int, rows: int) -> bytes:
    return b"," * width + b"1\n" + b"1\n" * rows


def sound_of_many_samples(channels: int) -> bytes:
    """Twenty megabytes of eight bits at the highest rate."""
    body = b"\x80\x90" * 9_990_000
    form = struct.pack("<HHIIHH", 1, channels, 192_000, 192_000 * channels, channels, 8)
    return (
        b"RIFF"
        + struct.pack("<I", len(body) + 36)
        + b"WAVEfmt "
        + struct.pack("<I", 16)
        + form
        + b"data"
        + struct.pack("<I", len(body))
        + body
    )


def archive(method: int, megabytes: int, name: str = "hs.npy") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made, made.open(name, "w", force_zip64=True) as member:
        for _ in range(megabytes):
            member.write(ZEROS)
    return file.getvalue()


def safetensors(header: Any, tail: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + tail


def view(**changed: Any) -> str:
    base = {"unrolled": 1, "cell": "lstm", "preset": "latch", "steps": 12, "edits": [], "numbers": []}
    return json.dumps(base | changed)


EDIT = {"name": "W_xf", "entry": 0, "value": 1.0}
SHAPE = {"dtype": "F64", "shape": [2**31, 2**31], "data_offsets": [0, 8]}
TABLES: tuple[Callable[[], bytes], ...] = (
    lambda: wide_and_tall(250_000, 49_000),
    lambda: wide_and_tall(99, 40_000),
    lambda: wide_and_tall(1_000_000, 10),
    lambda: b"1\n" * 990_000,
    lambda: b'"' * 1_999_999,
    lambda: b'a,b\n"' + b"x" * 1_900_000,
    lambda: b"\n" * 1_999_999 + b"1",
    lambda: b"2021-01-01," * 180_000,
    lambda: b"9" * 1_999_000 + b"\n1",
    lambda: ("正面,好看\n" * 120_000).encode("gb18030"),
    lambda: (b"," * 99 + b"1\n") * 19_000,
    lambda: b"2001,1999,2002,1998\n" * 95_000,
    lambda: b"word word word,1\n" * 117_000,
)

BOMBS: dict[str, tuple[Callable[[], Any], ...]] = {
    "forecast, a file": TABLES,
    "reviews, a file": TABLES,
    "pairs, a file": TABLES,
    "pairs, in a run file": (lambda: json.dumps([["a" * 60, "b"]] * 30_000), lambda: "[" * 200_000),
    "clicks, a file": TABLES,
    "shop, a file": TABLES,
    "shop, in a run file": (lambda: packed(ZEROS * 200, None), lambda: packed(b"[" * 400_000, None)),
    "forecast, typed": (lambda: "1," * 50_000, lambda: "1;" * 50_000, lambda: "9" * 100_000, lambda: ", " * 50_000),
    "reviews, in a run file": (lambda: json.dumps([["a b " * 30, 1]] * 30_000), lambda: "[" * 200_000),
    "text, a file": (lambda: b"a" * 1_000_000, lambda: "ab".encode("utf-16") * 400_000, lambda: b"\t\r" * 500_000),
    "text, in a run file": (lambda: packed(ZEROS * 200, None), lambda: packed(b"ab" * 400_000, None)),
    "sound": (
        *(lambda channels=channels: sound_of_many_samples(channels) for channels in (1, 8)),
        lambda: write_wav(np.zeros(9_000_000), 192_000),
        lambda: b"RIFF" + bytes(4) + b"WAVE" + b"junk\x00\x00\x00\x00" * 2_000_000,
    ),
    "run file": (
        lambda: bytes(32 * 2**20),
        lambda: safetensors(b"[" * 1_000_000),
        lambda: safetensors({"a": SHAPE}, bytes(8)),
        lambda: safetensors(
            {f"curve.{at}": {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]} for at in range(12_000)}
        ),
        lambda: safetensors(
            {"__metadata__": {"unrolled": json.dumps({"version": 1, "settings": {"hidden": 256, "layers": 4}})}}
        ),
    ),
    "saved view, as text": (
        lambda: view(edits=[EDIT] * 400_000),
        lambda: view(numbers=[[1.0]] * 1_000_000),
        lambda: view(numbers=[[1.0] * 1_000_000]),
        lambda: view(preset="x" * 10_000_000),
        lambda: '{"unrolled":' + "[" * 5_000_000,
    ),
    "parameters": (
        lambda: safetensors({"weight_ih_l0": SHAPE}, bytes(8)),
        lambda: safetensors(
            {f"weight_ih_l{at}": {"dtype": "F64", "shape": [0, 1], "data_offsets": [0, 0]} for at in range(50_000)}
        ),
        lambda: safetensors(b"[" * 10_000_000),
    ),
    "trace, CSV": (
        lambda: "name,step,unit,value\n" * 100_000,
        lambda: 'name,step,unit,value\n"{}",0,0,0\n' + "hs,0,1,0\n" * 200_000,
    ),
    "trace, JSON": (lambda: "[" * 10_000_000, lambda: '{"arrays":{"hs":' + "[" * 900 + "]" * 900 + "}}"),
    "trace, NPZ": (
        lambda: archive(zipfile.ZIP_DEFLATED, 600),
        lambda: archive(zipfile.ZIP_DEFLATED, 400),
        lambda: archive(zipfile.ZIP_BZIP2, 100),
        lambda: archive(zipfile.ZIP_LZMA, 100),
    ),
    "link: w": (lambda: packed(ZEROS * 10), lambda: "A" * 5_000_000),
    "link: numbers": (lambda: "1 " * 1_000_000, lambda: "," * 3_000_000, lambda: "9" * 3_000_000),
    "link: kept": (lambda: "f.all.1-9.0~" * 500_000, lambda: "f" * 5_000_000),
    "link: list": (lambda: packed(ZEROS * 2), lambda: "{" * 4_000, lambda: "[" * 3_000_000),
    "link: more": (
        lambda: "[" * 3_000_000,
        lambda: '{"task":' * 500_000,
        lambda: '{"check_every":' + "9" * 3_000_000 + "}",
    ),
    "link: clicks": (lambda: "1." * 1_000_000,),
    "text to translate": (lambda: "hundred " * 300_000, lambda: "\u0300" * 1_000_000, lambda: "9" * 1_000_000),
    "a question on a picture": (lambda: "?" * 300,),
    "an item": (lambda: "camera " * 200_000,),
    "the socket": (lambda: "x" * 10_000_000, lambda: " " * 1_000_000, lambda: "x T " + "9" * 1_000_000),
    "a drawn wave": (
        lambda: {"started": "0a1b2c", "values": [0.5] * 1_000_000},
        lambda: {"started": "0a1b2c", "values": 4},
    ),
    "a drawing": (
        lambda: {"field": [64, 64], "bits": "A" * 20_000_000},
        lambda: {"field": [10**6, 10**6], "bits": ""},
        lambda: [0] * 1_000_000,
    ),
}
