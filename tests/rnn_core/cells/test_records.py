"""Parameters, traces and gradients at the prompt and in a notebook: how they print, compare, hash and are drawn."""

import pickle
import re
from dataclasses import fields, replace
from xml.etree import ElementTree

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.blocks.attention import attend, attend_backward
from rnn_core.blocks.readout import cross_entropy, init_readout, read_out, read_out_backward
from rnn_core.cells.heatmaps import GREY, MOST_STEPS, MOST_UNITS, heat_maps
from rnn_core.cells.records import Record
from rnn_core.passes.layers import bptt_stack, init_stack, run_stack
from rnn_core.passes.padded import bptt_padded, run_padded
from tests.cases import FORM_IDS, FORMS, make_case


def of_a_form(cell, options):
    case = make_case(cell, options, X=2, H=3, T=5)
    return [case.params, case.run(), case.bptt()]


def of_several_layers(seed=0):
    stack, xs = init_stack("lstm", 2, 3, 2, bidirectional=True, seed=seed), np.ones((2, 5, 2))
    trace, padded = run_stack(stack, xs[0]), run_padded(stack, xs, [5, 3])
    return [stack, trace, bptt_stack(trace, trace.ys), padded, bptt_padded(padded, padded.ys)]


def of_a_readout(seed=0):
    answer = read_out(init_readout(3, 2, seed), np.ones((5, 3)))
    loss = cross_entropy(answer, [0, 1, 0, 1, 0])
    return [answer.params, answer, loss, read_out_backward(answer, loss.dscores)]


def of_attention(seed=0):
    attention = attend(np.random.default_rng(seed).normal(size=(5, 3)))
    return [attention, attend_backward(attention, np.ones(3))]


MADE = {
    **{name: (lambda form=form: of_a_form(*form)) for name, form in zip(FORM_IDS, FORMS, strict=True)},
    "stack": of_several_layers,
    "readout": of_a_readout,
    "attention": of_attention,
}


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_a_record_prints_on_one_line_and_equals_another_of_the_same_values_and_has_no_hash(make):
    for one, again in zip(make(), make(), strict=True):
        assert isinstance(one, Record)
        assert "\n" not in repr(one)
        assert len(repr(one)) < 120
        assert one == again
        assert one == pickle.loads(pickle.dumps(one))
        with pytest.raises(TypeError, match=f"{type(one).__name__} has no hash, because"):
            hash(one)


@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_one_changed_number_or_option_makes_records_differ(make):
    for one in make():
        for each in fields(one):
            value = getattr(one, each.name)
            if isinstance(value, np.ndarray):
                changed = value.copy()
                changed.flat[-1] = ~changed.flat[-1] if value.dtype == bool else changed.flat[-1] + 1.0
                assert one != replace(one, **{each.name: changed}), each.name
                assert one != replace(one, **{each.name: value[:-1]}), each.name
            elif isinstance(value, str):
                assert one != replace(one, **{each.name: "another"})
        assert one != "a text"


def test_records_of_other_weights_differ():
    assert all(one != other for one, other in zip(of_several_layers(0), of_several_layers(1), strict=True))
    assert all(one != other for one, other in zip(of_a_readout(0), of_a_readout(1), strict=True))


def test_repr_names_the_sizes_and_what_is_not_as_usual():
    case = make_case("lstm", {}, X=4, H=8, T=20)
    assert repr(case.params) == "LSTMParams(X=4, H=8)"
    assert repr(case.run()) == "LSTMTrace(T=20, X=4, H=8)"
    assert repr(case.bptt()) == "LSTMGradients(T=20, X=4, H=8)"
    gru = make_case("gru", {"reset": "before", "z_keeps": False}, interventions=(rc.Silence((0,)),), truncate=2)
    assert repr(gru.params) == "GRUParams(X=2, H=3, reset='before', z_keeps=False)"
    assert repr(gru.run()) == "GRUTrace(T=5, X=2, H=3, interventions=1)"
    assert repr(gru.bptt()) == "GRUGradients(T=5, X=2, H=3, truncate=2)"
    assert repr(init_stack("rnn", 2, 3, 4)) == "StackParams(layers=4, directions=1, X=2, H=3)"
    assert repr(rc.RNNParams(1, "two", None)) == "RNNParams(W_xh=<int>, W_hh=<str>, b_h=<NoneType>, activation=<str>)"


def test_a_run_that_overflowed_equals_itself():
    grown = replace(rc.init_params("rnn", 1, 2), W_hh=np.full((2, 2), 1e200), activation="relu")
    trace = rc.run(grown, np.ones((4, 1)))
    assert trace.first_bad is not None
    assert np.isnan(trace.hs).any() or np.isinf(trace.hs).any()
    assert trace == rc.run(grown, np.ones((4, 1)))
    assert GREY in trace._repr_html_()


def drawn(html):
    """The label of each heat map, and how many of its squares are not white."""
    root = ElementTree.fromstring(html)  # closed tags, quoted attributes, escaped text
    found = {}
    for svg in root.iter("svg"):
        lines = "".join(path.attrib["d"] for path in svg.iter("path"))
        found[svg.attrib["aria-label"].split(",")[0]] = sum(map(int, re.findall(r"h(\d+)", lines)))
    return found


@pytest.mark.parametrize(("cell", "options"), FORMS, ids=FORM_IDS)
def test_a_trace_is_drawn_with_its_gates_named(cell, options):
    trace = make_case(cell, options, scale=3.0).run()
    squares = drawn(trace._repr_html_())
    names = ("hs", "cs") if cell == "lstm" else ("hs",)
    assert list(squares) == [*names, *trace.gates]
    for name in squares:
        values = getattr(trace, name)[1:] if name in names else getattr(trace, name)
        scale = max(1.0, np.abs(values).max())
        assert squares[name] == (np.abs(values / scale) > 0.05).sum(), name


def test_gradients_are_drawn_however_small_they_are():
    case = make_case("lstm", {})
    grads = rc.bptt(case.run(), 1e-9 * case.dhs)
    squares = drawn(grads._repr_html_())
    assert list(squares) == ["dhs", "dcs"]
    assert min(squares.values()) > 0


def test_a_heat_map_stays_small_and_escapes_its_labels():
    html = heat_maps("<b>title", {"a<b": np.random.default_rng(0).normal(size=(1000, 128))})
    assert "<b>" not in html
    assert f"({MOST_STEPS} of 1000 steps, {MOST_UNITS} of 128 units)" in html
    assert list(drawn(html)) == ["a<b"]
    assert len(html) < 30_000
