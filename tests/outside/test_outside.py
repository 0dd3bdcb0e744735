"""Every reader of outside input returns a value or raises one of its own exceptions, within two seconds and 200 MB.

The inputs are damaged valid examples: tests/outside/hostile_input.py damages them, tests/outside/table.py lists the readers.
`python -m benchmarks fuzz` reads 100,000 inputs.
"""

import ast
import logging
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.charts import ROOT
from tests.outside.bombs import BOMBS
from tests.outside.hostile_input import MOST, Damage, damaged
from tests.outside.reader import Reader, attempt, no_more_memory_than
from tests.outside.table import INPUTS, READERS, inputs_of

DAMAGES = 5  # per example, applied one after another: each result is an input

numbers = st.integers(0, MOST)
damages = st.lists(st.tuples(numbers, numbers, numbers), min_size=DAMAGES, max_size=DAMAGES)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Without a page around it, Streamlit logs every sentence that a reader would show."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_valid_examples_are_read(reader: Reader) -> None:
    for example in reader.examples:
        assert not attempt(reader, example).refused


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_damaged_examples_are_read_or_refused(reader: Reader) -> None:
    @settings(
        max_examples=inputs_of(reader) // DAMAGES,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(example=st.sampled_from(reader.examples), several=damages)
    def each(example: object, several: list[Damage]) -> None:
        for damage in several:
            example = damaged(example, (damage,))
            attempt(reader, example)

    each()


@pytest.mark.parametrize(
    ("name", "at"),
    [
        pytest.param(name, at, marks=[pytest.mark.long] if at else [])
        for name, makes in BOMBS.items()
        for at in range(len(makes))
    ],
)
def test_inputs_that_would_grow_large_are_read_or_refused(name: str, at: int) -> None:
    (reader,) = (reader for reader in READERS if reader.name == name)
    bomb = BOMBS[name][at]()
    with no_more_memory_than(1_500):
        attempt(reader, bomb)


def test_there_are_at_least_as_many_inputs_as_stated() -> None:
    assert sum(inputs_of(reader) // DAMAGES * DAMAGES for reader in READERS) >= INPUTS
    assert len({reader.name for reader in READERS}) == len(READERS)


# --- the table is whole

SOURCES = [path for folder in ("rnn_core", "ui") for path in (ROOT / folder).rglob("*.py")]
LOOKS_LIKE_A_READER = ("read", "from_", "parse", "unpack", "load", "decode", "heard", "own_", "ink_of")
TAKES_ANYTHING = ("bytes", "str", "object", "Any", "dict[str, Any]", "Iterable[dict[str, Any]]")
NOT_FROM_OUTSIDE = {
    "ui/browser/assets.from_memory": "what the server is asked for: a name that is not among our files has none",
    "rnn_core/equations/recipes.parse": "an equation of our own",
    **dict.fromkeys(
        (
            *(f"ui/apps/{name}/controls._read" for name in ("forecast", "sentiment", "text")),
            "ui/apps/recommend/own._read",
            "ui/apps/translate/own_pairs._read",
            "ui/apps/speech/source._read",
        ),
        "the page around a reader of the table: it says the sentence that belongs to each refusal",
    ),
    "rnn_core/studies/flip_flop.load": "a file that ships with the app",
    "ui/widgets/questions.read_question": "a lesson of our own",
    "ui/browser/finder.ink_of": "what `sent_picture`, a reader of the table, has checked",
    **dict.fromkeys(
        (
            *(f"ui/memory/inside/compute.own_{name}" for name in ("network", "units", "ablation", "run")),
            "ui/memory/inside/series_compute.own_units",
            "ui/memory/inside/sequences_compute.own_units",
            "ui/memory/inside/sequences_compute.own_moved",
            "ui/memory/inside/series._read_or_nothing",
        ),
        "keeps what a reader of the table has read",
    ),
    "ui/apps/recommend/compute.read_own": "keeps what a reader of the table has read",
    "ui/runs/visitor.load": "the run file's reader, and a place for the run",
}
ENTRANCES = ("file_uploader", "audio_input", "camera_input", "chat_input", "text_area")
OUR_ENTRANCES = {"upload": 2, "upload_table": 1, "checked_table": 1, "microphone": 1}  # the place of the key


def _name_of(path: Path, function: str) -> str:
    return f"{path.relative_to(ROOT).with_suffix('').as_posix()}.{function}"


def _readers_in(path: Path) -> Iterator[str]:
    """Functions that are called like readers, and take what a file, a link or JSON can be."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.FunctionDef) or not node.name.lstrip("_").startswith(LOOKS_LIKE_A_READER):
            continue
        taken = [each for each in node.args.args if each.arg not in ("self", "cls")]
        if taken and taken[0].annotation and ast.unparse(taken[0].annotation) in TAKES_ANYTHING:
            yield node.name


def _keys_in(path: Path) -> Iterator[str]:
    """The keys of widgets by which files and long texts come in; of a key that is put together, its beginning."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in OUR_ENTRANCES:
            yield from _texts(node.args[OUR_ENTRANCES[called]])
        elif called in ENTRANCES:
            for word in node.keywords:
                if word.arg == "key":
                    yield from _texts(word.value.values[0] if isinstance(word.value, ast.JoinedStr) else word.value)
                elif word.arg is None and isinstance(word.value, ast.Call):  # **in_session("the key")
                    yield from _texts(word.value.args[0])


def _texts(node: ast.expr) -> list[str]:
    return [node.value] if isinstance(node, ast.Constant) else []


def test_every_function_that_reads_outside_input_is_in_the_table() -> None:
    called: set[tuple[str, str]] = set()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            called.add((frame.f_code.co_filename, frame.f_code.co_name))

    draw = random.Random(0)
    for reader in READERS:
        for _ in range(20):  # damaged, because results are cached
            value = damaged(
                draw.choice(reader.examples), [(draw.randint(2, 6), draw.randint(0, MOST), draw.randint(0, MOST))]
            )
            sys.setprofile(note)
            try:
                reader.read(value)
            except reader.refusals:
                continue
            finally:
                sys.setprofile(None)
    readers = {(path, function) for path in SOURCES for function in _readers_in(path)}
    not_called = {_name_of(*each) for each in readers if (str(each[0]), each[1]) not in called}
    assert not_called <= NOT_FROM_OUTSIDE.keys() <= {_name_of(*each) for each in readers}


def test_every_upload_and_text_field_is_in_the_table() -> None:
    keys = {key for path in SOURCES for key in _keys_in(path)}
    assert {"forecast_file", "run_file", "open_", "speech_microphone"} <= keys
    assert keys <= {key for reader in READERS for key in reader.enters}
