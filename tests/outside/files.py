"""What files and typed tables are read by: the applications' own data, sounds, runs, saved views, parameters and traces."""

import io
import json
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

import rnn_core as rc
from rnn_core.apps.forecast.own import NoNumbers, TooLarge, one_a_line, own_series, own_table
from rnn_core.apps.recommend.own import NoItems, own_sessions
from rnn_core.apps.sentiment import own as reviews
from rnn_core.apps.sentiment.settings import SHIPPED
from rnn_core.apps.speech.listen import heard_file
from rnn_core.apps.speech.sound import RATE
from rnn_core.apps.speech.wav import SoundError, write_wav
from rnn_core.apps.table import TableRefused, read_table
from rnn_core.apps.text import own as texts
from rnn_core.apps.trained import load_trained
from rnn_core.cells.interventions import from_json, to_json
from rnn_core.errors import CoreError
from rnn_core.formats.params_io import params_from_bytes, params_to_bytes
from rnn_core.formats.trace_io import (
    trace_from_csv,
    trace_from_json,
    trace_from_npz,
    trace_to_csv,
    trace_to_json,
    trace_to_npz,
)
from rnn_core.lab.recorded import network
from rnn_core.learn import runfile
from tests.outside.reader import Reader
from ui.apps.forecast import controls
from ui.apps.text import controls as text_controls
from ui.cells import setup as setups
from ui.cells.setup import CellSetup, Edit, SetupProblem

DATA = Path(rc.__file__).parent / "data"

# --- tables


def forecast(data: bytes) -> object:
    found = own_series(own_table(data))
    return controls._settings_of(found, "gru").split()


def sentiment(data: bytes) -> object:
    table = read_table(data, has_header=False)
    found = reviews.own_reviews(read_table(data, has_header=reviews.has_header(table.rows[0])))
    return SHIPPED["lstm"].changed(rows=reviews.pack(found.rows)) if found.enough_to_train else found


def recommend(data: bytes) -> object:
    return own_sessions(read_table(data, has_header=False))


def table(head: str, rows: list[str], encoding: str = "utf-8") -> bytes:
    return "\n".join([head, *rows, ""]).encode(encoding)


FORECAST_TABLES = (
    (DATA / "forecast" / "nile.csv").read_bytes(),
    table("date;value", [f"{1 + at % 28}.{1 + at // 28}.2021;{at % 7},5" for at in range(90)]),
    table("month\tsales", [f"{2000 + at // 12}-{1 + at % 12:02d}\t{at * 1.5 + at % 5}" for at in range(100)]),
    table("日期,数值", [f"{2000 + at // 12}年{1 + at % 12}月,{at % 9}" for at in range(80)], "gb18030"),
    table("12/31/1999,5", [f"{1 + at % 12}/28/{2000 + at // 12},{at % 4}" for at in range(70)]),
    "\n".join(f"{at % 6}.5" for at in range(80)).encode("utf-16"),
)
WORDS = [
    "good",
    "dull",
    "lovely",
    "slow",
    "film",
    "plot",
    "very",
    "not",
    "at",
    "all",
    "boring",
    "and",
    "the",
    "it",
    "was",
]
REVIEWS = [(" ".join(WORDS[(at * step) % 15] for step in range(1, 3 + at % 7)), at % 2) for at in range(260)]
SENTIMENT_TABLES = (
    table("text,label", [f'"{text} {at}",{good}' for at, (text, good) in enumerate(REVIEWS)]),
    table("stars;review", [f"{1 + at % 5};{text}" for at, (text, _good) in enumerate(REVIEWS[:20])]),
    table("评论,标签", [f"这部电影不错{at},好评\n太差了{at},差评" for at in range(10)], "gb18030"),
)
RECOMMEND_TABLES = (
    table("session,item,time", [f"{at // 4},{('camera', 'coffee beans', '帐篷')[at % 3]},{at}" for at in range(24)]),
    table("a;camera", ["a;flour", "b;helmet", "b;screen"]),
)

# --- sounds


def _tone(seconds: float, rate: int = RATE) -> np.ndarray:
    steps = np.arange(int(seconds * rate)) / rate
    loud = np.where((steps > 0.2) & (steps < 0.7), 0.5, 0.001)
    return loud * np.sin(2 * np.pi * (200 + 300 * steps) * steps) + 1e-4 * np.random.default_rng(0).normal(
        size=len(steps)
    )


SOUNDS = (write_wav(_tone(1.0)), write_wav(_tone(0.9, 16_000), 16_000))

# --- runs


@cache
def runs() -> tuple[bytes, ...]:
    lab, forecasting = network("counting-gru"), load_trained("forecast", "nile-gru")
    return runfile.save(lab), runfile.save(forecasting.state, forecasting.curves)


def run_with(about: object) -> object:
    """A file whose tensors are right and whose header says something else."""
    return runfile.load(save_tensors(load_tensors(runs()[0]), {"unrolled": json.dumps(about)}))


def _about(data: bytes) -> dict[str, Any]:
    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    return dict(json.loads(header["__metadata__"]["unrolled"]))


SETTINGS_OF_APPLICATIONS = (
    load_trained("forecast", "nile-gru").state.settings.to_plain(),
    load_trained("vision", "digit-gru").state.settings.to_plain(),
    {"kind": "text", "text": "own", "own": texts.pack("the cat sat on the mat. " * 60)},
    {
        "kind": "sentiment",
        "rows": reviews.pack([(f"{text} {at}", bool(good)) for at, (text, good) in enumerate(REVIEWS)]),
    },
    {"kind": "forecast", "series": "own", "own": [float(at % 7) for at in range(90)]},
)


