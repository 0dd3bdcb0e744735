"""The exported programs run as they are and print what the page shows."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.formats.programs import Comment, as_keras, as_numpy, as_torch
from tests.cases import FORMS, make_case

IN_TORCH = [("rnn", "tanh"), ("rnn", "relu"), ("lstm", "standard"), ("gru", "after", True)]
IN_KERAS = [("rnn", name) for name in ("tanh", "relu", "sigmoid", "linear")]
IN_KERAS += [("lstm", "standard"), ("gru", "after", True), ("gru", "before", True)]


def example(cell, options):
    case = make_case(cell, options, X=3, H=4, T=12)
    return case.params, case.xs, {"h_0": case.h_0, "c_0": case.c_0}


def run_all(scripts, *flags):
    """Run every program in one process of its own, each with names of its own, and return what each printed."""
    program = "\n".join([f"for script in {scripts!r}:", "    exec(script, {})"])
    environment = os.environ | {"KERAS_BACKEND": "torch"}
    done = subprocess.run(
        [sys.executable, *flags, "-c", program], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    return [np.array(json.loads(line)) for line in done.stdout.splitlines()]


def test_a_gru_without_its_inner_bias_has_programs_too():
    params, xs, states = example("gru", {})
    bare = replace(params, b_hn=None)
    wanted = rc.run(bare, xs, **states).hs[-1]
    for h in run_all([write(bare, xs, **states) for write in (as_numpy, as_torch, as_keras)]):
        np.testing.assert_allclose(h, wanted, rtol=0, atol=1e-12)


@pytest.mark.parametrize("write", [as_numpy, as_torch])
def test_every_form_of_every_cell_prints_the_last_h(write):
    examples = [example(*each) for each in FORMS]
    printed = run_all([write(params, xs, **states) for params, xs, states in examples], "-W", "error")
    for (params, xs, states), h, each in zip(examples, printed, FORMS, strict=True):
        np.testing.assert_allclose(h, rc.run(params, xs, **states).hs[-1], rtol=0, atol=1e-12, err_msg=str(each))


def test_keras_prints_the_same_where_it_has_the_layer():
    chosen = [each for each in FORMS if (each[0], *each[1].values()) in IN_KERAS]
    examples = [example(*each) for each in chosen]
    printed = run_all([as_keras(params, xs, **states) for params, xs, states in examples])
    for (params, xs, states), h, each in zip(examples, printed, chosen, strict=True):
        # Over torch, Keras computes the layers that have a kernel of torch's own in 64 bits, the others in 32.
        atol = 1e-12 if (each[0], *each[1].values()) in IN_TORCH and each[0] != "rnn" else 1e-6
        np.testing.assert_allclose(h, rc.run(params, xs, **states).hs[-1], rtol=0, atol=atol, err_msg=str(each))
    assert {as_keras(*example(*each)[:2]) for each in FORMS if each not in chosen} == {None}


@pytest.mark.parametrize(("cell", "options"), FORMS)
def test_torch_uses_its_own_layer_where_it_has_one_and_says_so_where_not(cell, options):
    params, xs, _ = example(cell, options)
    script = as_torch(params, xs)
    own = (cell, *options.values()) in IN_TORCH
    assert (f"torch.nn.{cell.upper()}(" in script) == own
    assert (Comment.NO_TORCH_LAYER in script) != own


def test_numbers_are_exact_also_when_small_and_many():
    rng = np.random.default_rng(3)
    params = rc.init_params("gru", 30, 12, seed=0)
    xs = rng.normal(size=(40, 30)) * 10.0 ** rng.integers(-12, 1, size=(40, 30))
    script = as_numpy(params, xs)
    assert max(map(len, script.splitlines())) <= 110
    namespace = {}
    exec(script.replace("print(", "str("), namespace)
    np.testing.assert_array_equal(namespace["xs"], xs)
    np.testing.assert_array_equal(namespace["W_hn"], params.W_hn)


def test_comments_can_be_translated():
    params, xs, _ = example("gru", {})
    script = as_torch(params, xs, say=lambda text: f"<{text}>")
    comments = [line.split("# ", 1)[1] for line in script.splitlines() if "# " in line]
    assert len(comments) > 4
    assert all(text.startswith("<") and text[1:-1] in list(Comment) for text in comments)
