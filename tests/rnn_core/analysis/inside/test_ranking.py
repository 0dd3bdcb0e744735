"""AUC by its definition, the two nulls, the probe, and what is found in the networks that ship."""

from functools import cache

import numpy as np
import pytest

from rnn_core.analysis.inside.activations import activations
from rnn_core.analysis.inside.labels import label
from rnn_core.analysis.inside.matching import histogram, matches, select, strongest
from rnn_core.analysis.inside.ranking import (
    Finding,
    auc,
    find,
    null_band,
    ranked,
    share_above,
    share_beyond,
    shifted,
)
from rnn_core.apps.text.settings import SHIPPED
from rnn_core.arrays import Array, Mask
from rnn_core.errors import CoreError
from tests.rnn_core.analysis.inside.networks import shipped_text

RNG = np.random.default_rng(0)
READ = 12_000  # characters of each part


def by_definition(values: Array, marks: Mask) -> float:
    """Of all pairs of a place with the label and one without: the share in which the first is higher, ties half."""
    with_label, without = values[marks][:, None], values[~marks]
    return float(((with_label > without) + 0.5 * (with_label == without)).mean())


@pytest.mark.parametrize("digits", [1, 6], ids=["many ties", "few ties"])
def test_auc_is_the_share_of_right_pairs(digits: int) -> None:
    values = np.round(RNG.normal(size=(5, 400)), digits).astype(np.float32)
    marks = RNG.random(400) < 0.3
    found = auc(ranked(values), marks)
    np.testing.assert_allclose(found, [by_definition(own, marks) for own in values], rtol=0, atol=1e-12)


def test_the_band_is_the_largest_of_the_shifted_labels() -> None:
    values = RNG.normal(size=(3, 500)).astype(np.float32)
    marks = np.repeat(RNG.random(50) < 0.3, 10)
    moved = shifted(marks, 20, seed=1)
    assert all(column.sum() == marks.sum() for column in moved.T)
    ranks = ranked(values)
    band = null_band(ranks, marks, 20, seed=1)
    assert band == pytest.approx(np.abs(auc(ranks, moved) - 0.5).max(), abs=1e-6)


def test_a_planted_unit_is_found_and_noise_is_not() -> None:
    def draw(T: int) -> tuple[Array, Mask]:
        marks = np.repeat(RNG.random(T // 20) < 0.3, 20)
        values = RNG.normal(size=(30, T)).astype(np.float32)
        values[7] -= 3.0 * marks
        values[8] += 0.5 * marks
        return values, marks

    (first, marks), (second, more) = draw(6000), draw(4000)
    noise = np.repeat(RNG.random(300) < 0.3, 20), np.repeat(RNG.random(200) < 0.3, 20)
    found, nothing = find(first, second, {"planted": (marks, more), "noise": noise})
    assert found.best == 7
    assert found.sign[7] == -1.0
    assert found.auc[7] > 0.97
    assert set(np.flatnonzero(found.above)) == {7, 8}
    assert found.probe_auc > found.auc[7]
    assert int(np.abs(found.probe.weights).argmax()) == 7
    assert nothing.above.sum() <= 1
    assert share_above([found]) == pytest.approx(2 / 30)


def test_a_label_that_holds_nowhere_is_refused() -> None:
    with pytest.raises(CoreError, match="holds"):
        auc(ranked(RNG.normal(size=(2, 10)).astype(np.float32)), np.zeros(10, np.bool_))


@cache
def findings(name: str) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Of the network that ships, and of an untrained one: chosen on the validation part, measured on the test part."""
    network, corpus, parts = shipped_text(name), SHIPPED[name].corpus, SHIPPED[name].parts
    known = {
        "word with a capital": tuple(
            label("word with a capital", text[:READ]) for text in (parts.validation, parts.test)
        )
    }
    value = "c" if network.cell == "lstm" else "h"

    def found(which: object) -> tuple[Finding, ...]:
        first, second = (
            activations(which, text, value).values for text in (corpus.validation[:READ], corpus.test[:READ])
        )  # type: ignore[arg-type]
        return find(first, second, known)

    return found(network), found(network.untrained())


def test_a_unit_of_the_english_model_knows_words_with_a_capital() -> None:
    trained, untrained = findings("english-lstm")
    (own,), (other,) = trained, untrained
    assert own.best == 10
    assert own.auc[10] > 0.9
    assert own.auc[10] > 0.5 + 3 * own.band
    assert other.auc.max() < 0.75
    assert 0.05 < share_beyond(trained, untrained) < 0.3


def test_ranges_with_the_same_pattern_are_found() -> None:
    values = RNG.normal(0.0, 0.1, (20, 600)).astype(np.float32)
    for start in (50, 200, 430):
        values[[3, 11], start : start + 10] += 2.0
        values[5, start : start + 10] -= 2.0
    pattern = select(values, 200, 210)
    assert set(pattern.units[:3]) == {3, 5, 11}
    assert pattern.sign[list(pattern.units).index(5)] == -1.0
    found = matches(values, pattern, count=2)
    assert {match.start for match in found} == {50, 430}
    with pytest.raises(CoreError, match="whole text"):
        select(values, 0, 600)


def test_strongest_places_lie_apart_and_a_histogram_counts_both() -> None:
    values = np.zeros(100, np.float32)
    values[[10, 12, 50, 90]] = [3.0, 4.0, 2.0, 1.0]
    assert strongest(values, 3, apart=5).tolist() == [12, 50, 90]
    marks = values > 0
    bins = histogram(values, marks)
    assert bins.holds.sum() == pytest.approx(1.0)
    assert bins.not_holds[0] == 1.0
