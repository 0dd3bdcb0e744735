"""The small trained network of the Home page: a GRU that reads a wave and predicts its next value."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from rnn_core.arrays import Array
from rnn_core.cells import GRUParams
from rnn_core.formats.torch_names import from_named
from rnn_core.passes.unroll import run

WEIGHTS = Path(__file__).parent / "files" / "home_wave.safetensors"


@dataclass(frozen=True)
class WaveNetwork:
    gru: GRUParams
    W_hy: Array  # (1, H)
    b_y: Array  # (1,)


@dataclass(frozen=True)
class Reading:
    """The network's predictions for a wave of T values, and its own continuation for another N steps."""

    xs: Array  # (T,) the wave that was read
    predicted: Array  # (T,) predicted[t] is the prediction of xs[t+1] after reading xs[0..t]
    continued: Array  # (N,) predictions, each fed back as the next input
    hs: Array  # (T+N-1, H) the state after every value, given or predicted
    update_gate: Array  # (T+N-1, H)


def load() -> WaveNetwork:
    stored = load_file(WEIGHTS)
    gru = from_named(stored, "gru", {"reset": "after", "z_keeps": True})
    assert isinstance(gru, GRUParams)
    return WaveNetwork(gru, stored["readout.weight"], stored["readout.bias"])


def read_and_continue(network: WaveNetwork, xs: Array, ahead: int) -> Reading:
    """Read the wave xs (T,), then feed back the network's own predictions for `ahead` more steps."""
    trace = run(network.gru, xs[:, None])
    predicted = trace.hs[1:] @ network.W_hy[0] + network.b_y
    states, gates, predictions = [trace.hs[1:]], [trace.update_gate], [predicted[-1]]
    for _ in range(ahead - 1):
        step = run(network.gru, np.array([[predictions[-1]]]), h_0=states[-1][-1])
        states.append(step.hs[1:])
        gates.append(step.update_gate)
        predictions.append(float(step.hs[1] @ network.W_hy[0] + network.b_y[0]))
    return Reading(xs, predicted, np.array(predictions), np.concatenate(states), np.concatenate(gates))
