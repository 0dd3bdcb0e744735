"""The modern cells in the browser: every value of every form as Python computes it, and explained by the same terms."""

import json

import numpy as np
import pytest

from rnn_core.arrays import weight_names
from rnn_core.equations.explain import Explainer
from rnn_core.equations.notation import recipes_json
from tests.node import in_node
from tests.repository import ROOT
from tests.rnn_core.cells.modern.forms import FORM_IDS, FORMS, make_case
from tests.rnn_core.cells.modern.test_explained import places
from tests.rnn_core.equations.test_recipes_in_javascript import flat

BROWSER = ROOT / "ui" / "browser"
RUN = f"""
import {{ readFileSync }} from "fs"
import {{ runTable }} from {json.dumps((BROWSER / "engine" / "tables.js").as_uri())}
import {{ Cell }} from {json.dumps((BROWSER / "stepper" / "cell.js").as_uri())}
const answers = JSON.parse(readFileSync(0, "utf8")).map(({{ table, T, given, places }}) => {{
  const read = JSON.parse(table)
  for (const each of Object.values(given)) each.values = each.values.map((value) => value ?? -Infinity)
  const arrays = runTable(read, T, given)
  const cell = new Cell({{ T, arrays: {{}}, held: {{}}, truncate: null }}, table, new Float64Array())
  for (const [name, array] of Object.entries(arrays)) cell.arrays.set(name, array)
  const flat = (place) => place && [place.name, place.t, ...place.units]
  const explained = places.map(([name, t, ...units]) => {{
    const {{ kind, terms }} = cell.explain({{ name, t, units }})
    return [kind, terms.map((term) => term.factors.map((factor) => flat(factor.place)))]
  }})
  const numbers = Object.fromEntries(Object.entries(arrays).map(([name, {{ values, shape }}]) => [name, [shape, Array.from(values, String)]]))
  return [numbers, explained]
}})
console.log(JSON.stringify(answers))
"""


def given_of(case):
    params = case.params
    arrays = {name: getattr(params, name) for name in weight_names(params)} | dict(params.constants)
    arrays |= {"xs": case.xs, f"d{params.output}_direct": case.direct, **params.initial_state(), **case.states}
    return {
        name: {"shape": array.shape, "values": [None if v == -np.inf else v for v in array.ravel().tolist()]}
        for name, array in arrays.items()
    }


@pytest.fixture(scope="module")
def answers():
    """Of every form a run from its state of rest: the case, every number, and some explanations. One process for all."""
    cases = [
        make_case(*form, X=2, H=3, N=2, T=5, seed=place, started=place % 2 > 0) for place, form in enumerate(FORMS)
    ]
    asked, explainers = [], []
    for case in cases:
        explainer = Explainer(case.run(), case.bptt())
        chosen = list(places(explainer, case.params))[::7]
        explainers.append((explainer, chosen))
        asked.append(
            {
                "table": recipes_json(case.params),
                "T": 5,
                "given": given_of(case),
                "places": [flat(place) for place in chosen],
            }
        )
    return dict(zip(FORM_IDS, zip(cases, explainers, in_node(RUN, asked), strict=True), strict=True))


@pytest.mark.parametrize("form", FORM_IDS)
def test_every_number_is_pythons(form, answers):
    case, _explainers, (numbers, _explained) = answers[form]
    trace, grads = case.run(), case.bptt()
    weights = {f"d{name}": getattr(grads.params, name) for name in weight_names(case.params)}
    expected = dict(trace.values) | dict(grads.values) | weights
    assert expected.keys() <= numbers.keys()
    for name, array in expected.items():
        shape, values = numbers[name]
        assert tuple(shape) == array.shape, name
        ours = np.array([float(value.replace("Infinity", "inf")) for value in values]).reshape(shape)
        scale = max(1.0, np.abs(array[np.isfinite(array)]).max(initial=0.0))
        np.testing.assert_allclose(ours, array, rtol=0, atol=1e-12 * scale, err_msg=name)


@pytest.mark.parametrize("form", FORM_IDS)
def test_every_number_is_explained_by_the_same_terms(form, answers):
    _case, (explainer, chosen), (_numbers, explained) = answers[form]
    for place, (kind, terms) in zip(chosen, explained, strict=True):
        value = explainer.explain(place)
        assert kind == value.kind, place
        assert terms == [[flat(factor.place) for factor in term.factors] for term in value.terms], place
