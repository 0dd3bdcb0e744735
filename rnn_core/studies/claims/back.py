"""Claims about back-propagation through time."""

from collections.abc import Callable

import numpy as np

import rnn_core as rc
from rnn_core.arrays import Array
from rnn_core.params.build import form_of, make_params, weights_of
from rnn_core.studies.claims.claim import Finding, Picture, Series, degrees_between
from rnn_core.studies.claims.small_training import Training, init, train
from rnn_core.studies.claims.snippets import SNIPPETS, function_in
from rnn_core.studies.claims.tasks import last_step, marked

T, H = 6, 4
_STEP = 1e-5  # of central differences


def _sigmoid_run() -> rc.RNNTrace:
    xs = np.random.default_rng(1).normal(size=(T, 2))
    return rc.run(rc.init_params("rnn", 2, H, seed=1, activation="sigmoid"), xs)


def _central_differences(trace: rc.RNNTrace) -> Array:
    """(T, H): the gradients of the sum of h_T on h_1..h_T, each from two runs that start at a shifted state."""
    found = np.ones((T, H))
    for t in range(1, T):
        for unit in range(H):
            shift = _STEP * np.eye(H)[unit]
            up, down = (
                rc.run(trace.params, trace.xs[t:], trace.hs[t] + way * shift).hs[-1].sum() for way in (1.0, -1.0)
            )
            found[t - 1, unit] = (up - down) / (2 * _STEP)
    return found


def _passed_back(code: str, trace: rc.RNNTrace) -> Array:
    """The gradients on h_1..h_T, if this code passes the gradient from a step to the one before."""
    p = trace.params
    backward = function_in(code, "backward", {"W_hh": p.W_hh, "W_xh": p.W_xh, "b": p.b_h})
    found = np.ones((T, H))
    for t in reversed(range(1, T)):
        found[t - 1] = backward(trace.hs[t + 1], trace.hs[t], trace.xs[t], found[t])
    return found


def forward_formula_in_backward() -> Finding:
    trace = _sigmoid_run()
    true = rc.bptt(trace, last_step(T, H)).dhs[1:]
    wrong, right = _passed_back(SNIPPETS[14].code, trace), _passed_back(SNIPPETS[14].right, trace)
    central = _central_differences(trace)
    norms = [np.linalg.norm(each, axis=1) for each in (true, wrong)]
    return Finding(
        (bool(np.allclose(wrong, central, atol=1e-6)),),
        {
            "angle": degrees_between(wrong[:-1], true[:-1]),
            "times": float(np.linalg.norm(wrong[0]) / np.linalg.norm(true[0])),
            "central": float(np.abs(central - true).max()),
            "right": float(np.abs(right - true).max()),
            "T": T,
        },
        Picture("step", "gradient_norm", (Series("true gradient", norms[0]), Series("as written", norms[1])), log=True),
    )


def missing_gate_factors() -> Finding:
    xs = np.random.default_rng(2).normal(size=(T, 2))
    lstm = rc.run(rc.init_params("lstm", 2, H, seed=2), xs)
    back = rc.bptt(lstm, last_step(T, H))
    dc_next = np.vstack([back.dcs[2:] * lstm.forget_gate[1:], np.zeros((1, H))])
    wrong = _cell_gradients(SNIPPETS[15].code, lstm, back.dhs[1:], dc_next)
    right = _cell_gradients(SNIPPETS[15].right, lstm, back.dhs[1:], dc_next)
    gru = rc.run(rc.init_params("gru", 2, H, seed=2), xs)
    dh = rc.bptt(gru, last_step(T, H)).dhs[1:]
    return Finding(
        (bool(np.allclose(wrong, back.dcs[1:])),),
        {
            "angle": degrees_between(wrong, back.dcs[1:]),
            "share": float(np.linalg.norm(wrong) / np.linalg.norm(back.dcs[1:])),
            "right": float(np.abs(right - back.dcs[1:]).max()),
            "gru_times": float(np.linalg.norm(dh) / np.linalg.norm(dh * (1.0 - gru.update_gate))),
            "gru_angle": degrees_between(dh, dh * (1.0 - gru.update_gate)),
        },
    )


def _cell_gradients(code: str, trace: rc.LSTMTrace, dhs: Array, dc_next: Array) -> Array:
    backward = function_in(code, "backward", {"np": np})
    return np.array([backward(dhs[t], trace.cs[t + 1], trace.output_gate[t], dc_next[t]) for t in range(len(dhs))])


def update_after_every_step() -> Finding:
    xs, marks = marked(T)
    start = init(1, 8, seed=3)
    start["W_xh"][:, 0] = 0.0  # the network does not read the mark yet
    cut, cut_losses = train(start, xs, marks, Training(truncate=1))
    whole, whole_losses = train(start, xs, marks, Training())
    return Finding(
        (bool(cut_losses[-1] < 0.1),),
        {
            "T": T,
            "updates": len(cut_losses),
            "changed_cut": float(np.abs(cut["W_xh"][:, 0]).max()),
            "changed_whole": float(np.abs(whole["W_xh"][:, 0]).max()),
            "loss_cut": float(cut_losses[-1]),
            "loss_whole": float(whole_losses[-1]),
        },
        Picture("update", "loss", (Series("one step", cut_losses), Series("all steps", whole_losses))),
    )


def updates_the_hidden_state() -> Finding:
    trace = _sigmoid_run()
    p, rate = trace.params, 0.1

    def loss(params: rc.Params) -> float:
        return float(((rc.run(params, trace.xs).hs[-1] - 1.0) ** 2).sum())

    back = rc.bptt(trace, last_step(T, H) * 2.0 * (trace.hs[-1] - 1.0))
    moved = make_params("rnn", {n: w - rate * weights_of(back.params)[n] for n, w in weights_of(p).items()}, form_of(p))
    states = trace.hs - rate * back.dhs  # overwritten by the next forward pass
    again = rc.run(p, trace.xs)
    return Finding(
        (bool(np.allclose(again.hs, states)),),
        {"before": loss(p), "states": float(((again.hs[-1] - 1.0) ** 2).sum()), "weights": loss(moved)},
    )


def early_parameters_stay() -> Finding:
    steps = 20
    params = rc.init_params("rnn", 2, 8, seed=4, scheme="singular_value", singular_value=0.8)
    trace = rc.run(params, np.random.default_rng(4).normal(size=(steps, 2)))
    back = rc.bptt(trace, last_step(steps, 8))
    parts = back.contribution_norms("W_xh")
    total = np.linalg.norm(back.params.W_xh)
    separate = np.linalg.norm(back.contributions("W_xh").sum(axis=0) - back.params.W_xh)
    return Finding(
        (bool(total == 0.0),),
        {
            "T": steps,
            "first": float(parts[0]),
            "last": float(parts[-1]),
            "total": float(total),
            "difference": float(separate),
            "ratio": float(parts[-1] / parts[0]),
        },
        Picture("step", "contribution_norm", (Series("contribution to W_xh", parts),), log=True),
    )


ALL: dict[int, Callable[[], Finding]] = {
    14: forward_formula_in_backward,
    15: missing_gate_factors,
    16: update_after_every_step,
    17: updates_the_hidden_state,
    18: early_parameters_stay,
}