# --- saved views


def saved_view(text: str) -> object:
    setup = setups.from_file(text, "lstm")
    return setups.to_file(setup), setups.params_of(setup), setups.inputs_of(setup)


VIEW = CellSetup("lstm", "latch", steps=12, edits=(Edit("W_xf", 0, 2.0), Edit("b_f", 0, -1.5)))
TYPED = CellSetup("lstm", "random", hidden_size=2, input_size=2, signal="typed", numbers=((1.0, 2.0), (0.5, 0.0)))
VIEWS = (setups.to_file(VIEW), setups.to_file(TYPED))

# --- parameters, traces and interventions

LSTM = rc.init_params("lstm", 2, 3)
HELD = (rc.Clamp("forget_gate", (0, 1), 0.5, (1, 2)), rc.Silence((2,)), rc.SetState("c", (0,), 1.0, 1))
TRACE = rc.run(LSTM, np.arange(8.0).reshape(4, 2), interventions=HELD)
STACK = rc.init_stack("gru", 2, 3, layers=2, bidirectional=True)
PARAMS = (params_to_bytes(LSTM), params_to_bytes(STACK), params_to_bytes(rc.init_params("rnn", 1, 1)))
STATE_DICT = save_tensors(load_tensors(PARAMS[0]))  # as a state_dict of torch is saved: it says of no cell


def _header(data: bytes) -> Any:
    return json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def params_with(header: object) -> object:
    """Right numbers under a header that no writer of safetensors makes."""
    text = json.dumps(header).encode()
    return params_from_bytes(
        len(text).to_bytes(8, "little") + text + PARAMS[0][8 + int.from_bytes(PARAMS[0][:8], "little") :]
    )


MEMBERS = _members(trace_to_npz(TRACE))


def npz_with(name: str, member: bytes) -> object:
    """An archive that is whole, one of whose arrays is not."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in (MEMBERS | {name: member}).items():
            archive.writestr(each, content)
    return trace_from_npz(file.getvalue())


def held(items: object) -> object:
    return rc.run(LSTM, TRACE.xs, interventions=from_json(items))


FILES = (
    Reader(
        "forecast, a file",
        forecast,
        FORECAST_TABLES,
        (TableRefused, NoNumbers, TooLarge, CoreError),
        ("forecast_file",),
        0.2,
    ),
    Reader(
        "forecast, typed",
        lambda text: forecast(one_a_line(text)),
        ("1; 2; 3 " * 30, "1,5 2,5 " * 40, "1\n2\n4\n" * 30, "3 4 5, 6, 7 " * 20),
        (TableRefused, NoNumbers, TooLarge, CoreError),
        ("forecast_typed",),
        0.3,
    ),
    Reader(
        "reviews, a file",
        sentiment,
        SENTIMENT_TABLES,
        (TableRefused, reviews.NoReviews, CoreError),
        ("sentiment_file",),
        0.3,
    ),
    Reader(
        "reviews, in a run file",
        reviews.unpack,
        (reviews.pack([(f"{text} {at}", bool(good)) for at, (text, good) in enumerate(REVIEWS)]),),
        share=0.3,
    ),
    Reader(
        "clicks, a file",
        recommend,
        RECOMMEND_TABLES,
        (TableRefused, NoItems),
        ("recommend_file", "recommend_typed"),
        0.3,
    ),
    Reader(
        "text, a file",
        lambda data: text_controls._for_own(texts.pack(texts.read_text(data)), "gru"),
        (
            b"the cat sat on the mat.\n" * 60,
            ("那是一个很冷的早晨。" * 120).encode("gb18030"),
            ("Bär " * 300).encode("utf-16"),
        ),
        enters=("text_file", "text_pasted"),
        share=0.5,
    ),
    Reader("text, in a run file", texts.unpack, (texts.pack("the cat sat on the mat. " * 60),)),
    Reader("sound", heard_file, SOUNDS, (SoundError,), ("speech_file", "speech_microphone"), 0.3),
    Reader("run file", runfile.load, runs(), enters=("run_file",)),
    Reader("run file, its header", run_with, (_about(runs()[0]),), share=2.0),
    Reader("run file of an application, its settings", runfile._settings, SETTINGS_OF_APPLICATIONS, share=2.0),
    Reader("saved view, as text", saved_view, VIEWS, (SetupProblem,), ("open_",)),
    Reader(
        "saved view, as values",
        lambda view: saved_view(json.dumps(view)),
        tuple(map(json.loads, VIEWS)),
        (SetupProblem,),
        share=2.0,
    ),
    Reader("parameters", params_from_bytes, PARAMS),
    Reader("parameters, their header", params_with, (_header(PARAMS[0]),)),
    Reader("a state_dict of torch", lambda data: params_from_bytes(data, "lstm"), (STATE_DICT,)),
    Reader("trace, CSV", trace_from_csv, (trace_to_csv(TRACE),)),
    Reader("trace, JSON", trace_from_json, (trace_to_json(TRACE),)),
    Reader("trace, as values", lambda trace: trace_from_json(json.dumps(trace)), (json.loads(trace_to_json(TRACE)),)),
    Reader("trace, NPZ", trace_from_npz, (trace_to_npz(TRACE),)),
    Reader("trace, an array of an NPZ", lambda data: npz_with("hs.npy", data), (MEMBERS["hs.npy"],)),
    Reader("trace, the words of an NPZ", lambda data: npz_with("about.npy", data), (MEMBERS["about.npy"],)),
    Reader("interventions", held, (to_json(HELD),)),
)
