"""Every number of a modern cell's run, forward and backward, can be opened: `explain` gives the terms that make it."""

import json
import re

import numpy as np
import pytest

from rnn_core.equations.explain import Explainer
from rnn_core.equations.explanation import Place, explanation_latex, explanation_text
from rnn_core.equations.lookup import recipes
from rnn_core.equations.notation import recipes_json, symbols
from rnn_core.equations.recipes import FUNCTIONS, MAPS
from rnn_core.passes import evaluate
from tests.rnn_core.cells.modern.forms import FORM_IDS, FORMS, make_case

forms = pytest.mark.parametrize("form", FORMS, ids=FORM_IDS)


def places(explainer, params):
    for name, symbol in explainer.symbols.items():
        for index in np.ndindex(explainer.array(name).shape):
            step = None if symbol.first is None else symbol.first + index[0]
            place = Place(name, step, *(index if step is None else index[1:]))
            if symbol.axes[1:] != ("past",) or place.unit < place.step:
                yield place


@forms
@pytest.mark.parametrize("started", [True, False])
def test_every_value_is_what_its_terms_make(form, started):
    case = make_case(*form, X=2, H=2, N=2, T=3, started=started)
    trace, grads = case.run(), case.bptt()
    explainer = Explainer(trace, grads)
    kinds = {"computed": 0, "given": 0}
    for place in places(explainer, case.params):
        value = explainer.explain(place)
        kinds[value.kind] += 1
        if value.kind == "computed" and np.isfinite(value.value):
            largest = max([1.0, *(abs(term.value) for term in value.terms)])
            assert value.recomputed == pytest.approx(value.value, rel=1e-11, abs=1e-12 * largest), place
    assert kinds["computed"] > 40


@forms
def test_every_array_has_a_symbol_and_every_walk_ends_at_what_is_given(form):
    case = make_case(*form, X=2, H=2, N=2, T=2)
    trace, grads = case.run(), case.bptt()
    explainer = Explainer(trace, grads)
    assert set(trace.values) | set(grads.values) <= set(explainer.symbols)
    seen, waiting = set(), [Place(case.params.output, 2, 0), Place("dxs", 1, 0)]
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            waiting += explainer.explain(place).parents
    ends = {place.name for place in seen if explainer.explain(place).kind == "given"}
    weights = set(case.params.form_shapes())
    assert ends <= weights | set(case.params.constants) | set(case.params.initial_state()) | {
        "xs",
        f"d{case.params.output}_direct",
    }
    assert {"xs", f"d{case.params.output}_direct"} <= ends


@forms
def test_formulas_and_lines_can_be_written(form):
    case = make_case(*form, X=2, H=2, N=2, T=2)
    explainer = Explainer(case.run(), case.bptt())
    for name in recipes(case.params):
        symbol = explainer.symbols[name]
        place = Place(name, None if symbol.first is None else 2, *[0] * (len(symbol.axes) - (symbol.first is not None)))
        value = explainer.explain(place)
        assert " = " in explanation_text(value)
        assert "\\" not in explanation_text(value)
        for formula in (value.formula(), explanation_latex(value)):
            assert formula.count("{") == formula.count("}")
            assert "[u]" not in formula
            assert not re.search(r"_\{[^}]*_", formula), formula


def test_lines_read_as_their_equations():
    case = make_case("min_gru", {}, X=1, H=1, T=2)
    explainer = Explainer(case.run(), case.bptt())
    assert explainer.explain(Place("hs", 2, 0)).formula() == (
        r"h_{t}[j] = \left(1 - z_{t}[j]\right)\, h_{t-1}[j] + z_{t}[j]\, n_{t}[j]"
    )
    assert explanation_text(explainer.explain(Place("dcandidate", 2, 0))).startswith("∂L/∂n_2[1] = ")
    attention = make_case("attention", {}, X=1, H=1, N=1, T=2)
    explainer = Explainer(attention.run(), attention.bptt())
    assert explainer.explain(Place("scores", 2, 0)).formula() == r"e_{t}[s] = \sum_{i} \kappa\, q_{t}[i]\, k_{s}[i]"
    assert explainer.explain(Place("ys", 2, 0)).formula() == r"y_{t}[j] = \sum_{s} \alpha_{t}[s]\, v_{s}[j]"


@forms
def test_the_browser_gets_the_table(form):
    table = json.loads(recipes_json(make_case(*form).params))
    names = {
        factor["name"] for recipe in table["recipes"].values() for term in recipe["terms"] for factor in term["factors"]
    }
    assert names - {""} <= set(table["symbols"]) == set(symbols(make_case(*form).params))


@pytest.mark.parametrize(
    ("one", "many"), [(FUNCTIONS, evaluate.FUNCTIONS), (MAPS, evaluate.MAPS)], ids=["functions", "maps"]
)
def test_functions_of_numbers_and_of_arrays_are_the_same(one, many):
    for name, function in many.items():
        # log a of root_rest is negative, its value and sigma's and the root's are shares
        for value in (-0.9, -0.25) if name in ("root_rest", "log_sigmoid", "dlog_sigmoid") else (0.25, 0.9):
            scalar = one[name](value, 0.0) if one is FUNCTIONS else one[name](value)
            assert float(function(np.float64(value))) == pytest.approx(scalar, rel=1e-15, abs=1e-15), name
