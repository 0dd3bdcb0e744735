"""The sentence that a cell's page shows beside a preset is true of what is set."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.cells.activations import sigma
from rnn_core.params.presets import PRESETS
from tests.charts import opened, words
from ui.cells.compute import CellRun
from ui.cells.controls import FORMS, SCHEMES
from ui.cells.preset_claims import OTHER, part_of
from ui.cells.setup import RANDOM, CellSetup, Edit, inputs_of, params_of
from ui.cells.shown_words import shown_words
from ui.figures.words import number

SIGNALS = ("preset", "pulse", "wave", "noise", "constant")
EVERY = [(cell, name) for cell in PRESETS for name in (*PRESETS[cell], RANDOM)]


def shown(setup: CellSetup) -> str:
    return part_of(setup, rc.run(params_of(setup), inputs_of(setup)))


@pytest.mark.parametrize(("cell", "name"), EVERY)
def test_a_preset_as_it_is_made_shows_its_own_sentence(cell, name):
    assert shown(CellSetup(cell, name)) == name


@pytest.mark.parametrize(("cell", "name"), EVERY)
def test_every_preset_has_a_sentence_in_every_form_with_every_input(cell, name):
    for form, signal, steps, scheme in product(FORMS[cell], SIGNALS, (1, 2, 9, 40, 81, 200), SCHEMES):
        if scheme != "torch" and (name != RANDOM or steps != 40):
            continue
        setup = CellSetup(cell, name, steps=steps, form="" if form == "auto" else form, signal=signal, scheme=scheme)
        assert shown(setup) in (name, OTHER, "zeros_half")


WRONG = [  # a setting with which the preset's own sentence says what is not so
    (CellSetup("rnn", "zeros", form="sigmoid"), "zeros_half"),
    (CellSetup("rnn", "zeros", form="relu"), "zeros"),
    (CellSetup("rnn", "zeros", edits=(Edit("b_h", 0, 1.0),)), OTHER),
    (CellSetup("rnn", "rotation", form="tanh"), OTHER),
    (CellSetup("rnn", "rotation", signal="noise"), OTHER),
    (CellSetup("rnn", "sum", form="tanh"), OTHER),
    (CellSetup("rnn", "sum", signal="noise"), "sum"),
    (CellSetup("rnn", "echo", form="sigmoid"), OTHER),
    (CellSetup("rnn", "exploding", form="tanh"), OTHER),
    (CellSetup("rnn", "saturated", form="sigmoid"), OTHER),
    (CellSetup("rnn", RANDOM, scheme="zeros"), OTHER),
    (CellSetup("lstm", "latch", form="no_forget"), OTHER),
    (CellSetup("lstm", "latch", form="coupled"), "latch"),
    (CellSetup("lstm", "latch", steps=8), OTHER),
    (CellSetup("lstm", "latch", steps=80), "latch"),
    (CellSetup("lstm", "counter", form="coupled"), OTHER),
    (CellSetup("lstm", "counter", steps=41), OTHER),
    (CellSetup("lstm", "leak", form="no_forget"), OTHER),
    (CellSetup("lstm", RANDOM, form="no_forget"), OTHER),
    (CellSetup("gru", "average", form="after-writes"), OTHER),
    (CellSetup("gru", "ignore", form="before-writes"), OTHER),
    (CellSetup("gru", "ignore", form="before-keeps"), "ignore"),
]


@pytest.mark.parametrize(("setup", "part"), WRONG)
def test_another_sentence_is_shown_where_the_presets_own_is_wrong(setup, part):
    assert shown(setup) == part


def test_the_latch_holds_as_long_as_it_says():
    for steps in (10, 40, 80, 200):
        setup = CellSetup("lstm", "latch", steps=steps)
        cs = rc.run(params_of(setup), inputs_of(setup)).cs[:, 0]
        assert np.ptp(cs[3 : steps - 5]) < 0.01
        assert cs[3] > 0.9 > -0.9 > cs[-1]


def test_the_page_of_the_rnn_says_what_the_sigmoid_makes_of_no_weights():
    app = opened("rnn", preset="zeros", form="sigmoid")
    assert "0.5$ at every step" in words(app)
    assert "the state is 0 whatever" not in words(app)


@pytest.mark.parametrize(("cell", "name"), EVERY)
def test_a_run_of_another_network_or_one_that_overflows_breaks_nothing(cell, name):
    other = rc.run(rc.init_params(cell, 3, 4), np.ones((5, 3)))
    assert part_of(CellSetup(cell, name), other) in (OTHER, RANDOM)
    huge = tuple(
        (1e6,) * rc.run(params_of(CellSetup(cell, name)), inputs_of(CellSetup(cell, name))).xs.shape[1]
        for _ in range(200)
    )
    assert shown(CellSetup(cell, name, signal="typed", numbers=huge)) in (name, OTHER, "zeros_half")


@pytest.mark.parametrize(
    ("cell", "link", "sentence"),
    [
        ("rnn", {"preset": "echo", "gain": "1.5"}, "The norm of the hidden state h is {largest} at step {at}"),
        ("lstm", {"preset": "leak", "bias": "3"}, "On average 95% of the state is kept per step."),
        ("gru", {"preset": "average", "bias": "0"}, "On average 50% of the state is kept per step."),
    ],
)
def test_a_changed_preset_says_what_its_settings_show(cell, link, sentence):
    setup = CellSetup(cell, link["preset"], main=float(link.get("gain", link.get("bias"))))
    trace = rc.run(params_of(setup), inputs_of(setup))
    norms = np.linalg.norm(trace.hs[1:], axis=1)
    app = opened(cell, **link)
    assert sentence.format(largest=f"{norms.max():.3g}", at=norms.argmax() + 1) in words(app)


def test_the_gradient_of_an_lstm_is_told_on_its_cell_state():
    setup = CellSetup("lstm", "leak", steps=11, main=3.0)
    trace = rc.run(params_of(setup), inputs_of(setup))
    dhs = np.zeros((11, trace.hs.shape[1]))
    dhs[-1] = 1.0
    grads = rc.bptt(trace, dhs=dhs)
    last, first = (number(float(np.linalg.norm(grads.dcs[step]))) for step in (-1, 1))
    said = shown_words(CellRun(trace, grads))
    assert f"the gradient on the cell state c is {last} at the last step and {first} at step 1." in said
    assert np.linalg.norm(grads.dcs[1]) / np.linalg.norm(grads.dcs[-1]) == pytest.approx(sigma(3.0) ** 10)


@pytest.mark.parametrize("z_keeps", [True, False])
def test_the_kept_share_of_a_gru_is_that_of_the_old_state(z_keeps):
    params = rc.init_params("gru", 1, 2, scheme="zeros", z_keeps=z_keeps)
    params = replace(params, b_z=np.full(2, np.log(3.0)))  # a gate of 0.75
    trace = rc.run(params, np.ones((5, 1)))
    said = shown_words(CellRun(trace, rc.bptt(trace, dhs=np.ones((5, 2)))))
    assert ("75% of the state" if z_keeps else "25% of the state") in said
    assert "The hidden state h is 0 at every step." in said
