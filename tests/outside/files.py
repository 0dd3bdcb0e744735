"""The readers of files and typed texts: runs, saved views, parameters, traces, tours, homework and lists."""

import io
import json
import zipfile
from functools import cache
from typing import Any

import numpy as np
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

import rnn_core as rc
from rnn_core.analysis.inside.changes import scores_with
from rnn_core.analysis.inside.labels import labels
from rnn_core.apps.passages import own_passage, own_rows
from rnn_core.apps.registry import APPLICATIONS
from rnn_core.apps.sentiment import own as reviews
from rnn_core.apps.text import own as texts
from rnn_core.apps.trained import load_trained
from rnn_core.cells.interventions import Clamp, SetState, Silence, from_json, to_json
from rnn_core.formats.params_io import params_from_bytes, params_to_bytes
from rnn_core.formats.state_dict import open_state_dict, read_vocabulary
from rnn_core.formats.state_layout import find_layout
from rnn_core.formats.trace_io import (
    trace_from_csv,
    trace_from_json,
    trace_from_npz,
    trace_to_csv,
    trace_to_json,
    trace_to_npz,
)
from rnn_core.lab.recorded import network
from rnn_core.lab.settings import KINDS
from rnn_core.learn import runfile
from rnn_core.passes.layers import init_stack
from rnn_core.studies.practice.homework.assign import read_students
from rnn_core.studies.practice.homework.check import check, make_receipt
from rnn_core.studies.practice.homework.receipt import ReceiptRefused, read_receipt, receipt_code, write_receipt
from rnn_core.studies.practice.progress import ProgressRefused, Solved, read_progress, write_progress
from rnn_core.studies.practice.typed import read_number
from tests.outside.application_files import REVIEWS
from tests.outside.reader import Reader
from ui.cells import setup as setups
from ui.cells.setup import CellSetup, Edit, SetupProblem
from ui.classroom.plans.stop_editor import read_answers
from ui.course.practice.progress import KNOWN
from ui.memory.inside.series_compute import read_numbers
from ui.widgets.tours import shipped as shipped_tours
from ui.widgets.tours.fields import TourProblem
from ui.widgets.tours.tour import read_tour

# --- runs

ASKING = b'en = "A"\n[[steps]]\nview = "lstm"\nen = "B"\n[steps.ask]\nen = "C"\n'
FORMS_OF_ASKING = (
    b"number = { right = 8, within = 0.5 }",
    b'items = [{ en = "b" }, { en = "a" }, { en = "c" }]',
    b'sketch = { x = [0, 20], y = [-1, 1.5], x_name = { en = "t" } }',
)
ALL_KINDS = KINDS | {name: application.settings.read for name, application in APPLICATIONS.items()}


@cache
def runs() -> tuple[bytes, ...]:
    lab, forecasting = network("counting-gru"), load_trained(APPLICATIONS["forecast"].settings, "nile-gru")
    return runfile.save(lab), runfile.save(forecasting.state, forecasting.curves)


def a_run(data: bytes) -> object:
    return runfile.load(data, ALL_KINDS)


def run_with(about: object) -> object:
    """A file with valid tensors and another header."""
    return a_run(save_tensors(load_tensors(runs()[0]), {"unrolled": json.dumps(about)}))


def _about(data: bytes) -> dict[str, Any]:
    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    return dict(json.loads(header["__metadata__"]["unrolled"]))


