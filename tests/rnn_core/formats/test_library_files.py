"""Files of unknown origin: each is read or refused by a CoreError, and never takes more memory than what it holds."""

import io
import json
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from safetensors.numpy import save

import rnn_core as rc
from rnn_core.apps.registry import APPLICATIONS
from rnn_core.formats import params_io, trace_io
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks.adding import Adding
from rnn_core.learn import runfile
from rnn_core.learn.train import start
from tests.kinds import EVERY_KIND

TRACE = rc.run(rc.init_params("gru", 2, 2, 0), np.ones((2, 2)))
NPZ = trace_io.trace_to_npz(TRACE)
WORDS = json.loads(trace_io.trace_to_json(TRACE))
CSV = trace_io.trace_to_csv(TRACE)
read_run = partial(runfile.load, kinds=EVERY_KIND)
RUN = runfile.save(start(RunSettings(task=Adding(steps=4), hidden=4, batch=2, budget=5)))
PARAMS = params_io.params_to_bytes(TRACE.params)
SMALL = 20 * 2**20  # bytes of memory

NUMBERS = st.one_of(
    *(st.integers(), st.floats(), st.booleans(), st.none(), st.sampled_from([10**400, -(2**63), 2**64])),
)
ANYTHING = st.recursive(
    NUMBERS | st.text(max_size=5) | st.sampled_from(["lstm", "NaN", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def read_or_refuse(read: Callable[[], object]) -> None:
    with suppress(rc.CoreError):
        read()


def memory_of(read: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        read_or_refuse(read)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def npy(header: str, content: bytes = b"", version: bytes = b"\x01\x00") -> bytes:
    size = struct.pack("<H" if version == b"\x01\x00" else "<I", len(header))
    return b"\x93NUMPY" + version + size + header.encode("latin-1", "replace") + content


def members_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def of_shape(*shape: int) -> bytes:
    return npy(f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}\n", bytes(8 * int(np.prod(shape))))


@pytest.mark.parametrize("text", ["name,step,unit,value\n", "name,step,unit,value\n\n", CSV.replace("\n", "\n\n", 1)])
def test_a_table_without_its_second_line_is_refused(text: str) -> None:
    with pytest.raises(rc.CoreError, match="csv"):
        trace_io.trace_from_csv(text)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compressions_that_cannot_be_unpacked_in_pieces_are_refused(method: int) -> None:
    whole = zipped(members_of(NPZ), method)
    for data in (whole, whole[:60] + b"?" * 9 + whole[69:]):
        with pytest.raises(rc.CoreError, match="npz"):
            trace_io.trace_from_npz(data)


HOSTILE_HEADERS = {
    "nothing": b"",
    "not npy": b"hello",
    "cut": npy("{'descr': '<f8'")[:-3],
    "no dictionary": npy("[1, 2]"),
    "deep": npy("(" * 3000),
    "a call": npy("__import__('os').system('true')"),
    "objects": npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", b"12345678"),
    "a huge shape": npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }", b"12345678"),
    "a negative shape": npy("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, -1), }", b"12345678"),
    "a shape of text": npy("{'descr': '<f8', 'fortran_order': False, 'shape': 'abc', }", b"12345678"),
    "a strange type": npy("{'descr': [('a', '<f8', (10**9,))], 'fortran_order': False, 'shape': (1,), }"),
    "a null byte": npy("{'descr': '<f8\x00', 'fortran_order': False, 'shape': (1,), }", b"12345678"),
    "a long header": npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }" + " " * 60_000, b"12345678"),
    "version 2": npy("{'descr': '<f8', 'shape': (1,), }", b"12345678", b"\x02\x00"),
    "version 9": npy("{}", b"", b"\x09\x00"),
}


@pytest.mark.parametrize("member", HOSTILE_HEADERS.values(), ids=HOSTILE_HEADERS)
def test_hostile_headers_are_refused(member: bytes) -> None:
    for name in ("xs.npy", "about.npy", "other.npy"):
        with pytest.raises(rc.CoreError):
            trace_io.trace_from_npz(zipped(members_of(NPZ) | {name: member}))


def lying(data: bytes, declared: int) -> bytes:
    """Each member says that it has this many bytes when unpacked."""
    raw = bytearray(data)
    at = raw.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", raw, at + 24, declared)
        at = raw.find(b"PK\x01\x02", at + 4)
    return bytes(raw)


BOMBS = {
    "a large array": zipped(members_of(NPZ) | {"xs.npy": of_shape(5_000_000)}),
    "large in two directions": zipped(
        members_of(NPZ) | {"xs.npy": of_shape(4096, 1000), "hs.npy": of_shape(4097, 1000)}
    ),
    "large arrays beside small ones": zipped(members_of(NPZ) | {f"a{k}.npy": of_shape(2_000_000) for k in range(8)}),
    "a long description": zipped(
        members_of(NPZ)
        | {"about.npy": npy("{'descr': '|u1', 'fortran_order': False, 'shape': (50000000,), }", bytes(50_000_000))}
    ),
    "a member that lies": lying(zipped({"about.npy": bytes(100_000_000)}), 200),
    "many members": zipped({f"{k}.npy": b"" for k in range(5000)}),
    "bzip2": zipped({"about.npy": bytes(50_000_000)}, zipfile.ZIP_BZIP2),
    "lzma": zipped({"about.npy": bytes(50_000_000)}, zipfile.ZIP_LZMA),
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_small_archive_never_takes_much_memory(bomb: bytes) -> None:
    assert len(bomb) < 2_000_000
    with pytest.raises(rc.CoreError):
        trace_io.trace_from_npz(bomb)
    assert memory_of(lambda: trace_io.trace_from_npz(bomb)) < SMALL


def test_texts_that_would_take_much_memory_are_refused() -> None:
    many = "[" + "[]," * 3_000_000 + "[]]"
    assert memory_of(lambda: trace_io.trace_from_json('{"arrays": {"xs": ' + many + "}}")) < SMALL
    names = "".join(f"n{k},0,0,0\n" for k in range(50_000))
    assert memory_of(lambda: trace_io.trace_from_csv(CSV + names)) < SMALL


def test_a_header_full_of_empty_tensors_is_refused_before_it_is_read() -> None:
    empty = {"t" * 8 + str(k): {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]} for k in range(100_000)}
    header = json.dumps(empty).encode()
    data = len(header).to_bytes(8, "little") + header
    for read in (params_io.params_from_bytes, read_run):
        with pytest.raises(rc.CoreError):
            read(data)
        assert memory_of(lambda read=read: read(data)) < SMALL


def test_a_long_trace_still_comes_back() -> None:
    long = rc.run(rc.init_params("lstm", 1, 2, 0), np.ones((50_000, 1)))
    assert np.array_equal(trace_io.trace_from_npz(trace_io.trace_to_npz(long)).hs, long.hs)
    wide = rc.run(rc.init_params("rnn", 300, 200, 0), np.ones((1, 300)))
    assert np.array_equal(trace_io.trace_from_npz(trace_io.trace_to_npz(wide)).hs, wide.hs)


@given(st.data())
def test_any_member_in_any_place(data: st.DataObject) -> None:
    members = members_of(NPZ)
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from([*members, "params.W_xn.npy", " ", "../x", "a\x00b"]))
        members[name] = data.draw(
            st.binary(max_size=40) | st.sampled_from([*members.values(), *HOSTILE_HEADERS.values()])
        )
    method = data.draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2]))
    whole = bytearray(zipped(members, method))
    for _ in range(data.draw(st.integers(0, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    read_or_refuse(lambda: trace_io.trace_from_npz(bytes(whole)))


@given(
    st.lists(
        st.tuples(st.sampled_from(["hs", "xs", "cs", "params.W_xr", "params.b_r", ""]), NUMBERS, NUMBERS, NUMBERS)
    ),
    st.text(max_size=30),
    st.booleans(),
)
@example([], "\n", False)
def test_any_table(rows: list[tuple], second: str, behind: bool) -> None:
    lines = "".join(",".join(map(str, row)) + "\n" for row in rows)
    read_or_refuse(
        lambda: trace_io.trace_from_csv(CSV + lines if behind else f"name,step,unit,value\n{second}\n{lines}")
    )


@given(
    st.dictionaries(st.sampled_from(["format", "version", "cell", "form", "interventions", "arrays"]), ANYTHING),
    st.dictionaries(st.sampled_from([*WORDS["arrays"], "more"]), ANYTHING),
)
def test_any_words(words: dict, arrays: dict) -> None:
    read_or_refuse(lambda: trace_io.trace_from_json(json.dumps({**WORDS, "arrays": WORDS["arrays"] | arrays, **words})))


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["kind", "units", "steps", "step", "gate", "state", "value"]),
            ANYTHING | st.sampled_from(["clamp", "silence", "set_state", [0], "h"]),
        )
    )
)
def test_any_interventions(interventions: list) -> None:
    read_or_refuse(lambda: trace_io.trace_from_json(json.dumps(WORDS | {"interventions": interventions})))


