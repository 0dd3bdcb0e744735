"""Many runs side by side, and a long text in pieces, give what the core's own run gives; changes are the core's interventions."""

import numpy as np
import pytest

from rnn_core.analysis.inside import activations as module
from rnn_core.analysis.inside.activations import activations
from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.steps import Floats, Stepper
from rnn_core.arrays import Cell
from rnn_core.blocks.readout import init_readout
from rnn_core.cells.interventions import Clamp, Silence
from rnn_core.errors import CoreError
from rnn_core.params.init import init_params
from rnn_core.passes.layers import run_stack
from rnn_core.passes.unroll import run
from tests.rnn_core.analysis.inside.networks import CELLS, KINDS, of_numbers, of_symbols, shipped_text, with_embedding

RNG = np.random.default_rng(0)
FIELDS = {"h": "hs", "c": "cs"}


@pytest.mark.parametrize(("cell", "layers"), KINDS)
@pytest.mark.parametrize("make", [of_symbols, with_embedding, of_numbers])
def test_every_value_equals_the_core_s_own_run(cell: Cell, layers: int, make: object) -> None:
    network: Network = make(cell, layers)  # type: ignore[operator]
    sequence = RNG.integers(0, 5, 30) if network.symbols else RNG.normal(size=(30, 3))
    trace = run_stack(network.stack, network.inputs(sequence))
    stepper = Stepper(network)
    states, seen = stepper.start(1), {}

    def see(layer: int, name: str, values: Floats) -> None:
        seen.setdefault((layer, name), []).append(values[0].copy())

    for t in range(30):
        states = stepper.step(states, sequence[t : t + 1], see)
    for layer, own in enumerate(trace.forward):
        for name in network.values:
            field = getattr(own, FIELDS.get(name, name))
            expected = field[1:] if name in FIELDS else field
            np.testing.assert_allclose(np.array(seen[layer, name]), expected, rtol=0, atol=1e-14)
    scores = network.readout.W_hy @ trace.ys[-1] + network.readout.b_y
    np.testing.assert_allclose(stepper.scores(states)[0], scores, rtol=0, atol=1e-13)


@pytest.mark.parametrize("cell", CELLS)
def test_a_changed_value_changes_what_an_intervention_changes(cell: Cell) -> None:
    network = of_numbers(cell)
    xs = RNG.normal(size=(12, 3))
    for name in network.values:
        if name == "c":
            continue
        held = Silence((2,)) if name == "h" else Clamp(name, (2,), 0.0)
        expected = run(network.layers[0], xs, interventions=[held]).hs[1:]
        stepper = Stepper(network)
        states, hs = stepper.start(1), []

        def see(_layer: int, own: str, values: Floats, name: str = name) -> None:
            if own == name:
                values[:, 2] = 0.0

        for t in range(12):
            states = stepper.step(states, xs[t : t + 1], see)
            hs.append(states.hs[0][0])
        np.testing.assert_allclose(np.array(hs), expected, rtol=0, atol=1e-14)


@pytest.mark.parametrize(("cell", "layers"), KINDS)
def test_a_long_text_in_pieces_is_the_run_in_one_piece(cell: Cell, layers: int) -> None:
    network = of_symbols(cell, layers)
    sequence = RNG.integers(0, 5, 1234)
    trace = run_stack(network.stack, network.inputs(sequence)).forward[-1]
    for name in network.values:
        found = activations(network, sequence, name, pieces=5)
        field = getattr(trace, FIELDS.get(name, name))
        np.testing.assert_allclose(found.values.T, field[-1234:], rtol=0, atol=1e-5)
        assert found.seam < module.CLOSE


def test_a_network_that_never_forgets_needs_more_rounds_and_says_so() -> None:
    """A unit that only adds up: the state before a piece is known when the piece before it is."""
    params = init_params("rnn", 2, 1, scheme="identity", activation="linear")
    params.W_xh[:] = [[1.0, 0.0]]
    network = Network((params,), init_readout(1, 2), None, ("a", "b"))
    sequence = np.zeros(4000, np.int64)
    exact = activations(network, sequence, pieces=3)
    assert exact.seam < module.CLOSE
    np.testing.assert_allclose(exact.values[0], np.arange(1, 4001), rtol=1e-5)
    assert activations(network, sequence, pieces=40).seam > 1.0


def test_the_surprise_is_that_of_the_next_symbol() -> None:
    network = of_symbols("gru")
    sequence = RNG.integers(0, 5, 900)
    found = activations(network, sequence, pieces=2)
    trace = run_stack(network.stack, network.inputs(sequence))
    scores = trace.ys @ network.readout.W_hy.T + network.readout.b_y
    logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    expected = -logs[np.arange(899), sequence[1:]] / np.log(2)
    assert found.surprise is not None
    np.testing.assert_allclose(found.surprise[1:], expected, atol=1e-4)


def test_an_untrained_network_has_the_same_sizes_and_other_weights() -> None:
    network = shipped_text("english-lstm")
    other = network.untrained()
    assert other.sizes() == network.sizes()
    assert other == network.untrained()
    assert other != network.untrained(2)
    assert float(np.abs(other.layers[0].stack("W_h")).max()) <= 1 / np.sqrt(128)


@pytest.mark.parametrize(
    "sequence", [[], [0, 5], [-1], [0.5], [[0, 1]], ["a"], None, np.zeros(100_001, np.int64)], ids=str
)
def test_other_sequences_are_refused(sequence: object) -> None:
    with pytest.raises(CoreError):
        activations(of_symbols("rnn"), sequence)  # type: ignore[arg-type]
