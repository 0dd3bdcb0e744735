"""Every value that `explain` explains follows from its terms, and following parents ends at given values."""

import dataclasses
import json
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.blocks.readout import init_readout, mean_squared_error, read_out, read_out_backward
from rnn_core.equations.digits import written
from rnn_core.equations.explain import Explainer, explain
from rnn_core.equations.explanation import Explanation, Place, explanation_latex, explanation_text
from rnn_core.equations.lookup import recipes
from rnn_core.equations.notation import recipe_latex, recipes_json, symbols
from rnn_core.equations.recipes import FUNCTIONS
from tests.cases import FORM_IDS, FORMS, cases

cells = pytest.mark.parametrize(("cell", "options"), FORMS, ids=FORM_IDS)
readouts = pytest.mark.parametrize("activation", ["softmax", "sigmoid", "identity"])


def places(trace, grads):
    """Every value of the trace and of the gradients that has an equation."""
    for name, symbol in symbols(trace.params).items():
        if name in recipes(trace.params):
            owner = grads if symbol.of else trace
            array = getattr(owner, name) if symbol.first is not None else getattr(grads.params, name[1:])
            for index in np.ndindex(array.shape):
                step = None if symbol.first is None else symbol.first + index[0]
                yield Place(name, step, *(index if step is None else index[1:]))


def some_places(trace, grads, seed):
    """Of every name the first and the last value, and some between: each name has one equation for all of its values."""
    rng = np.random.default_rng(seed)
    for _name, group in groupby(places(trace, grads), lambda place: place.name):
        every = list(group)
        yield from {every[at] for at in (0, -1, *rng.integers(len(every), size=3))}


def drawn(cell, options, data):
    case = data.draw(cases(forms=((cell, options),), held=True), label="case")
    return case.run(), case.bptt()


def recomputed(value: Explanation) -> float:
    """The value, from its factors alone."""
    products = [term.sign * np.prod([factor.value for factor in term.factors]) for term in value.terms]
    own = products[value.place.unit] if value.function == "share" else 0.0
    return FUNCTIONS[value.function](float(np.sum(products)), own)


@cells
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_every_value_follows_from_its_terms(cell, options, data):
    trace, grads = drawn(cell, options, data)
    explainer = Explainer(trace, grads)
    for place in some_places(trace, grads, data.draw(st.integers(0, 10_000), label="places")):
        value = explainer.explain(place)
        if value.kind == "computed":
            largest = max([1.0, *(abs(term.value) for term in value.terms)])
            assert recomputed(value) == pytest.approx(value.value, rel=1e-12, abs=1e-12 * largest), place


@cells
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_following_parents_ends_at_inputs_initial_states_weights_or_interventions(cell, options, data):
    trace, grads = drawn(cell, options, data)
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


def test_a_gru_without_its_inner_bias_is_explained_without_it():
    params = dataclasses.replace(rc.init_params("gru", 2, 3, seed=0), b_hn=None)
    trace = rc.run(params, np.ones((4, 2)))
    grads = rc.bptt(trace, np.ones((4, 3)))
    explainer = Explainer(trace, grads)
    for place in places(trace, grads):
        assert explainer.explain(place).recomputed == pytest.approx(explainer.at(place), rel=0, abs=1e-12), place
    assert "b_hn" not in symbols(params)


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
    table = json.loads(recipes_json(params))
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
    assert explanation_text(gate, limit=1) == "f_1[1] = σ(2·(−0.3) + …) = 0.3208"
    assert explanation_text(gate, limit=2) == "f_1[1] = σ(2·(−0.3) − 0.25 + …) = 0.3208"


def test_the_text_of_a_slope_and_of_an_intervention():
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
    assert explanation_text(overflown) == "h_2[1] = relu(1·10²⁰⁰·1·10¹⁰⁰ + 1·10²⁰⁰·1·10³⁰⁰ + 0) = ∞"
    assert overflown.total == np.inf


def answered(activation, cell="lstm"):
    rng = np.random.default_rng(5)
    trace = rc.run(rc.init_params(cell, 2, 3, seed=0), rng.normal(size=(4, 2)))
    answer = read_out(init_readout(3, 2, seed=1, activation=activation), trace.hs[1:])
    loss = mean_squared_error(answer, rng.normal(size=(4, 2)))
    back = read_out_backward(answer, loss.dscores)
    return trace, rc.bptt(trace, back.dhs), answer, back


@readouts
def test_every_value_of_a_readout_follows_from_its_terms(activation):
    trace, grads, answer, back = answered(activation)
    explainer = Explainer(trace, grads, answer, back)
    for name in ("scores", "ys", "dhs_direct"):
        for step in range(4):
            for unit in range(explainer.array(name).shape[1]):
                value = explainer.explain(Place(name, step + 1, unit))
                assert value.kind == "computed"
                assert recomputed(value) == pytest.approx(value.value, abs=1e-14)
                assert value.recomputed == pytest.approx(value.value, abs=1e-14)
    for index in np.ndindex(2, 3):
        value = explainer.explain(Place("dW_hy", None, *index))
        assert recomputed(value) == pytest.approx(back.params.W_hy[index], abs=1e-14)


@readouts
@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_following_parents_from_the_last_output_reaches_the_first_input(activation, cell):
    explainer = Explainer(*answered(activation, cell))
    seen, waiting = set(), [Place("ys", 4, 0)]
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            waiting += explainer.explain(place).parents
    assert {Place("xs", step, unit) for step in range(1, 5) for unit in range(2)} <= seen


def test_a_softmax_is_written_as_a_share():
    trace, _, answer, _ = answered("softmax")
    value = explain(trace, "ys", 1, 1, answer=answer)
    first, second = answer.scores[0]
    assert explanation_text(value, digits=3) == (
        f"y_1[2] = e^{written(second, 3)}/(e^{written(first, 3)} + e^{written(second, 3)}) = {written(answer.ys[0, 1], 3)}"
    )
    assert value.formula() == r"y_{t}[j] = \frac{e^{s_{t}[j]}}{\sum_{i} e^{s_{t}[i]}}"


def test_a_readout_of_another_run_is_refused():
    trace, grads, answer, back = answered("softmax")
    other = rc.run(trace.params, trace.xs + 1)
    with pytest.raises(rc.CoreError, match="other states"):
        Explainer(other, None, answer)
    with pytest.raises(rc.CoreError, match="did not start from"):
        Explainer(trace, rc.bptt(trace, back.dhs + 1), answer, back)
    with pytest.raises(rc.CoreError, match="both"):
        Explainer(trace, grads, answer)