def with_metadata(file: bytes, metadata: dict[str, str]) -> bytes:
    size = int.from_bytes(file[:8], "little")
    header = json.loads(file[8 : 8 + size])
    words = json.dumps(header | {"__metadata__": metadata}).encode()
    return len(words).to_bytes(8, "little") + words + file[8 + size :]


def about_of(file: bytes) -> dict:
    return json.loads(json.loads(file[8 : 8 + int.from_bytes(file[:8], "little")])["__metadata__"]["unrolled"])


SETTINGS = st.dictionaries(st.sampled_from([*RunSettings().to_plain(), "more"]), ANYTHING, max_size=3)


@given(
    st.dictionaries(
        st.sampled_from(["version", "settings", "step", "best_loss", "best_step", "ending"]), ANYTHING, max_size=2
    ),
    SETTINGS,
    st.booleans(),
)
def test_any_run_file(about: dict, settings: dict, other: bool) -> None:
    words = about_of(RUN)
    words["settings"] = words["settings"] | settings
    text = json.dumps(words | (about if other else {}))
    read_or_refuse(lambda: read_run(with_metadata(RUN, {"unrolled": text})))


@given(
    ANYTHING,
    st.sampled_from([*APPLICATIONS, "?"]),
    st.dictionaries(
        st.sampled_from(["own", "rows", "text", "series", "task", "hidden", "cell", "window"]), ANYTHING, max_size=3
    ),
)
def test_any_application_in_a_run_file(kind: object, name: str, settings: dict) -> None:
    for given_kind in (kind, name):
        words = json.dumps(about_of(RUN) | {"settings": {"kind": given_kind, **settings}})
        read_or_refuse(lambda words=words: read_run(with_metadata(RUN, {"unrolled": words})))


