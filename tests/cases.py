"""Strategies that generate runs: every cell in every form, every shape, with and without interventions."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.arrays import weight_names
from rnn_core.cells.interventions import Intervention

FORMS = (
    *(("rnn", {"activation": activation}) for activation in ("tanh", "relu", "sigmoid", "linear")),
    *(("lstm", {"variant": variant}) for variant in ("standard", "no_forget", "peephole", "coupled")),
    *(("gru", {"reset": reset, "z_keeps": z_keeps}) for reset in ("after", "before") for z_keeps in (True, False)),
)
FORM_IDS = [f"{cell}-{'-'.join(map(str, options.values()))}" for cell, options in FORMS]
GATES = {"rnn": (), "lstm": rc.LSTMTrace.gates, "gru": rc.GRUTrace.gates}


@dataclass(frozen=True)
class Case:
    """A run and a loss. The loss is linear in the states: dhs and dcs are its direct gradients."""

    params: rc.Params
    xs: np.ndarray  # (T, X)
    h_0: np.ndarray  # (H,)
    c_0: np.ndarray | None  # (H,)
    dhs: np.ndarray  # (T, H)
    dcs: np.ndarray | None  # (T, H)
    interventions: tuple[Intervention, ...] = ()
    truncate: int | None = None

    def run(self):
        return rc.run(self.params, self.xs, self.h_0, self.c_0, interventions=self.interventions)

    def bptt(self):
        return rc.bptt(self.run(), self.dhs, self.dcs, truncate=self.truncate)


def make_case(cell, options, X=2, H=3, T=5, seed=0, scale=1.0, **more):
    rng = np.random.default_rng(seed)
    params = rc.init_params(cell, X, H, seed=seed, **options)
    grown = {name: scale * getattr(params, name) for name in weight_names(params)}
    params = type(params)(**{**vars(params), **grown})
    lstm = cell == "lstm"
    states = [rng.normal(size=H), rng.normal(size=H) if lstm else None]
    direct = [rng.normal(size=(T, H)), rng.normal(size=(T, H)) if lstm else None]
    return Case(params, rng.normal(size=(T, X)), *states, *direct, **more)


@st.composite
def interventions(draw, cell, T, H):
    """Some holds on gates and states: of some units, at some steps or at all."""
    units = st.lists(st.integers(0, H - 1), min_size=1, max_size=3).map(tuple)
    steps = st.none() | st.lists(st.integers(0, T - 1), max_size=4).map(tuple)
    value = st.floats(-2, 2)
    kinds = [
        st.builds(rc.Silence, units=units, steps=steps),
        st.builds(
            rc.SetState,
            state=st.sampled_from("hc" if cell == "lstm" else "h"),
            units=units,
            value=value,
            step=st.integers(0, T - 1),
        ),
    ]
    if GATES[cell]:
        kinds.append(st.builds(rc.Clamp, gate=st.sampled_from(GATES[cell]), units=units, value=value, steps=steps))
    return draw(st.lists(st.one_of(kinds), max_size=4).map(tuple))


@st.composite
def cases(draw, forms=FORMS, held=False):
    cell, options = draw(st.sampled_from(forms))
    X, H, T = draw(st.integers(1, 4)), draw(st.integers(1, 5)), draw(st.integers(1, 8))
    return make_case(
        cell,
        options,
        *(X, H, T),
        seed=draw(st.integers(0, 10_000)),
        scale=draw(st.sampled_from((0.5, 1.0, 3.0))),
        interventions=draw(interventions(cell, T, H)) if held else (),
        truncate=draw(st.none() | st.integers(1, 9)),
    )


def assert_equal(ours, theirs, what=""):
    """To 1e-12, of the largest number where that is more than 1."""
    scale = max(1.0, np.abs(theirs).max(initial=0.0))
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12 * scale, err_msg=what)
