"""Claims about architectures and libraries."""

import traceback
from collections.abc import Callable

import numpy as np

import rnn_core as rc
from rnn_core.arrays import Array
from rnn_core.passes.layers import init_stack, run_stack
from rnn_core.studies.claims.claim import Finding, Picture, Series
from rnn_core.studies.claims.installed import documented
from rnn_core.studies.claims.snippets import SNIPPETS, execute


def flatten_then_lstm() -> Finding:
    wrong, right = execute(SNIPPETS[31].code), execute(SNIPPETS[31].right)
    columns, states = right.printed.splitlines()
    return Finding(
        (wrong.error == "",), {"flat": wrong.printed, "error": wrong.error, "columns": columns, "states": states}
    )


def attention_in_a_stack() -> Finding:
    wrong, right = execute(SNIPPETS[32].code), execute(SNIPPETS[32].right)
    return Finding((wrong.error == "",), {"error": wrong.error, "right": right.printed})


def stack_reads_several_sequences() -> Finding:
    rng = np.random.default_rng(11)
    params = init_stack("gru", 2, 4, layers=2, seed=11)
    first = rng.normal(size=(9, 2))
    trace = run_stack(params, first)
    below = trace.forward[1].xs - trace.forward[0].hs[1:]  # what the second layer reads, and what the first one wrote
    return Finding(
        (bool(np.abs(below).max() > 0.0),),
        {"T": len(first), "outputs": len(trace.ys), "difference": float(np.abs(below).max()), "layers": 2},
    )


def _attend(query: Array, states: Array) -> Array:
    scores = states @ query / np.sqrt(len(query))
    weights = np.exp(scores - scores.max())
    return np.asarray(weights / weights.sum() @ states)


def transformer_is_recurrent() -> Finding:
    rng = np.random.default_rng(12)
    d, T = 8, 64
    xs = rng.normal(size=(T, d))
    other = np.vstack([xs[:-1][::-1], xs[-1:]])  # the earlier tokens in the opposite order
    attention_change = float(np.abs(_attend(xs[-1], xs) - _attend(other[-1], other)).max())
    params = rc.init_params("rnn", d, d, seed=12)
    rnn_change = float(np.abs(rc.run(params, xs).hs[-1] - rc.run(params, other).hs[-1]).max())
    tokens = np.arange(1, T + 1)
    kept = {"transformer": 2.0 * d * tokens, "rnn": np.full(T, float(d))}
    return Finding(
        (attention_change > 1e-9, bool(kept["transformer"][-1] == kept["rnn"][-1])),
        {
            "attention": attention_change,
            "rnn": rnn_change,
            "T": T,
            "kept_attention": int(kept["transformer"][-1]),
            "kept_rnn": int(kept["rnn"][-1]),
        },
        Picture("token", "numbers_kept", (Series("keys and values", kept["transformer"]), Series("RNN", kept["rnn"]))),
    )


def _compose(left: Array, right: Array, W: Array) -> Array:
    return np.asarray(np.tanh(W @ np.concatenate([left, right])))


def recursive_is_recurrent() -> Finding:
    rng = np.random.default_rng(13)
    H = 4
    W, xs = rng.normal(size=(H, 2 * H)) / 2.0, rng.normal(size=(4, H))
    chain = np.zeros(H)
    for x in xs:
        chain = _compose(chain, x, W)
    leaning = _compose(_compose(_compose(_compose(np.zeros(H), xs[0], W), xs[1], W), xs[2], W), xs[3], W)
    balanced = _compose(_compose(xs[0], xs[1], W), _compose(xs[2], xs[3], W), W)
    recurrent = rc.run(rc.RNNParams(W[:, H:], W[:, :H], np.zeros(H)), xs).hs[-1]
    same_on_chain, same_on_tree = np.allclose(leaning, recurrent), np.allclose(balanced, recurrent)
    return Finding(
        (bool(same_on_chain and same_on_tree),),
        {
            "chain": float(np.abs(leaning - recurrent).max()),
            "tree": float(np.abs(balanced - recurrent).max()),
            "depth_tree": 2,
            "depth_chain": len(xs),
            "loop": float(np.abs(chain - recurrent).max()),
        },
    )


def concatenate_text_and_picture() -> Finding:
    wrong, right = execute(SNIPPETS[36].code), execute(SNIPPETS[36].right)
    last, every = right.printed.splitlines()
    return Finding((wrong.error == "",), {"error": wrong.error, "last": last, "every": every})


def _line_of_error(code: str) -> int:
    """The line of the snippet at which its own top level stops."""
    try:
        exec(compile(code, "<snippet>", "exec"), {})
    except ZeroDivisionError as problem:
        return next(
            frame.lineno or 0
            for frame in traceback.extract_tb(problem.__traceback__)
            if frame.filename == "<snippet>" and frame.name == "<module>"
        )
    return 0


def out_of_date_about_libraries() -> Finding:
    graph, eager = SNIPPETS[37].code, SNIPPETS[37].right
    mistakes = [1 + next(at for at, line in enumerate(code.splitlines()) if "/ 0" in line) for code in (graph, eager)]
    raised = [_line_of_error(code) for code in (graph, eager)]
    docs = documented()
    return Finding(
        (
            "theano" in docs.keras_backends,
            docs.torch_words < 100,
            raised[1] != mistakes[1],
        ),
        {
            "backends": ", ".join(docs.keras_backends),
            "words": docs.torch_words,
            "graph_raised": raised[0],
            "graph_mistake": mistakes[0],
            "eager_raised": raised[1],
            "eager_mistake": mistakes[1],
        },
    )


ALL: dict[int, Callable[[], Finding]] = {
    31: flatten_then_lstm,
    32: attention_in_a_stack,
    33: stack_reads_several_sequences,
    34: transformer_is_recurrent,
    35: recursive_is_recurrent,
    36: concatenate_text_and_picture,
    37: out_of_date_about_libraries,
}