@given(
    st.dictionaries(
        st.sampled_from(["version", "cell", "activation", "variant", "reset"]),
        ANYTHING | st.sampled_from(["rnn", "lstm", "gru", 1]),
    ),
    st.booleans(),
)
def test_any_words_of_a_file_of_weights(about: dict, keep: bool) -> None:
    words = json.dumps((about_of(PARAMS) if keep else {}) | about)
    read_or_refuse(lambda: params_io.params_from_bytes(with_metadata(PARAMS, {"unrolled": words})))


ARRAYS = st.builds(
    lambda shape, kind: np.zeros(shape, kind),
    st.lists(st.integers(0, 6), max_size=3).map(tuple),
    st.sampled_from(["f4", "f8", "f2", "i8", "u1", "?", "c8"]),
)


@given(
    st.dictionaries(
        st.sampled_from(
            ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", "weight_ih_l1", "weight_ih_l0_reverse", "\x00"]
        ),
        ARRAYS,
    ),
    st.sampled_from(["rnn", "lstm", "gru"]),
)
def test_any_tensors_of_a_file_of_weights(named: dict, cell: str) -> None:
    data = save(named)
    read_or_refuse(lambda: params_io.params_from_bytes(data, cell))


@given(st.binary(max_size=60), st.integers(0, 200), st.integers(0, 255))
def test_any_bytes(data: bytes, place: int, byte: int) -> None:
    for whole, read in ((NPZ, trace_io.trace_from_npz), (PARAMS, params_io.params_from_bytes), (RUN, read_run)):
        read_or_refuse(lambda read=read: read(data))
        read_or_refuse(lambda read=read, whole=whole: read(whole[:place] + bytes([byte]) + whole[place + 1 :]))
        read_or_refuse(lambda read=read, whole=whole: read(whole[:place] + data + whole[place:]))
