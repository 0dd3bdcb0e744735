"""Facts about a cell that are computed beside its run: numbers of parameters, variance of a state, and overflow."""

import dataclasses
from functools import lru_cache

import numpy as np

from rnn_core.cells.modern.slstm import SLSTMParams
from rnn_core.params.modern import init_modern
from rnn_core.passes.modern import run_modern
from rnn_core.studies.modern.comparison import PRESETS
from rnn_core.studies.modern.recurrences import naive_slstm, one_bias_parameters, state_variance
from ui.figures.words import number
from ui.i18n import _

X, H = 64, 256
MODULUS = 0.99
LOUD = 800.0  # e to this power is infinite in float64


def counts() -> tuple[str, list[str]]:
    """The head and the column of every preset: parameters with one bias a gate at the sizes of a real layer."""
    known = one_bias_parameters(X, H)
    column = ["–" if options else f"{known[cell]:,}" for cell, options in PRESETS.values()]
    return _("parameters at X = {X}, H = {H}").format(X=X, H=H), column


def note(preset: str) -> str:
    """A sentence about this cell, or nothing."""
    if preset == "lru":
        return _(
            "With |λ| = {modulus} and white inputs of variance 1 the variance of a state becomes {without} without the normalisation γ, and {normalised} with it."
        ).format(modulus=MODULUS, without=f"{_variance(False):.2f}", normalised=f"{_variance(True):.2f}")
    if preset == "slstm":
        step, largest = _overflow()
        return _(
            "With an input gate’s bias of {bias}, exponential gates without the stabiliser m give no number from step {step} on; with it, the largest |h| is {largest}."
        ).format(bias=round(LOUD), step=step, largest=number(largest))
    return ""


@lru_cache
def _variance(normalised: bool) -> float:
    return state_variance(MODULUS, normalised)


@lru_cache
def _overflow() -> tuple[int | None, float]:
    """The first step without a number of the naive cell, and the largest state of the stabilised one."""
    params, xs = init_modern("slstm", 2, 3), np.random.default_rng(0).normal(size=(12, 2))
    if not isinstance(params, SLSTMParams):
        raise TypeError("an sLSTM has the parameters of one")
    loud = dataclasses.replace(params, b_i=np.full(3, LOUD))
    return naive_slstm(loud, xs).first_bad, float(np.abs(run_modern(loud, xs).hs).max())
