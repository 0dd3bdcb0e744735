"""The browser's engine (ui/browser/engine/) and Python's `run` and `bptt` agree on every value of every form."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.arrays import weight_names
from rnn_core.cells.interventions import Intervention
from rnn_core.equations.explain import overridden_values
from rnn_core.equations.notation import recipes_json
from rnn_core.formats.numbers import arrays_of_run
from tests.cases import FORMS, GATES, Case, make_case
from tests.node import in_node
from tests.repository import ROOT

BROWSER = ROOT / "ui" / "browser"
SETTINGS = 60 * len(FORMS)
RUN_ALL = """
import { readFileSync, writeFileSync } from "fs"
import { Engine } from ENGINE
const answered = process.argv.at(-1)
const { tables, cases } = JSON.parse(readFileSync(0, "utf8"))
const engines = tables.map((table) => new Engine(JSON.parse(table)))
const found = cases.map(({ table, sizes, given, held, truncate }) => engines[table].run(sizes, given, { held, truncate }))
writeFileSync(answered, Buffer.concat(found.map(({ numbers }) => Buffer.from(numbers.buffer))))
console.log(JSON.stringify(found.map(({ arrays }) => arrays)))
"""


def random_interventions(cell: str, T: int, H: int, rng: np.random.Generator) -> Iterator[Intervention]:
    for _each in range(rng.integers(1, 4)):
        units = tuple(map(int, rng.choice(H, size=min(H, 2), replace=False)))
        steps = None if rng.random() < 0.3 else tuple(map(int, rng.choice(T, size=min(T, 3), replace=False)))
        value = float(rng.uniform(-2, 2))
        match rng.integers(3):
            case 0:
                yield rc.Silence(units, steps)
            case 1:
                yield rc.SetState("hc"[rng.integers(2)] if cell == "lstm" else "h", units, value, int(rng.integers(T)))
            case _ if GATES[cell]:
                yield rc.Clamp(GATES[cell][rng.integers(len(GATES[cell]))], units, value, steps)


def random_case(seed: int) -> Case:
    """Every form in turn; half with interventions, half with truncation."""
    rng = np.random.default_rng(seed)
    cell, options = FORMS[seed % len(FORMS)]
    X, H, T = int(rng.integers(1, 9)), int(rng.integers(1, 9)), int(rng.integers(1, 13))
    held = tuple(random_interventions(cell, T, H, rng)) if rng.random() < 0.5 else ()
    truncate = int(rng.integers(1, T + 2)) if rng.random() < 0.5 else None
    scale = float(rng.choice((0.5, 1.0, 3.0)))
    case = make_case(cell, options, X, H, T, seed, scale, interventions=held, truncate=truncate)
    if cell == "gru" and options["reset"] == "after" and rng.random() < 0.2:
        case = replace(case, params=replace(case.params, b_hn=None))
    return case


def reported(case: Case, trace: rc.AnyTrace, table: int) -> dict[str, Any]:
    """What the engine is asked for."""
    states = {"h_0": case.h_0, "c_0": case.c_0, "dhs_direct": case.dhs, "dcs_direct": case.dcs, "xs": case.xs}
    given = states | {name: getattr(case.params, name) for name in weight_names(case.params)}
    T, H = case.dhs.shape
    held = {
        name: [
            [int(step), int(unit), float(getattr(trace, name)[step + (name in ("hs", "cs")), unit])]
            for step, unit in np.argwhere(mask)
        ]
        for name, mask in overridden_values(trace).items()
        if mask.any()
    }
    return {
        "table": table,
        "sizes": {"T": T, "X": case.params.input_size, "H": H},
        "given": {name: array.ravel().tolist() for name, array in given.items() if array is not None},
        "held": held,
        "truncate": case.truncate,
    }


def engine_runs(
    cases: list[Case], folder: Path, table_of: Callable[[rc.Params], str] = recipes_json
) -> list[Mapping[str, np.ndarray]]:
    """Every array of every run, in one process of the browser's language."""
    traces = [case.run() for case in cases]
    tables = list(dict.fromkeys(table_of(trace.params) for trace in traces))
    asked = {
        "tables": tables,
        "cases": [
            reported(case, trace, tables.index(table_of(trace.params)))
            for case, trace in zip(cases, traces, strict=True)
        ],
    }
    answer = folder / "answered"
    script = RUN_ALL.replace("ENGINE", json.dumps((BROWSER / "engine" / "engine.js").as_uri()))
    asked_places = in_node(script, asked, answer)
    numbers, at, found = np.fromfile(answer, dtype="<f8"), 0, []
    for places in asked_places:
        sizes = {name: int(np.prod(place["shape"])) for name, place in places.items()}
        found.append(
            {
                name: numbers[at + place["start"] : at + place["start"] + sizes[name]].reshape(place["shape"])
                for name, place in places.items()
            }
        )
        at += sum(sizes.values())
    assert at == len(numbers)
    return found


def largest_error(cases: list[Case], found: list[Mapping[str, np.ndarray]]) -> float:
    """Of all arrays of all runs, each relative to its largest number, or to 1 where that is smaller."""
    worst = 0.0
    for case, arrays in zip(cases, found, strict=True):
        expected = arrays_of_run(case.run(), case.bptt())
        assert arrays.keys() == expected.keys()
        for name, array in expected.items():
            assert arrays[name].shape == array.shape
            np.testing.assert_array_equal(np.isfinite(arrays[name]), np.isfinite(array), err_msg=name)
            with np.errstate(invalid="ignore"):
                error = np.nan_to_num(np.abs(arrays[name] - array), posinf=0.0).max(initial=0.0)
            worst = max(worst, error / max(1.0, np.abs(np.nan_to_num(array)).max(initial=0.0)))
    return float(worst)


def test_the_engine_gives_every_value_that_python_gives(tmp_path: Path) -> None:
    cases = [random_case(seed) for seed in range(SETTINGS)]
    assert {bool(case.interventions) for case in cases} == {case.truncate is None for case in cases} == {True, False}
    assert largest_error(cases, engine_runs(cases, tmp_path)) < 1e-12


@pytest.mark.parametrize(("cell", "options"), FORMS)
def test_it_does_so_for_the_longest_sequence_and_the_widest_cell(cell, options, tmp_path: Path) -> None:
    cases = [make_case(cell, options, X=8, H=8, T=200, seed=seed) for seed in range(2)]
    assert largest_error(cases, engine_runs(cases, tmp_path)) < 1e-12


MUTATIONS = {  # of one equation of the table, as the browser receives it
    "a factor of the next step": ("dcs_through_forget", lambda recipe: recipe["terms"][0]["factors"][1].update(dt=0)),
    "a sign": ("dupdate_gate", lambda recipe: recipe["terms"][1].update(sign=1)),
    "a slope": ("dpre", lambda recipe: recipe["terms"][0]["factors"][-1].update(map="identity")),
    "a term that is missing": ("hs", lambda recipe: recipe["terms"].pop()),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_wrong_equation_is_noticed(name: str, tmp_path: Path) -> None:
    wrong, change = MUTATIONS[name]

    def mutated(params: rc.Params) -> str:
        table = json.loads(recipes_json(params))
        if wrong in table["recipes"]:
            change(table["recipes"][wrong])
        return json.dumps(table)

    cases = [random_case(seed) for seed in range(2 * len(FORMS))]
    assert largest_error(cases, engine_runs(cases, tmp_path, mutated)) > 1e-6
