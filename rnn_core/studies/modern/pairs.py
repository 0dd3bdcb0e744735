r"""A memory of pairs: N keys and values of d numbers, stored in a d×d matrix by four rules.

| rule | writing the pair (k, v) | reading a key q |
|---|---|---|
| `hebbian` (linear attention) | $S \leftarrow S + v k^\top$ | $S q$ |
| `delta` (DeltaNet, $\beta = 1$) | $S \leftarrow S + (v - S k) k^\top$ | $S q$ |
| `gated_delta` | $S \leftarrow \alpha S + (v - \alpha S k) k^\top$ | $S q$ |
| `softmax` (attention) | keeps k and v themselves | $\sum_s \mathrm{softmax}_s(\gamma\, k_s^\top q)\, v_s$ |

Keys and values have length 1. The squared error of a read is $\lVert \hat v - v \rVert^2$. For random unit keys the Hebbian
read of $k_j$ is $v_j + \sum_{i \ne j} v_i (k_i^\top k_j)$, and $\mathbb{E} (k_i^\top k_j)^2 = 1/d$, so its expected error is
$(N - 1)/d$.
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from rnn_core.arrays import Array
from rnn_core.errors import check_integer, check_number, check_option
from rnn_core.passes.evaluate import softmax

Rule = Literal["hebbian", "delta", "gated_delta", "softmax"]
Keys = Literal["random", "orthogonal", "similar"]
RULES: tuple[Rule, ...] = get_args(Rule)
KEYS: tuple[Keys, ...] = get_args(Keys)
MOST = 256
SIMILAR = 0.7  # the part of every similar key that is common to all


@dataclass(frozen=True)
class PairsSetup:
    d: int = 16
    pairs: int = 20
    keys: Keys = "random"  # orthogonal: the first d are; more than d cannot be
    seed: int = 0
    decay: float = 0.95  # alpha of the gated rule
    sharpness: float = 16.0  # gamma of softmax

    def __post_init__(self) -> None:
        check_integer("d", self.d, 1, MOST)
        check_integer("pairs", self.pairs, 1, MOST)
        check_option("keys", self.keys, KEYS)
        check_integer("seed", self.seed, 0, 2**32 - 1)
        check_number("decay", self.decay, 0.0, 1.0)
        check_number("sharpness", self.sharpness, 0.0, 1e6)


@dataclass(frozen=True)
class Pairs:
    keys: Array  # (N, d)
    values: Array  # (N, d)


def draw_pairs(setup: PairsSetup) -> Pairs:
    rng = np.random.default_rng(setup.seed)
    values = _unit(rng.normal(size=(setup.pairs, setup.d)))
    keys = rng.normal(size=(setup.pairs, setup.d))
    if setup.keys == "orthogonal":
        basis = np.linalg.qr(rng.normal(size=(setup.d, setup.d)))[0]
        keys[: setup.d] = basis[: setup.pairs]
    if setup.keys == "similar":
        shared = rng.normal(size=setup.d)
        keys = SIMILAR * _unit(shared[None]) + (1.0 - SIMILAR) * _unit(keys)
    return Pairs(_unit(keys), values)


def _unit(rows: Array) -> Array:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def memories(pairs: Pairs, rule: Rule, decay: float) -> Array:
    """(N+1, d, d): the matrix before the first pair and after every pair. Softmax has no matrix."""
    check_option("rule", rule, RULES[:3])
    N, d = pairs.keys.shape
    states = np.zeros((N + 1, d, d))
    for t, (k, v) in enumerate(zip(pairs.keys, pairs.values, strict=True)):
        kept = states[t] * (decay if rule == "gated_delta" else 1.0)
        error = v if rule == "hebbian" else v - kept @ k
        states[t + 1] = kept + np.outer(error, k)
    return states


def reads(pairs: Pairs, rule: Rule, setup: PairsSetup, queries: Array | None = None) -> Array:
    """(Q, d): what the memory of all pairs returns for each query; for its own keys unless queries are given."""
    asked = pairs.keys if queries is None else queries
    if rule == "softmax":
        return softmax(setup.sharpness * asked @ pairs.keys.T) @ pairs.values
    return np.asarray(asked @ memories(pairs, rule, setup.decay)[-1].T)


def errors(pairs: Pairs, rule: Rule, setup: PairsSetup) -> Array:
    """(N,): the squared error of reading every key."""
    return np.asarray(((reads(pairs, rule, setup) - pairs.values) ** 2).sum(axis=1))


def nearest(pairs: Pairs, rule: Rule, setup: PairsSetup) -> float:
    """The share of keys whose read is nearest to their own value among all stored values."""
    closest = (reads(pairs, rule, setup) @ pairs.values.T).argmax(axis=1)
    return float((closest == np.arange(len(pairs.keys))).mean())


@dataclass(frozen=True)
class RecallCurves:
    pairs: tuple[int, ...]  # N
    error: dict[Rule, Array]  # the mean squared error at each N, over keys and seeds
    nearest: dict[Rule, Array]  # the share of reads that are nearest to their own value
    theory: Array  # (N - 1) / d


def recall_curves(setup: PairsSetup, counts: tuple[int, ...], seeds: int = 16) -> RecallCurves:
    """Error and nearest-value recall of every rule against the number of pairs. The pairs of one seed are added one by one."""
    check_integer("seeds", seeds, 1, 1000)
    error = {rule: np.zeros(len(counts)) for rule in RULES}
    share = {rule: np.zeros(len(counts)) for rule in RULES}
    for seed in range(seeds):
        whole = PairsSetup(setup.d, max(counts), setup.keys, setup.seed + seed, setup.decay, setup.sharpness)
        drawn = draw_pairs(whole)
        for place, N in enumerate(counts):
            pairs = Pairs(drawn.keys[:N], drawn.values[:N])
            for rule in RULES:
                error[rule][place] += errors(pairs, rule, whole).mean() / seeds
                share[rule][place] += nearest(pairs, rule, whole) / seeds
    return RecallCurves(counts, error, share, (np.array(counts) - 1.0) / setup.d)


@dataclass(frozen=True)
class Rewriting:
    """A read of a key that was written twice, as old value, new value and a rest."""

    old: float
    new: float
    rest: float  # the length of what is neither


def rewrite(setup: PairsSetup, rule: Rule, key: int) -> Rewriting:
    """Stores all pairs, then the key once more with another value, and reads it."""
    check_integer("key", key, 0, setup.pairs - 1)
    pairs = draw_pairs(setup)
    new = _unit(np.random.default_rng([setup.seed, 1]).normal(size=(1, setup.d)))
    longer = Pairs(np.vstack([pairs.keys, pairs.keys[key]]), np.vstack([pairs.values, new]))
    read = reads(longer, rule, setup, pairs.keys[key : key + 1])[0]
    directions = np.stack([pairs.values[key], new[0]], axis=1)
    parts = np.linalg.lstsq(directions, read, rcond=None)[0]
    return Rewriting(float(parts[0]), float(parts[1]), float(np.linalg.norm(read - directions @ parts)))
