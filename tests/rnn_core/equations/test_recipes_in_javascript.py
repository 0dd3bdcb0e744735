"""The browser's reading of the recipes (ui/browser/stepper/cell.js) and Python's `explain` agree to the last bit."""

import json

import pytest

import rnn_core as rc
from rnn_core.equations.explain import Explainer
from rnn_core.equations.notation import recipes_json
from tests.cases import FORM_IDS, FORMS, make_case
from tests.node import in_node
from tests.repository import ROOT
from tests.rnn_core.equations.test_explain import places
from ui.browser.stepper import _payload

CELL_JS = ROOT / "ui" / "browser" / "stepper" / "cell.js"

EXPLAIN_ALL = f"""
import {{ readFileSync }} from "fs"
import {{ Cell, decodeNumbers }} from {json.dumps(CELL_JS.as_uri())}
const {{ description, table, numbers, places }} = JSON.parse(readFileSync(0, "utf8"))
const cell = new Cell(description, table, decodeNumbers(numbers))
const flat = (place) => place && [place.name, place.t, ...place.units]
console.log(JSON.stringify(places.map(([name, t, ...units]) => {{
  const {{ kind, value, function: f, terms, total }} = cell.explain({{ name, t, units }})
  return [kind, value, f, terms.map((term) => [term.value, term.factors.map((factor) => flat(factor.place))]), total]
}})))
"""


@pytest.mark.parametrize(("cell", "options"), FORMS, ids=FORM_IDS)
def test_every_value_is_explained_alike_in_the_browser(cell, options):
    held = [rc.Silence((0,), (1,)), rc.SetState("h", (1,), 0.3, 2)]
    held += [rc.Clamp("candidate", (0, 1), 0.5, (3,))] if cell != "rnn" else []
    case = make_case(cell, options, interventions=tuple(held), truncate=2)
    trace, grads = case.run(), case.bptt()
    (description,), numbers = _payload([trace], [grads])
    asked = list(places(trace, grads))
    table = recipes_json(trace.params)
    message = {"description": description, "table": table, "numbers": numbers, "places": list(map(flat, asked))}
    found = in_node(EXPLAIN_ALL, message)
    explainer = Explainer(trace, grads)
    for place, from_browser in zip(asked, found, strict=True):
        value = explainer.explain(place)
        terms = [[term.value, [flat(factor.place) for factor in term.factors]] for term in value.terms]
        total = value.total if value.kind == "computed" else value.value
        assert [value.kind, value.value, value.function, terms, total] == from_browser, place


def flat(place):
    return place and [*place[:2]] + [index for index in place[2:] if index is not None]
