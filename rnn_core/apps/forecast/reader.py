"""The trained network in the core, in float64: it reads a window and predicts the next values."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.forecast.baselines import errors_of
from rnn_core.apps.forecast.settings import Settings
from rnn_core.apps.kept import cached_with_state
from rnn_core.apps.scores import Scores
from rnn_core.apps.tensors import linear, network_tensors, recurrent, settings_of
from rnn_core.arrays import Array
from rnn_core.blocks.readout import read_out
from rnn_core.cells import AnyGradients, AnyTrace
from rnn_core.learn.state import RunState
from rnn_core.passes.bptt import bptt
from rnn_core.passes.unroll import run

BAND = (0.1, 0.9)  # four of five values should lie between


@dataclass(frozen=True)
class Forecast:
    trace: AnyTrace  # of the window
    inputs: Array  # (T, 1) scaled, as the network reads them
    ahead: Array  # (horizon,)


class Reader:
    def __init__(self, state: RunState) -> None:
        self.settings = settings_of(state, Settings)
        self.parts = self.settings.split()
        tensors = network_tensors(state)
        self.params = recurrent(tensors, "recurrent.", self.settings).forward[0]
        self.readout = linear(tensors, "readout.")
        self.unit = self.parts.change_scale if self.settings.changes else self.parts.scale

    def inputs(self, values: Array) -> Array:
        """T+1 values -> the network's inputs at the last T of them (T, 1)."""
        if self.settings.changes:
            return np.asarray(np.diff(values)[:, None] / self.unit)
        return np.asarray((values[1:, None] - self.parts.mean) / self.unit)

    def window(self, origin: int) -> Array:
        """The values that the network reads before a forecast, and the value before them."""
        first = max(0, origin - self.settings.window)
        return self.parts.values[first : origin + 1]

    def forecast(self, origin: int, horizon: int | None = None) -> Forecast:
        values = self.window(origin)
        inputs = self.inputs(values)
        trace = run(self.params, inputs)
        return Forecast(trace, inputs, self._go_on(trace, float(values[-1]), horizon or self.settings.horizon))

    def _go_on(self, trace: AnyTrace, last: float, horizon: int) -> Array:
        """The network predicts the change from the last value, in units of the scale."""
        predicted: list[float] = []
        while True:
            steps = read_out(self.readout, trace.hs[-1:]).ys[0] * self.unit  # (Y,)
            predicted += [last + float(step) for step in steps]
            if len(predicted) >= horizon:
                return np.array(predicted[:horizon])
            for previous, value in zip([last, *predicted[-len(steps) :]], predicted[-len(steps) :], strict=False):
                trace = run(self.params, self.inputs(np.array([previous, value])), trace.hs[-1], _cell(trace))
            last = predicted[-1]

    def forecasts(self, origins: NDArray[np.int64], horizon: int) -> Array:
        return np.array([self.forecast(int(origin), horizon).ahead for origin in origins])

    def band(self) -> Array:
        """(2, horizon) quantiles of the errors on the validation part, which are added to a forecast for its prediction interval."""
        origins = self.parts.origins("validation", self.settings.horizon)
        truth = self.parts.truth(origins, self.settings.horizon)
        errors = truth - self.forecasts(origins, self.settings.horizon)
        return np.quantile(errors, BAND, axis=0)

    def gradients(self, forecast: Forecast) -> AnyGradients:
        """The gradients of the next value (in the series' own unit)."""
        dhs = np.zeros_like(forecast.trace.hs[1:])
        dhs[-1] = self.readout.W_hy[0] * self.unit
        return bptt(forecast.trace, dhs)


def _cell(trace: AnyTrace) -> Array | None:
    cs = getattr(trace, "cs", None)
    return None if cs is None else cs[-1]


@cached_with_state
def rolling(state: RunState) -> Array:
    """(n, horizon) the forecasts from every origin of the test part."""
    reader = Reader(state)
    return reader.forecasts(reader.parts.origins("test", reader.settings.horizon), reader.settings.horizon)


def scores(state: RunState) -> Scores:
    reader = Reader(state)
    return errors_of(reader.parts, lambda origins, horizon: rolling(state), reader.settings.horizon)