SETTINGS_OF_APPLICATIONS = (
    load_trained(APPLICATIONS["forecast"].settings, "nile-gru").state.settings.to_plain(),
    load_trained(APPLICATIONS["vision"].settings, "digit-gru").state.settings.to_plain(),
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
HELD = (Clamp("forget_gate", (0, 1), 0.5, (1, 2)), Silence((2,)), SetState("c", (0,), 1.0, 1))
TRACE = rc.run(LSTM, np.arange(8.0).reshape(4, 2), interventions=HELD)
STACK = init_stack("gru", 2, 3, layers=2, bidirectional=True)
PARAMS = (params_to_bytes(LSTM), params_to_bytes(STACK), params_to_bytes(rc.init_params("rnn", 1, 1)))
STATE_DICT = save_tensors(load_tensors(PARAMS[0]))  # as a saved state_dict of torch, which names no cell


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


PARAMS_WITH_READOUT = save_tensors(
    load_tensors(PARAMS[0]) | {"out.weight": np.ones((2, 3), np.float32), "out.bias": np.zeros(2, np.float32)}
)


def look_into(data: bytes) -> object:
    file = open_state_dict(data)
    return scores_with(file.network(find_layout(file.shapes)), np.ones((2, 2)))


def held(items: object) -> object:
    return rc.run(LSTM, TRACE.xs, interventions=from_json(items))


RECEIPT = make_receipt("a", "rnn_state", 4, {"value": 0.5})
FILES = (
    Reader("run file", a_run, runs(), enters=("run_file",)),
    Reader("run file, its header", run_with, (_about(runs()[0]),), share=2.0),
    Reader(
        "run file of an application, its settings",
        lambda given: runfile._settings(given, ALL_KINDS),
        SETTINGS_OF_APPLICATIONS,
        share=2.0,
    ),
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
    Reader("a network to look into", look_into, (PARAMS_WITH_READOUT,), enters=("inside_file",)),
    Reader("numbers to look into", read_numbers, ("1 2 3.5 " * 30, "1e3, -2;4\n" * 40), enters=("inside_numbers",)),
    Reader("a vocabulary", read_vocabulary, ('["a", "b", " "]', "abc de"), enters=("inside_vocabulary_",)),
    Reader(
        "a text to look at",
        lambda text: (labels((text[:1500], text[1500:])), own_passage(text, ("<unk>", "go", "def"))),
        ("He said: “I (and he) go.”\n" * 120, "def f(a): # x\n    return [a]\n" * 110),
        enters=("inside_text",),
        share=0.1,
    ),
    Reader(
        "rows of numbers to look at",
        lambda text: own_rows(text, 2),
        ("1 2\n3 4.5\n\n5 6e-1\n7 8\n9 1\n" * 20, "\n\n".join("0 1\n1 0" for _row in range(30))),
        share=0.1,
    ),
    Reader("trace, CSV", trace_from_csv, (trace_to_csv(TRACE),)),
    Reader("trace, JSON", trace_from_json, (trace_to_json(TRACE),)),
    Reader("trace, as values", lambda trace: trace_from_json(json.dumps(trace)), (json.loads(trace_to_json(TRACE)),)),
    Reader("trace, NPZ", trace_from_npz, (trace_to_npz(TRACE),)),
    Reader("trace, an array of an NPZ", lambda data: npz_with("hs.npy", data), (MEMBERS["hs.npy"],)),
    Reader("trace, the words of an NPZ", lambda data: npz_with("about.npy", data), (MEMBERS["about.npy"],)),
    Reader("interventions", held, (to_json(HELD),)),
    Reader(
        "a tour",
        read_tour,
        (
            *((shipped_tours.FOLDER / f"{name}.toml").read_bytes() for name in ("lstm", "after")),
            (shipped_tours.PLANS / "fading.toml").read_bytes(),
            *(ASKING + form for form in FORMS_OF_ASKING),
        ),
        (TourProblem,),
        ("own_tour_file", "room_plan", "plan_file"),
        0.2,
    ),
    Reader(
        "a receipt of homework",
        lambda data: check([read_receipt(data)], {"a": 4}),
        (write_receipt(RECEIPT), receipt_code(RECEIPT).encode()),
        (ReceiptRefused,),
        ("homework_files", "homework_codes"),
    ),
    Reader("the answers of a stop", read_answers, ("grows\n* falls", "* 会\n不会"), enters=("stop_answers_",)),
    Reader("a list of students", read_students, ("20241031\n20241038\tWang", "a;b，李-7"), enters=("homework_list",)),
    Reader(
        "solved exercises",
        lambda data: read_progress(data, KNOWN),
        (write_progress({"rnn_sum": Solved(2, 1), "hold_bit": Solved(1, 0)}).encode(),),
        (ProgressRefused,),
        enters=("practice_file",),
    ),
    Reader("a typed number", read_number, ("0,45", "−4.5·10⁻³", "4.5e-3", "1/3")),
)
