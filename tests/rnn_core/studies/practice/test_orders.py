"""Orders and pairs: what is right follows from the equations, and is not found by its place or its length."""

import itertools
from collections import Counter

import pytest

from rnn_core.equations.explanation import Place
from rnn_core.studies.practice.orders import MATCHES, ORDERS
from tests.rnn_core.studies.practice.chi_squared import chi_squared, critical
from tests.selection import quick

SEEDS = quick([range(20)], [range(1000)])
LONGEST = 12  # characters of an option that is read at one glance
# Written a second time: each value, and those that its equation reads, among the items.
NEEDS = {
    "order_lstm": {"cs": "forget_gate input_gate candidate", "tanh_c": "cs", "hs": "tanh_c output_gate"},
    "order_gru": {"reset_h": "reset_gate candidate_h", "candidate": "reset_h", "hs": "candidate update_gate"},
    "order_gru_back": {
        "dcandidate": "dhs",
        "dcandidate_pre": "dcandidate",
        "dreset_gate": "dcandidate_pre",
        "dreset_gate_pre": "dreset_gate",
        "dcandidate_h": "dcandidate_pre",
    },
}


@pytest.mark.parametrize("name", NEEDS)
def test_an_order_is_right_if_and_only_if_every_value_has_what_it_needs(name: str) -> None:
    task, needs = ORDERS[name], NEEDS[name]

    def is_right(order: tuple[Place, ...]) -> bool:
        names = [place.name for place in order]
        return all(names.index(of) < at for at, each in enumerate(names) for of in needs.get(each, "").split())

    orders = list(itertools.permutations(task.items))[::23]
    assert any(map(is_right, orders))
    for order in orders:
        assert (task.first_violation(order) is None) == is_right(order)


@pytest.mark.parametrize("seeds", SEEDS, ids=len)
@pytest.mark.parametrize("name", ORDERS)
def test_the_order_that_is_shown_first_is_wrong_and_the_listed_one_right(name: str, seeds: range) -> None:
    task = ORDERS[name]
    assert task.first_violation(task.items) is None
    for seed in seeds:
        shown = task.shuffled(seed)
        assert sorted(shown, key=str) == sorted(task.items, key=str)
        assert task.first_violation(shown) is not None


def test_an_order_has_no_other_right_one_exactly_where_it_says_so() -> None:
    for task in ORDERS.values():
        if len(task.items) <= 6:
            right = [order for order in itertools.permutations(task.items) if task.first_violation(order) is None]
            assert task.has_one_order == (len(right) == 1), task.name


@pytest.mark.parametrize("seeds", SEEDS, ids=len)
@pytest.mark.parametrize("name", MATCHES)
def test_every_item_has_one_option(name: str, seeds: range) -> None:
    for seed in seeds:
        pairs = MATCHES[name].pairs(seed)
        assert len(pairs.items) == len(pairs.right) == len(set(pairs.items))
        assert set(pairs.right) == set(pairs.options)
        assert len(set(pairs.options)) == len(pairs.options) >= 3
        assert all(0 < len(option) <= LONGEST for option in pairs.options)


@pytest.mark.parametrize("seeds", quick([range(100)], [range(1000)]), ids=len)
@pytest.mark.parametrize("name", MATCHES)
def test_the_right_option_is_not_found_by_its_place(name: str, seeds: range) -> None:
    places: Counter[int] = Counter()
    for seed in seeds:
        pairs = MATCHES[name].pairs(seed)
        places[pairs.options.index(pairs.right[0])] += 1
    count = len(pairs.options)
    assert chi_squared([places[at] for at in range(count)]) < critical(count - 1)


def test_pairs_are_computed() -> None:
    pairs = MATCHES["match_counts"].pairs(3)
    X, H = int(pairs.settings["X"]), int(pairs.settings["H"])
    gate = H * X + H * H + H
    expected = {"RNN": gate, "GRU": 3 * gate + H, "LSTM": 4 * gate, "LSTM+": 4 * gate + 3 * H}
    assert dict(zip(pairs.items, map(int, pairs.right), strict=True)) == expected
    pairs = MATCHES["match_factors"].pairs(0)
    for item, option in zip(pairs.items, pairs.right, strict=True):
        w = float(item.removeprefix("w = "))
        assert float(option) == pytest.approx(w ** int(pairs.settings["k"]), rel=0.05)
