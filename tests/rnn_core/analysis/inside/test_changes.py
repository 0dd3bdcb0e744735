"""Changes while a network reads and writes: the counter of a^n b^n, steering, ablation."""

import numpy as np
import pytest

from rnn_core.analysis.inside.activations import activations
from rnn_core.analysis.inside.changes import (
    Change,
    ablate,
    ablate_numbers,
    bits_with,
    clamp,
    scores_with,
    silence,
    state_after,
    steer,
    write,
)
from rnn_core.errors import CoreError
from tests.rnn_core.analysis.inside.networks import counter, of_numbers, of_symbols, shipped_text

RNG = np.random.default_rng(0)
A, B, END = 0, 1, 2


def string(n: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([END] + [A] * n + [B] * n + [END])


def counts(n: int, *changes: Change) -> bool:
    """Whether every symbol from the first b on is predicted."""
    predicted = scores_with(counter(), string(n), changes).argmax(axis=1)
    return bool((predicted[n + 1 : 2 * n + 1] == string(n)[n + 2 :]).all())


def test_a_cell_counts_up_and_down_and_without_it_nothing_is_counted() -> None:
    cells = activations(counter(), string(20), "c").values  # (8, 42)
    per_a, per_b = np.diff(cells[:, 1:21]).mean(axis=1), np.diff(cells[:, 21:41]).mean(axis=1)
    unit = int(np.abs(per_a - per_b).argmax())
    assert per_a[unit] == pytest.approx(-per_b[unit], abs=0.2)  # one step down for each b, as far as one up for each a
    assert np.diff(cells[unit, 3:21]).std() < 0.1
    assert all(counts(n) for n in range(1, 25))
    assert sum(counts(n, silence("c", [unit])) for n in range(1, 25)) <= 2
    one_more = Change("c", (unit,), np.array([per_a[unit]]), steps=(20, 21), adds=True)
    predicted = scores_with(counter(), string(20), [one_more]).argmax(axis=1)
    assert predicted[40] == B  # it has counted one a too many, and expects another b
    assert predicted[20:40].tolist() == scores_with(counter(), string(20)).argmax(axis=1)[20:40].tolist()


def test_the_state_of_another_text_can_be_put_in() -> None:
    other = state_after(counter(), string(7)[:8])
    longer = scores_with(counter(), [B] * 7, start=other).argmax(axis=1)
    assert longer.tolist() == [B] * 6 + [END]


def test_a_written_text_is_the_same_without_changes_and_follows_the_luck_of_its_seed() -> None:
    network = shipped_text("english-lstm")
    begin = [network.symbols.index(letter) for letter in "And the "]
    plain = write(network, begin, 60)
    assert plain.tolist() == write(network, begin, 60).tolist()
    assert plain.tolist() == write(network, begin, 60, [steer("h", np.ones(128), 0.0)]).tolist()
    changed = write(network, begin, 60, [silence("c", range(64), steps=(20, 60))])
    assert changed[:12].tolist() == plain[:12].tolist()  # 8 are read, so step 20 is the 13th written
    assert changed.tolist() != plain.tolist()
    assert (
        write(network, begin, 5, temperature=0.0).tolist() == write(network, begin, 5, temperature=0.0, seed=1).tolist()
    )


def test_ablation_is_the_loss_with_one_unit_silenced() -> None:
    network = of_symbols("lstm", 2)
    sequence = RNG.integers(0, 5, 50)
    for name, layer in (("h", -1), ("c", 0)):
        found = ablate(network, sequence, name, layer)
        expected = bits_with(network, sequence, [silence(name, [3], layer)]) - bits_with(network, sequence)
        np.testing.assert_allclose(found.added[3, 1:], expected, atol=1e-5)
    there, elsewhere = found.there_and_elsewhere(np.arange(50) < 10)
    assert there[3] == pytest.approx(found.added[3, 1:11].mean(), abs=1e-6)
    assert elsewhere[3] == pytest.approx(found.added[3, 11:].mean(), abs=1e-6)


def test_ablation_of_numbers_is_the_error_with_one_unit_held_at_its_mean() -> None:
    network = of_numbers("gru", 1, X=1, Y=1)
    series, wanted = RNG.normal(size=(30, 1)), RNG.normal(size=29)
    held = RNG.normal(size=network.hidden_size)
    found = ablate_numbers(network, series, wanted, value=held)
    errors = [
        np.abs(scores_with(network, series, change)[:-1, 0] - wanted)
        for change in ([], [clamp("h", [2], float(np.float32(held[2])))])
    ]
    np.testing.assert_allclose(found.cost[1:], errors[0], atol=1e-5)
    np.testing.assert_allclose(found.added[2, 1:], errors[1] - errors[0], atol=1e-5)


def test_other_changes_get_a_sentence() -> None:
    network = of_symbols("gru")
    for change in (clamp("c", [0], 1.0), clamp("h", [7], 1.0), clamp("h", [0], 1.0, layer=1)):
        with pytest.raises(CoreError, match="Change"):
            scores_with(network, [0, 1], [change])
    with pytest.raises(CoreError, match="direction"):
        steer("h", np.zeros(7), 1.0)
    with pytest.raises(CoreError, match="next symbol"):
        write(of_numbers("gru"), [[0.0] * 3], 5)
