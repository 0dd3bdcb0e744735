"""The diagrams of the cells after the LSTM: the browser explains as Python does, and every value has its block."""

import itertools
import json
from typing import Any

import numpy as np
import pytest

from rnn_core.equations.explain import Explainer
from rnn_core.equations.explanation import Place
from rnn_core.equations.lookup import recipes
from rnn_core.equations.notation import recipes_json, symbols
from rnn_core.params.modern import init_modern
from rnn_core.passes.modern import bptt_modern, run_modern
from rnn_core.studies.modern.comparison import CLASSICAL, PRESETS
from tests.node import in_node
from tests.repository import ROOT
from ui.browser.stepper import _payload

STEPPER = ROOT / "ui" / "browser" / "stepper"
MODERN = [preset for preset in PRESETS if preset not in CLASSICAL]


def url(file: str) -> str:
    return json.dumps((STEPPER / file).as_uri())


READ = f"""
import {{ readFileSync }} from "fs"
import {{ Cell, decodeNumbers }} from {url("cell.js")}
const {{ description, table, numbers, places }} = JSON.parse(readFileSync(0, "utf8"))
const cell = new Cell(description, table, decodeNumbers(numbers))
"""
EXPLAIN = f"""{READ}
console.log(JSON.stringify(places.map(([name, t, ...units]) => {{
  const {{ kind, value, function: f, terms, total }} = cell.explain({{ name, t, units }})
  return [kind, String(value), f, terms.length, String(total)] // JSON has no infinity
}})))
"""
LAY_OUT = f"""{READ}
import {{ layoutOf, numberPlacesOf }} from {url("blocks/layout.js")}
import {{ edgesOf, ownersOf }} from {url("blocks/reads.js")}
console.log(JSON.stringify([false, true].map((isNarrow) => {{
  const {{ blocks, width, height }} = layoutOf(cell, isNarrow, 2.5)
  const owners = ownersOf(cell, blocks)
  const boxes = blocks.map(({{ names, dt, at, size }}) => ({{ name: names[0], dt, at, size }}))
  const inside = blocks.map((block) => numberPlacesOf(block).length)
  return {{ boxes, inside, width, height, owners: [...owners.keys()], edges: edgesOf(cell, blocks, owners) }}
}})))
"""


def run(preset: str, T: int = 3, H: int = 2) -> tuple[Any, Any]:
    cell, options = PRESETS[preset]
    random = np.random.default_rng(5)
    trace = run_modern(init_modern(cell, 2, H, None, 1, **options), random.normal(size=(T, 2)))
    return trace, bptt_modern(trace, random.normal(size=(T, H)))


def message(trace: Any, grads: Any, **more: Any) -> dict[str, Any]:
    (description,), numbers = _payload([trace], [grads])
    return {"description": description, "table": recipes_json(trace.params), "numbers": numbers, **more}


def places_of(trace: Any, grads: Any) -> list[Place]:
    explainer = Explainer(trace, grads)
    found = []
    for name, symbol in symbols(trace.params).items():
        shape = explainer.array(name).shape
        for index in itertools.product(*map(range, shape)):
            step, units = (None, index) if symbol.first is None else (index[0] + symbol.first, index[1:])
            if symbol.axes[1:] == ("past",) and units[0] >= (step or 0):
                continue  # attention reads no later step
            found.append(Place(name, step, *units))
    return found


@pytest.mark.parametrize("preset", MODERN)
def test_every_number_is_explained_alike_in_the_browser(preset: str) -> None:
    trace, grads = run(preset)
    places = places_of(trace, grads)
    asked = [[place.name, place.step, *(each for each in place[2:] if each is not None)] for place in places]
    found = in_node(EXPLAIN, message(trace, grads, places=asked))
    explainer = Explainer(trace, grads)
    for place, (kind, value, function, terms, total) in zip(places, found, strict=True):
        here = explainer.explain(place)
        assert (kind, function, terms) == (here.kind, here.function, len(here.terms)), place
        assert float(value) == here.value, place
        if kind == "computed":
            assert float(total) == pytest.approx(here.total, rel=1e-12, abs=1e-12), place


@pytest.mark.parametrize("preset", MODERN)
def test_every_value_has_a_block_and_no_block_covers_another(preset: str) -> None:
    trace, grads = run(preset, H=4)
    values = {name for name in recipes(trace.params) if not symbols(trace.params)[name].of}
    for layout in in_node(LAY_OUT, message(trace, grads)):
        assert values | {"xs"} <= set(layout["owners"])
        boxes = layout["boxes"]
        for box in boxes:
            ends = [at + size for at, size in zip(box["at"], box["size"], strict=True)]
            assert min(box["at"]) >= 0, box
            assert ends[0] <= layout["width"], box
            assert ends[1] <= layout["height"], box
        for one, two in itertools.combinations(boxes, 2):
            assert not all(
                one["at"][axis] < two["at"][axis] + two["size"][axis]
                and two["at"][axis] < one["at"][axis] + one["size"][axis]
                for axis in (0, 1)
            ), (one, two)
        known = {(box["name"], box["dt"]) for box in boxes}
        assert {(edge["from"], edge["dt"]) for edge in layout["edges"]} <= known
        reached = {edge["to"] for edge in layout["edges"]}
        assert {box["name"] for box in boxes if box["dt"] == 0} - reached <= {"xs", "lambda_re", "A_re", "input_re"}
