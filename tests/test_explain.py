"""Every value that `explain` explains is what its terms make, and every walk back ends at what was given."""

import dataclasses
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.explain import FUNCTIONS, Explainer, explain
from rnn_core.explanation import Explanation, Place, explanation_latex, explanation_text
from rnn_core.notation import recipe_latex, recipes_json, symbols
from rnn_core.recipes import recipes

CELLS = [
    *[("rnn", {"activation": name}) for name in ("tanh", "relu", "sigmoid", "linear")],
    *[("lstm", {"variant": name}) for name in ("standard", "no_forget", "peephole", "coupled")],
    *[("gru", {"reset": reset, "z_keeps": keeps}) for reset in ("after", "before") for keeps in (True, False)],
]
cells = pytest.mark.parametrize(
    ("cell", "options"), CELLS, ids=lambda each: each if isinstance(each, str) else "-".join(map(str, each.values()))
)


def places(trace, grads):
    """Every value of the trace and of the gradients that has an equation."""
    for name, symbol in symbols(trace.params).items():
        if name in recipes(trace.params):
            owner = grads if symbol.of else trace
            array = getattr(owner, name) if symbol.first is not None else getattr(grads.params, name[1:])
            for index in np.ndindex(array.shape):
                yield (
                    Place(name, None, *index)
                    if symbol.first is None
                    else Place(name, index[0] + symbol.first, *index[1:])
                )


def made(value: Explanation) -> float:
    """The value, from its factors alone."""
    products = [term.sign * np.prod([factor.value for factor in term.factors]) for term in value.terms]
    return FUNCTIONS[value.function](float(np.sum(products)))


def draw_run(cell, options, data, hold=True):
    X, H, T = (data.draw(st.integers(1, 4), label=axis) for axis in "XHT")
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1), label="seed"))
    params = rc.init_params(cell, X, H, seed=int(rng.integers(1000)), **options)
    states = {"h_0": rng.normal(size=H)} | ({"c_0": rng.normal(size=H)} if cell == "lstm" else {})
    held = data.draw(st.lists(interventions(cell, H, T), max_size=3), label="held") if hold else []
    trace = rc.run(params, rng.normal(size=(T, X)), **states, interventions=held)
    dcs = {"dcs": rng.normal(size=(T, H))} if cell == "lstm" else {}
    truncate = data.draw(st.none() | st.integers(1, T), label="truncate")
    return trace, rc.bptt(trace, rng.normal(size=(T, H)), **dcs, truncate=truncate)


def interventions(cell, H, T):
    gates = {"rnn": [], "lstm": rc.LSTMTrace.gates, "gru": rc.GRUTrace.gates}[cell]
    units = st.lists(st.integers(0, H - 1), min_size=1, max_size=H, unique=True).map(tuple)
    steps = st.none() | st.lists(st.integers(0, T - 1), min_size=1, unique=True).map(tuple)
    states = st.sampled_from(["h", "c"] if cell == "lstm" else ["h"])
    kinds = [
        st.builds(rc.Silence, units, steps),
        st.builds(rc.SetState, states, units, st.floats(-2, 2), st.integers(0, T - 1)),
    ]
    if gates:
        kinds.append(st.builds(rc.Clamp, st.sampled_from(gates), units, st.floats(0, 1), steps))
    return st.one_of(kinds)


@cells
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_value_is_what_its_terms_make(cell, options, data):
    trace, grads = draw_run(cell, options, data)
    explainer = Explainer(trace, grads)
    for place in places(trace, grads):
        value = explainer.explain(place)
        if value.kind == "computed":
            assert made(value) == pytest.approx(value.value, rel=1e-12, abs=1e-12), place


@cells
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_every_walk_ends_at_inputs_first_states_weights_or_what_was_set_by_hand(cell, options, data):
    trace, grads = draw_run(cell, options, data)
    explainer = Explainer(trace, grads)
    starts = [Place("hs", len(trace.xs), unit) for unit in range(trace.params.hidden_size)]
    starts += [Place("dxs", 1, 0), Place("dhs", 0, 0)]
    for start in starts:
        seen, waiting = set(), [start]
        while waiting:
            place = waiting.pop()
            if place in seen:
                continue
            seen.add(place)
            value = explainer.explain(place)
            waiting += value.parents
            if not value.parents:
                first_state = place.name in ("hs", "cs") and place.step == 0
                constant = (
                    value.kind == "computed" and place.name == "forget_gate" and options["variant"] == "no_forget"
                )
                silent = value.kind == "computed" and place.name.startswith("d") and value.value == 0.0
                weight = place.step is None
                given_name = place.name in ("xs", "dhs_direct", "dcs_direct")
                assert first_state or constant or silent or weight or given_name or value.kind == "held", place


@cells
def test_every_array_of_a_run_can_be_explained(cell, options):
    params = rc.init_params(cell, 2, 3, seed=0, **options)
    trace = rc.run(params, np.ones((4, 2)))
    grads = rc.bptt(trace, np.ones((4, 3)))
    fields = [each.name for owner in (trace, grads) for each in dataclasses.fields(owner)]
    arrays = {name for name in fields if isinstance(getattr(trace, name, getattr(grads, name, None)), np.ndarray)}
    weights = {f"d{name}" for name in params.shapes(2, 3, *list(options.values())[: cell != "rnn"])}
    zero = set() if options.get("variant") == "peephole" else {"dcs_through_peepholes"}  # no peepholes, no path
    assert arrays | weights <= set(symbols(params)) | zero


