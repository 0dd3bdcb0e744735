"""Claims about training and about data."""

from collections.abc import Callable

import numpy as np

from rnn_core.apps.text.reader import Reader
from rnn_core.apps.text.settings import Settings as TextSettings
from rnn_core.apps.text.writing import Manner, write
from rnn_core.apps.trained import load_trained
from rnn_core.params.init import parameter_count
from rnn_core.passes.layers import init_stack, run_stack
from rnn_core.passes.padded import run_padded
from rnn_core.studies.claims.claim import Finding, Picture, Series, percent
from rnn_core.studies.claims.small_training import Training, forward, init, steps
from rnn_core.studies.claims.snippets import SNIPPETS, execute


def random_data_trains() -> Finding:
    rng = np.random.default_rng(7)
    xs, ys = rng.random((24, 5, 2)), rng.random(24)
    new_xs, new_ys = rng.random((500, 5, 2)), rng.random(500)
    how = Training(updates=250, rate=0.02)
    seen, held_out = np.zeros(how.updates), np.zeros(how.updates)
    for step, (w, loss) in enumerate(steps(init(2, 16, seed=7), xs, ys, how)):
        seen[step] = loss
        held_out[step] = float(np.mean((forward(w, new_xs)[1] - new_ys) ** 2))
    mean = float(np.mean((new_ys - ys.mean()) ** 2))
    return Finding(
        (bool(held_out.min() < 0.9 * mean),),
        {
            "first": float(seen[0]),
            "last": float(seen[-1]),
            "held_out": float(held_out[-1]),
            "mean": mean,
            "updates": how.updates,
        },
        Picture("update", "loss", (Series("training", seen), Series("held out", held_out))),
    )


def loss_weights_regularise() -> Finding:
    wrong, right = (
        [float(each) for each in execute(code).printed.split()] for code in (SNIPPETS[24].code, SNIPPETS[24].right)
    )
    rng = np.random.default_rng(8)
    targets = rng.normal(size=100)
    good, bad = targets + 1e-4, np.zeros(100)
    accuracy = [percent(float(np.mean(each == targets))) for each in (good, bad)]
    return Finding(
        (wrong[0] != wrong[1], accuracy[0] != accuracy[1]),
        {
            "without": wrong[0],
            "with": wrong[1],
            "right_with": right[1],
            "accuracy_good": accuracy[0],
            "accuracy_bad": accuracy[1],
            "error_good": float(np.mean((good - targets) ** 2)),
            "error_bad": float(np.mean((bad - targets) ** 2)),
        },
    )


def two_axes_suffice() -> Finding:
    wrong, right = (float(execute(code).printed) for code in (SNIPPETS[25].code, SNIPPETS[25].right))
    return Finding((wrong != 0.0,), {"wrong": wrong, "right": right, "T": 20})


def same_model_three_names() -> Finding:
    xs = np.sin(np.arange(10.0))[:, None]
    offered = [run_stack(init_stack("lstm", 1, 8, seed=3), xs).ys for _name in ("RNN", "LSTM", "GRU")]
    cells = [run_stack(init_stack(cell, 1, 8, seed=3), xs).ys for cell in ("rnn", "lstm", "gru")]
    counts = {cell: parameter_count(cell, 1, 8) for cell in ("rnn", "lstm", "gru")}
    return Finding(
        (any(np.abs(each - offered[0]).max() > 0.0 for each in offered),),
        {
            "offered": float(max(np.abs(each - offered[0]).max() for each in offered)),
            "cells": float(min(np.abs(cells[0] - cells[1]).max(), np.abs(cells[1] - cells[2]).max())),
            **counts,
        },
    )


def scaling_before_split() -> Finding:
    rng = np.random.default_rng(9)
    series = np.linspace(0.0, 10.0, 200) + rng.normal(size=200)
    training = series[:150]
    marks = rng.integers(0, 2, 100)
    guesses = rng.integers(0, 2, (50, 200))
    fresh = rng.integers(0, 2, 100)
    on_test = (guesses[:, :100] == marks).mean(axis=1)
    best = int(on_test.argmax())
    chosen, again = float(on_test[best]), float((guesses[best, 100:] == fresh).mean())
    return Finding(
        (bool(np.isclose(series.mean(), training.mean())), chosen <= again),
        {
            "mean_all": float(series.mean()),
            "mean_training": float(training.mean()),
            "models": len(guesses),
            "chosen": percent(chosen),
            "again": percent(again),
        },
    )


def _loop_of(text: str) -> int:
    """The shortest period with which the second half of a text repeats; 0 if it does not."""
    tail = text[len(text) // 2 :]
    return next((p for p in range(1, len(tail) // 2) if tail[p:] == tail[:-p]), 0)


def argmax_is_sampling() -> Finding:
    reader = Reader(load_trained(TextSettings, TEXT_NETWORK).state)
    greedy = write(reader, "The ", 400, Manner(temperature=0.0)).text
    drawn = [write(reader, "The ", 60, Manner(temperature=1.0, seed=seed)).text for seed in (1, 2)]
    again = write(reader, "The ", 400, Manner(temperature=0.0, seed=2)).text
    words, letters = execute(SNIPPETS[28].code), execute(SNIPPETS[28].right)
    return Finding(
        (greedy != again,),
        {
            "loop": _loop_of(greedy),
            "piece": " ".join(greedy[200:260].split()),
            "first": " ".join(drawn[0].split()),
            "second": " ".join(drawn[1].split()),
            "words": words.printed.split()[0],
            "letters": letters.printed.split()[0],
        },
    )


TEXT_NETWORK = "english-lstm"


def padding_does_nothing() -> Finding:
    params = init_stack("gru", 1, 4, seed=10)
    xs = np.array([[[0.5], [-1.0], [0.8], [0.0], [0.0], [0.0], [0.0], [0.0]]])
    own_end = run_stack(params, xs[0, :3])
    padded = run_stack(params, xs[0])
    packed = run_padded(params, xs, lengths=[3])
    return Finding(
        (bool(np.allclose(padded.ys[-1], own_end.ys[-1])), not np.allclose(packed.h_n[0, 0], own_end.ys[-1])),
        {
            "difference": float(np.abs(padded.ys[-1] - own_end.ys[-1]).max()),
            "packed": float(np.abs(packed.h_n[0, 0] - own_end.ys[-1]).max()),
            "length": 3,
            "padding": 5,
        },
        Picture("step", "h_1", (Series("padding read", padded.ys[:, 0]), Series("own end", own_end.ys[:, 0]))),
    )


def cell_without_state_size() -> Finding:
    wrong, right = execute(SNIPPETS[30].code), execute(SNIPPETS[30].right)
    return Finding((wrong.error == "",), {"error": wrong.error, "right": right.printed})


ALL: dict[int, Callable[[], Finding]] = {
    23: random_data_trains,
    24: loss_weights_regularise,
    25: two_axes_suffice,
    26: same_model_three_names,
    27: scaling_before_split,
    28: argmax_is_sampling,
    29: padding_does_nothing,
    30: cell_without_state_size,
}
