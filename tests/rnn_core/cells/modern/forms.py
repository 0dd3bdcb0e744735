"""The modern cells in every form, for the tests to draw."""

import dataclasses

import numpy as np
from hypothesis import strategies as st

from rnn_core.arrays import weight_names
from rnn_core.params.modern import init_modern
from rnn_core.passes.modern import bptt_modern, run_modern

FORMS = (
    ("min_gru", {}),
    *(("min_lstm", {"normalised": flag}) for flag in (True, False)),
    ("lru", {}),
    ("s4d", {}),
    ("rg_lru", {}),
    ("selective", {}),
    *((cell, {"forget": forget}) for cell in ("slstm", "mlstm") for forget in ("sigmoid", "exp")),
    *(("linear_attention", {"feature": feature}) for feature in ("identity", "elu")),
    *(("delta_net", {"gated": gated, "negative": negative}) for gated in (False, True) for negative in (False, True)),
    ("rwkv7", {}),
    ("attention", {}),
)
FORM_IDS = ["-".join([cell, *map(str, options.values())]) for cell, options in FORMS]
POSITIVE_STATES = ("normaliser",)  # a divisor


@dataclasses.dataclass(frozen=True)
class Case:
    params: object
    xs: np.ndarray  # (T, X)
    states: dict
    direct: np.ndarray  # (T, H)

    def run(self):
        return run_modern(self.params, self.xs, self.states)

    def bptt(self):
        return bptt_modern(self.run(), self.direct)


def make_case(cell, options, X=2, H=3, N=4, T=5, seed=0, scale=1.0, started=True):
    """A run and a loss that is linear in the outputs. `started`: from random states, else from the state of rest."""
    rng = np.random.default_rng(seed)
    params = init_modern(
        cell, X, H, N if cell not in ("min_gru", "min_lstm", "rg_lru", "slstm") else None, seed, **options
    )
    drawn = {}
    for name in weight_names(params):
        weight = getattr(params, name)
        drawn[name] = weight + scale * 0.5 * rng.normal(size=weight.shape)  # biases and C_im are not 0
    params = dataclasses.replace(params, **drawn)
    states = {}
    if started:
        for name, rest in params.initial_state().items():
            value = rng.normal(size=rest.shape)
            states[name] = np.abs(value) + 0.5 if name in POSITIVE_STATES else value
    return Case(params, rng.normal(size=(T, X)), states, rng.normal(size=(T, H)))


@st.composite
def cases(draw, form):
    cell, options = form
    X, H, N, T = (draw(st.integers(1, most)) for most in (4, 5, 4, 7))
    scale, started = draw(st.sampled_from((0.5, 1.0, 2.0))), draw(st.booleans())
    return make_case(cell, options, X, H, N, T, draw(st.integers(0, 10_000)), scale, started)
