"""Runs of modern cells: nonsense is refused by name, states and sizes are checked, and overflow stays in the trace."""

import dataclasses

import numpy as np
import pytest

from rnn_core.cells.modern import CELLS
from rnn_core.cells.modern.base import LARGEST
from rnn_core.cells.modern.min_gru import MinGRUParams
from rnn_core.errors import CoreError
from rnn_core.params.modern import init_modern
from rnn_core.passes.evaluate import groups
from rnn_core.passes.modern import MOST_STEPS, bptt_modern, run_modern
from tests.rnn_core.cells.modern.forms import FORM_IDS, FORMS, make_case

XS = np.ones((4, 2))


def min_gru(**changes):
    return dataclasses.replace(init_modern("min_gru", 2, 3), **changes)


@pytest.mark.parametrize(
    ("argument", "call"),
    [
        ("params", lambda: run_modern("min_gru", XS)),
        ("params.W_xn", lambda: run_modern(min_gru(W_xn=np.ones((3, 3))), XS)),
        ("params.b_z", lambda: run_modern(min_gru(b_z=None), XS)),
        ("params", lambda: run_modern(min_gru(W_xz=None), XS)),
        ("params.b_n", lambda: run_modern(min_gru(b_n=np.full(3, np.nan)), XS)),
        ("params: its size H", lambda: run_modern(init_modern("min_gru", 2, 3, LARGEST + 1), XS)),
        ("params.W_xa", lambda: run_modern(dataclasses.replace(init_modern("delta_net", 2, 3), gated=True), XS)),
        (
            "params.W_xa",
            lambda: run_modern(dataclasses.replace(init_modern("delta_net", 2, 3, gated=True), gated=False), XS),
        ),
        ("params.gated", lambda: init_modern("delta_net", 2, 3, gated="yes")),
        ("params.forget", lambda: init_modern("slstm", 2, 3, forget="relu")),
        ("params.feature", lambda: init_modern("linear_attention", 2, 3, feature=None)),
        ("cell", lambda: init_modern("lstm", 2, 3)),
        ("options", lambda: init_modern("lru", 2, 3, gated=True)),
        ("hidden_size", lambda: init_modern("lru", 2, 0)),
        ("seed", lambda: init_modern("lru", 2, 3, seed=-1)),
        ("xs", lambda: run_modern(min_gru(), np.ones((4, 3)))),
        ("xs", lambda: run_modern(min_gru(), [])),
        ("xs: its number of steps T", lambda: run_modern(min_gru(), np.ones((MOST_STEPS + 1, 2)))),
        ("xs", lambda: run_modern(init_modern("delta_net", 2, 200), np.ones((4000, 2)))),
        ("states", lambda: run_modern(min_gru(), XS, {"cs": np.ones(3)})),
        ("states", lambda: run_modern(init_modern("attention", 2, 3), XS, {"key": np.ones(3)})),
        ("states['hs']", lambda: run_modern(min_gru(), XS, {"hs": np.ones(2)})),
        ("trace", lambda: bptt_modern(min_gru(), np.ones((4, 3)))),
        ("direct", lambda: bptt_modern(run_modern(min_gru(), XS), np.ones((3, 3)))),
    ],
)
def test_nonsense_is_met_with_the_name_of_the_argument(argument, call):
    if argument == "params: its size H":  # init refuses it first, by the name of its own argument
        argument = "state_size"
    with pytest.raises(CoreError) as refused:
        call()
    assert refused.value.argument == argument
    assert refused.value.expected


def test_lists_become_arrays_and_a_trace_keeps_a_copy_of_its_input():
    params = MinGRUParams(W_xz=np.ones((1, 1)), W_xn=np.ones((1, 1)), b_z=[0], b_n=[1])
    xs = np.ones((3, 1))
    trace = run_modern(params, xs)
    xs[:] = 5.0
    assert trace.xs[0, 0] == 1.0
    assert trace.params.b_n.dtype == np.float64
    assert trace == run_modern(params, np.ones((3, 1)))
    assert trace != run_modern(params, 2 * np.ones((3, 1)))
    with pytest.raises(AttributeError, match="update_gate"):
        trace.forget_gate


@pytest.mark.parametrize("form", FORMS, ids=FORM_IDS)
def test_only_what_reads_its_own_past_is_computed_step_by_step(form):
    params = make_case(*form).params
    looped = {recipe.name for group in groups(tuple(params.equations())) if group.looped for recipe in group.recipes}
    linear = {
        **{cell: {"hs"} for cell in ("min_gru", "min_lstm", "rg_lru", "selective")},
        **{cell: {"hs_re", "hs_im"} for cell in ("lru", "s4d")},
        "linear_attention": {"memory", "normaliser"}
        if params.cell == "linear_attention" and params.feature == "elu"
        else {"memory"},
        "delta_net": {"memory", "recalled", "error"},
        "rwkv7": {"memory", "recalled"},
        "mlstm": {"lead", "stabiliser", "memory", "normaliser"},
        "attention": set(),
    }
    if form[0] == "slstm":  # not linear: the gates read h
        assert {"input_gate_pre", "output_gate", "hs", "cs"} <= looped
    else:
        assert looped == linear[form[0]]


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_prints_as_one_line_and_counts_its_weights(cell):
    params = init_modern(cell, 2, 3, seed=1)
    assert "\n" not in repr(params)
    assert "X=2, H=3" in repr(params)
    assert params.count() == sum(np.prod(shape) for shape in params.form_shapes().values())
    assert init_modern(cell, 2, 3, seed=1) == params != init_modern(cell, 2, 3, seed=2)
    grads = bptt_modern(run_modern(params, XS), np.ones((4, 3)))
    assert repr(grads).startswith("ModernGradients(cell=")


def test_what_overflows_is_in_the_trace_and_not_on_the_console():
    params = dataclasses.replace(init_modern("linear_attention", 2, 3), W_xv=np.full((3, 2), 1e300))
    trace = run_modern(params, 1e20 * XS)
    assert not np.isfinite(trace.ys).all()
