"""Every drawing of a cell shows values that exist, and what a number is made of is drawn."""

import json

import pytest

from rnn_core.equations.notation import recipes_json
from tests.cases import FORM_IDS, FORMS, make_case
from tests.node import in_node
from tests.repository import ROOT
from ui.browser.stepper import _payload
from ui.browser.stepper_words import stages_of, stepper_words

STEPPER = ROOT / "ui" / "browser" / "stepper"
LARGEST_ERROR = 1e-12

SCENES = f"""
import {{ readFileSync }} from "fs"
import {{ Cell, decodeNumbers }} from {json.dumps((STEPPER / "cell.js").as_uri())}
import {{ computationOf, wholeStep }} from {json.dumps((STEPPER / "computation.js").as_uri())}
import {{ Reading }} from {json.dumps((STEPPER / "stage" / "reading.js").as_uri())}
import {{ gruScene }} from {json.dumps((STEPPER / "stage" / "gru.js").as_uri())}
import {{ laneScene }} from {json.dumps((STEPPER / "stage" / "lanes.js").as_uri())}
import {{ lstmScene }} from {json.dumps((STEPPER / "stage" / "lstm.js").as_uri())}
import {{ rnnScene }} from {json.dumps((STEPPER / "stage" / "rnn.js").as_uri())}
const {{ description, table, numbers }} = JSON.parse(readFileSync(0, "utf8"))
const cell = new Cell(description, table, decodeNumbers(numbers))
const make = {{ rnn: rnnScene, lstm: lstmScene, gru: gruScene }}[cell.kind]
const found = {{ missing: [], unknown: [], notNumbers: [], errors: [], stages: {{}} }}
const layouts = [[false, make], [true, make], [false, laneScene]]
for (const [isTall, draw] of layouts) for (const X of [1, 2, 3, 8]) {{
  const scene = draw({{ kind: cell.kind, options: cell.options, X }}, isTall)
  for (const {{ name, grad }} of scene.boxes) for (const each of [name, grad]) if (!cell.has(each)) found.missing.push(each)
  const pieces = [...scene.boxes, ...scene.wires, ...scene.valves, ...scene.nodes, ...scene.rods, ...scene.chains.flatMap(({{ segments }}) => segments)]
  const keys = new Set(pieces.map(({{ key }}) => key))
  const clickable = scene.boxes.map(({{ key }}) => key)
  for (const direction of ["forward", "backward"]) {{
    const madeOf = scene.madeOf[direction]
    for (const key of clickable) if (!madeOf[key]?.length) found.unknown.push(`${{direction}} ${{key}}`)
    const named = [...clickable.flatMap((key) => madeOf[key] ?? []), ...Object.values(scene.stages[direction]).flat()]
    const own = (name) => name.replace(/^[pn]:/, "")
    for (const name of named) if (!keys.has(own(name)) && !optional(own(name))) found.unknown.push(name)
    if (X !== cell.X) continue
    found.stages[direction] = Object.keys(scene.stages[direction])
    for (let t = 1; t <= cell.T; t++) for (let unit = 0; unit < cell.H; unit++) {{
      const read = new Reading(cell, t, unit)
      for (const piece of pieces) if (piece[direction] && !Number.isFinite(piece[direction](read))) found.notNumbers.push(piece.key)
      for (const piece of pieces) compare(piece, direction, read)
      const branches = scene.wires.filter(({{ key }}) => /^[a-z]_h$/.test(key)).map(({{ backward }}) => backward(read))
      const rail = scene.wires.find(({{ key }}) => key === "rail_h")
      if (rail) found.errors.push(Math.abs(branches.reduce((sum, value) => sum + value, 0) - rail.backward(read)))
    }}
  }}
}}
// Pieces that only some forms of a cell have.
function optional(name) {{
  const {{ variant }} = cell.options
  return (/_c$/.test(name) && variant !== "peephole") || (name === "coupling" && variant !== "coupled") || (/(^|_)f(_|$)|keeps/.test(name) && variant === "no_forget")
}}
// The belt after the sum is what came before it, what was kept and what was written; the rail of h is what its branches bring back.
function compare({{ key }}, direction, read) {{
  if (key !== "memory" || direction !== "forward") return
  const value = (name) => parts[name].forward(read)
  const parts = Object.fromEntries(make(cell, false).chains.flatMap(({{ segments }}) => segments).map((segment) => [segment.key, segment]))
  found.errors.push(Math.abs(value("kept") + value("written") - value("memory")))
}}
found.computation = Object.fromEntries(["forward", "backward"].map((way) => [way, computationOf(cell, way).map(({{ id }}) => id)]))
found.whole = ["forward", "backward"].flatMap((way) => wholeStep(cell, way).map(({{ name }}) => name)).filter((name) => !cell.recipes[name])
found.errors = Math.max(0, ...found.errors)
console.log(JSON.stringify(found))
"""


@pytest.mark.parametrize(("cell", "options"), FORMS, ids=FORM_IDS)
def test_every_form_is_drawn_with_its_own_values(cell, options):
    case = make_case(cell, options)
    trace, grads = case.run(), case.bptt()
    (description,), numbers = _payload([trace], [grads])
    message = {"description": description, "table": recipes_json(trace.params), "numbers": numbers}
    found = in_node(SCENES, message)
    for fault in ("missing", "unknown", "notNumbers", "whole"):
        assert sorted(set(found[fault])) == [], fault
    assert found["errors"] < LARGEST_ERROR
    form = description["options"]["form"]
    stages = stages_of(cell, form)
    assert found["computation"] == {"forward": stages, "backward": stages[::-1]}
    sentences, names = stepper_words()["sentences"], stepper_words()["stage_names"]
    for direction in ("forward", "backward"):
        assert set(stages) <= set(found["stages"][direction])
        for stage in ("whole", *stages):
            keys = {f"{cell}.{stage}.{form}.{direction}", f"{cell}.{stage}.{direction}"}
            assert keys & set(sentences), keys
    assert {f"{cell}.{stage}" for stage in stages} <= set(names)
