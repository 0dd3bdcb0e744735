"""What a student hands in: the exercise, its seed, the answer and its result, as a small file or a short code. Whatever arrives in
place of one ends in a `ReceiptRefused`."""

import base64
import json
import math
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NoReturn

from rnn_core.studies.practice.catalogue import LARGEST_SEED
from rnn_core.studies.practice.goal_list import GOALS
from rnn_core.studies.practice.homework.assign import homework_exercises, is_student

LARGEST_FILE, LONGEST_CODE = 4_000, 2_000  # bytes, characters
LARGEST_NUMBER = 1e12
_HEAD, _CODE = "unrolled_homework", "UH1."
VALUE = "value"  # the name of the one number of an answer that is typed

Reason = Literal["too large", "not readable", "not ours", "other exercise", "bad entry"]


class ReceiptRefused(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Receipt:
    student: str
    exercise: str
    seed: int
    answer: tuple[tuple[str, float], ...]  # the typed number, or the weights that were set
    result: tuple[float, ...]  # what the page measured with them


def write_receipt(receipt: Receipt) -> bytes:
    content = {
        _HEAD: 1,
        "student": receipt.student,
        "exercise": receipt.exercise,
        "seed": receipt.seed,
        "answer": dict(receipt.answer),
        "result": list(receipt.result),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def receipt_code(receipt: Receipt) -> str:
    return _CODE + base64.urlsafe_b64encode(zlib.compress(write_receipt(receipt), 9)).decode().rstrip("=")


def read_receipt(data: bytes) -> Receipt:
    """The receipt of a file, or of a code that was saved as a file."""
    if len(data) > LARGEST_FILE:
        raise ReceiptRefused("too large")
    if data.strip().startswith(_CODE.encode()):
        return read_code(data.decode("utf-8", "replace"))
    try:
        content = json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise ReceiptRefused("not readable") from None
    return _receipt(content)


def read_code(text: str) -> Receipt:
    text = re.sub(r"\s", "", text[: 2 * LONGEST_CODE])
    if len(text) > LONGEST_CODE:
        raise ReceiptRefused("too large")
    if not text.startswith(_CODE):
        raise ReceiptRefused("not ours")
    packed = text.removeprefix(_CODE)
    unzip = zlib.decompressobj()
    try:
        data = unzip.decompress(
            base64.b64decode(packed + "=" * (-len(packed) % 4), altchars="-_", validate=True), LARGEST_FILE
        )
    except (ValueError, zlib.error):
        raise ReceiptRefused("not readable") from None
    if not unzip.eof or data.startswith(_CODE.encode()):
        raise ReceiptRefused("not readable")
    return read_receipt(data)


def _refuse_constant(_name: str) -> NoReturn:
    raise ValueError


def _receipt(content: Any) -> Receipt:
    if not isinstance(content, dict) or content.get(_HEAD) != 1:
        raise ReceiptRefused("not ours")
    if content.keys() != {_HEAD, "student", "exercise", "seed", "answer", "result"}:
        raise ReceiptRefused("bad entry")
    student, exercise, seed = content["student"], content["exercise"], content["seed"]
    if exercise not in homework_exercises():
        raise ReceiptRefused("other exercise")
    if not (isinstance(student, str) and is_student(student)):
        raise ReceiptRefused("bad entry")
    if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed <= LARGEST_SEED:
        raise ReceiptRefused("bad entry")
    return Receipt(student, exercise, seed, _answer(content["answer"], exercise), _numbers(content["result"]))


def _answer(given: Any, exercise: str) -> tuple[tuple[str, float], ...]:
    """The weights inside the ranges of their dials, in the exercise's order."""
    goal = GOALS.get(exercise)
    ranges: Mapping[str, tuple[float, float]] = (
        {knob.name: (knob.low, knob.high) for knob in goal.knobs}
        if goal
        else {VALUE: (-LARGEST_NUMBER, LARGEST_NUMBER)}
    )
    if not isinstance(given, dict) or given.keys() != ranges.keys():
        raise ReceiptRefused("bad entry")
    values = dict(zip(given, _numbers(list(given.values())), strict=True))
    if not all(low <= values[name] <= high for name, (low, high) in ranges.items()):
        raise ReceiptRefused("bad entry")
    return tuple((name, values[name]) for name in ranges)


def _numbers(given: Any) -> tuple[float, ...]:
    if not isinstance(given, list) or not 1 <= len(given) <= 8:
        raise ReceiptRefused("bad entry")
    if not all(
        isinstance(each, int | float) and not isinstance(each, bool) and abs(each) <= LARGEST_NUMBER for each in given
    ):
        raise ReceiptRefused("bad entry")
    numbers = tuple(map(float, given))
    if not all(map(math.isfinite, numbers)):
        raise ReceiptRefused("bad entry")
    return numbers