@cells
def test_the_browser_gets_the_same_recipes(cell, options):
    params = rc.init_params(cell, 2, 3, seed=0, **options)
    table = json.loads(json.dumps(recipes_json(params)))
    for name, recipe in recipes(params).items():
        sent = table["recipes"][name]
        assert recipe_latex(recipe, symbols(params)) == sent["latex"]
        assert (recipe.function, list(recipe.index)) == (sent["function"], sent["index"])
        for term, term_sent in zip(recipe.terms, sent["terms"], strict=True):
            assert term.sign == term_sent["sign"]
            for factor, factor_sent in zip(term.factors, term_sent["factors"], strict=True):
                assert dataclasses.asdict(factor) | {"index": list(factor.index)} == factor_sent
                assert factor.name == "" or factor.name in table["symbols"]


def small_lstm():
    """One unit, one input, numbers that can be checked by hand."""
    weights = {"W_xi": 1.0, "W_xf": 0.5, "W_xg": -1.0, "W_xo": 0.0, "W_hi": 0.0, "W_hf": 2.0, "W_hg": 0.0, "W_ho": 0.0}
    biases = {"b_i": 0.0, "b_f": -0.25, "b_g": 0.0, "b_o": 0.0}
    matrices = {name: np.array([[value]]) for name, value in weights.items()}
    return rc.LSTMParams(**matrices, **{name: np.array([value]) for name, value in biases.items()})


def test_the_text_of_a_gate_shows_its_arithmetic():
    trace = rc.run(small_lstm(), [[0.2]], h_0=[-0.3], c_0=[2.0])
    gate = explain(trace, "forget_gate", 1, 0)
    # σ(0.1 − 0.6 − 0.25) = σ(−0.75) = 0.3208
    assert explanation_text(gate) == "f_1[1] = σ(0.5·0.2 + 2·(−0.3) − 0.25) = 0.3208"
    assert gate.total == pytest.approx(-0.75, abs=1e-15)
    assert gate.parents == (
        Place("W_xf", None, 0, 0),
        Place("xs", 1, 0),
        Place("W_hf", None, 0, 0),
        Place("hs", 0, 0),
        Place("b_f", None, 0),
    )
    assert gate.formula() == (
        r"f_{t}[j] = \sigma\left(\sum_{i} W_{xf}[j,i]\, x_{t}[i] + \sum_{i} W_{hf}[j,i]\, h_{t-1}[i] + b_{f}[j]\right)"
    )
    assert explanation_latex(gate, digits=2) == (
        r"f_{1}[1] = \sigma\left(0.5 \cdot 0.2 + 2 \cdot \left(-0.3\right) - 0.25\right) = 0.32"
    )
    assert explanation_text(gate, limit=1) == "f_1[1] = σ(0.5·0.2 + …) = 0.3208"


def test_the_text_of_a_slope_and_of_a_value_set_by_hand():
    trace = rc.run(small_lstm(), [[0.2], [0.0]], interventions=[rc.Clamp("forget_gate", (0,), 0.5, (1,))])
    assert explanation_text(explain(trace, "forget_gate", 2, 0)) == "f_2[1] := 0.5"
    assert explanation_text(explain(trace, "xs", 1, 0)) == "x_1[1] = 0.2"
    grads = rc.bptt(trace, [[0.0], [1.0]])
    assert grads.dforget_gate[1, 0] != 0.0
    stopped = explain(trace, "dforget_gate_pre", 2, 0, grads=grads)
    assert explanation_text(stopped) == "∂L/∂a^f_2[1] = 0"
    slope = explain(trace, "dcs_through_output", 2, 0, grads=grads)
    assert explanation_text(slope).startswith("∂L/∂c_2[1] via o = 0.5·(1 − (−0.")


@pytest.mark.parametrize(
    "place",
    [
        ("hs", 3, 0),
        ("hs", -1, 0),
        ("hs", 1, 1),
        ("forget_gate", 0, 0),
        ("W_xf", None, 0),
        ("gate", 1, 0),
        ("dhs", 1, 0),
    ],
)
def test_a_place_that_does_not_exist_is_named_in_the_error(place):
    trace = rc.run(small_lstm(), [[0.2], [0.0]])
    with pytest.raises(rc.CoreError, match=r"name|place"):
        explain(trace, *place)


def test_overflow_is_explained_as_it_is():
    params = rc.RNNParams(np.array([[1e200]]), np.array([[1e200]]), np.zeros(1), activation="relu")
    trace = rc.run(params, np.full((3, 1), 1e100))
    overflown = explain(trace, "hs", 2, 0)
    assert explanation_text(overflown) == "h_2[1] = relu(1e+200·1e+100 + 1e+200·1e+300 + 0) = inf"
    assert overflown.total == np.inf
