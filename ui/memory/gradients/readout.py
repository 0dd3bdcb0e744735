"""The numbers beside the charts of the page on gradients, and warnings of overflow and underflow."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from rnn_core.arrays import Array
from rnn_core.equations.digits import digits_for_all, true_digits, written
from ui.figures.bands import power_of_ten
from ui.figures.words import number
from ui.i18n import _
from ui.memory.gradients import compute
from ui.memory.gradients.controls import GradientView

# One HTML element and not twelve of Streamlit's: a slider waits for each of them.
_STYLE = """<style>
dl.numbers { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; margin: 0; padding: 0; }
dl.numbers dt { font-size: 0.875rem; opacity: 0.8; }
dl.numbers dd { margin: 0; padding: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
</style>"""


def numbers(view: GradientView, runs: Sequence[compute.Lengths]) -> None:
    """The matrix, the bound and the final norm of each gradient, side by side; then a known result for this kind of matrix."""
    spectrum, bound = compute.spectrum(view.rnn, view.seed), compute.bound(view.rnn, view.seed)
    rnn, gru, lstm = (run.chosen for run in runs)
    if lstm.c is None:
        raise TypeError("the gradients of an LSTM include those of its cell state")
    end = int(rnn.ends[0])
    shown = [
        (_("s₁ of W<sub>hh</sub>"), number(spectrum.largest_singular)),
        (_("ρ of W<sub>hh</sub>"), number(float(np.abs(spectrum.eigenvalues).max()))),
        (_("bound, k = {k}").format(k=end), power_of_ten(float(bound[end]))),
        (_("RNN, k = {k}").format(k=end), power_of_ten(float(rnn.h[0, 0]))),
        (_("GRU, k = {k}").format(k=view.gru.steps), power_of_ten(float(gru.h[0, 0]))),
        (_("LSTM’s c, k = {k}").format(k=view.lstm.steps), power_of_ten(float(lstm.c[0, 0]))),
    ]
    pairs = "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in shown)
    st.html(f'{_STYLE}<dl class="numbers">{pairs}</dl>')
    known = _known_result(view, end)
    if known:
        st.markdown(known)


def _known_result(view: GradientView, end: int) -> str:
    setup = view.rnn
    if setup.activation != "linear" or end < setup.steps:
        return ""
    T, w = setup.steps, setup.size
    match setup.kind:
        case "scalar":
            return _(
                "$w^T = {w:g}^{{{T}}}$ = {power}. And $dh_T/dw = T\\,w^{{T-1}}h_0$ = {formula}; back-propagation finds {found}."
            ).format(
                w=w,
                T=T,
                power=number(w**T),
                formula=number(T * w ** (T - 1)),
                found=number(compute.scalar_weight_gradient(setup)),
            )
        case "nonnormal":
            beside = compute.off_diagonal(setup)
            peak = float(beside.max())
            where = np.flatnonzero(np.isclose(beside, peak, rtol=1e-12, atol=0.0))
            return _("The entry beside the diagonal of the product is largest at k = {k}: {peak:.2f}.").format(
                k=", ".join(map(str, where)), peak=peak
            )
        case "orthogonal":
            values = compute.jacobian_spread(setup, view.seed)
            powers = w ** np.arange(len(values), dtype=np.float64)
            with np.errstate(divide="ignore", invalid="ignore"):
                off = float(np.nanmax(np.abs(values / powers[:, None] - 1.0))) if w else 0.0
            return _(
                "Every singular value of every product is ${gain:g}^k$: the largest deviation found is {off} of it."
            ).format(gain=w, off=power_of_ten(math.log10(off)) if off else "0")
    return ""


def report_overflow(view: GradientView, runs: Sequence[compute.Lengths]) -> None:
    """Overflow and exact zeros, with the steps where they happened."""
    rnn = runs[0].chosen
    end = int(rnn.ends[0])
    if end < view.rnn.steps:
        st.warning(
            _(
                "At step {step} the RNN’s state became larger than 1.8·10³⁰⁸, the largest number of double precision. A loss at the end would not be a number, so the RNN’s loss uses h at step {end} instead, and k counts back from there. The norms below are computed as logarithms, so they may be larger than that number. Try a smaller matrix, fewer steps, or tanh."
            ).format(step=end + 1, end=end),
            icon=":material/warning:",
        )
    lengths = [logs for run in runs for logs in (run.chosen.h, run.chosen.c) if logs is not None]
    known = np.concatenate([logs[~np.isnan(logs)] for logs in lengths])
    if np.isneginf(known).any() or (known < -323).any():
        st.info(
            _(
                "A line that ends at “0” has reached a gradient of exactly zero, or one too small for double precision (below 5·10⁻³²⁴)."
            ),
            icon=":material/info:",
        )


@dataclass(frozen=True)
class MemoryAtRest:
    name: str
    bias: float
    left: Array  # (T+1,) log10 of the remaining share after k steps


def memories_at_rest(view: GradientView) -> list[MemoryAtRest]:
    """The memories for the forget bias of the slider, or the slowest unit of chrono; then for 0 and 1."""
    longest = max(100, view.lstm.steps)
    slowest = math.log(max(2, view.lstm.steps) - 1)
    own = slowest if view.lstm.gates == "chrono" else view.lstm.forget_bias
    biases = list(dict.fromkeys([own, 0.0, 1.0, slowest]))
    return [MemoryAtRest(f"b<sub>f</sub> = {bias:.3g}", bias, compute.memory_at_rest(bias, longest)) for bias in biases]


def _digits_at_rest(memory: MemoryAtRest) -> tuple[int, int]:
    """Digits of the bias and of the gate, so that the written gate is σ(bias), and the written shares are its powers."""
    gate, left_20, left_100 = (10.0 ** float(memory.left[k]) for k in (1, 20, 100))
    (of_gate,) = digits_for_all([gate], [left_20, left_100], lambda g: [g[0] ** 20, g[0] ** 100], [2, 2])
    (of_bias,), _same = true_digits(
        [memory.bias], gate, lambda b: 1.0 / (1.0 + math.exp(-b[0])), least=4, of_result=(of_gate,)
    )
    return of_bias, of_gate


def memory_table(memories: Sequence[MemoryAtRest]) -> dict[str, list[str]]:
    """Columns: the bias, the gate, and the remaining shares after 20 and 100 steps."""
    return {
        _("forget bias"): [written(memory.bias, _digits_at_rest(memory)[0]) for memory in memories],
        _("gate, all weights zero"): [
            written(10.0 ** float(memory.left[1]), _digits_at_rest(memory)[1]) for memory in memories
        ],
        _("left after 20 steps"): [power_of_ten(float(memory.left[20])) for memory in memories],
        _("left after 100 steps"): [power_of_ten(float(memory.left[100])) for memory in memories],
    }
