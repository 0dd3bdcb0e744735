"""The trained network in the core, in float64: it reads a window and predicts the next values."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.apps.batched import BatchState, batch_states, batch_step
from rnn_core.apps.forecast.band import half_widths, known_errors, limits
from rnn_core.apps.forecast.baselines import errors_of
from rnn_core.apps.forecast.linear import linear_of, output_unit
from rnn_core.apps.forecast.settings import Settings
from rnn_core.apps.forecast.split import Split
from rnn_core.apps.kept import cached_with_state
from rnn_core.apps.scores import Scores
from rnn_core.apps.tensors import linear, network_tensors, recurrent, settings_of
from rnn_core.arrays import Array
from rnn_core.blocks.readout import read_out
from rnn_core.cells import AnyGradients, AnyTrace
from rnn_core.learn.state import RunState
from rnn_core.passes.bptt import bptt
from rnn_core.passes.unroll import run


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
        self.unit = output_unit(self.settings)
        self.input_unit = self.parts.change_scale if self.settings.changes else self.parts.scale
        self.linear = linear_of(self.settings) if self.settings.linear else None

    def inputs(self, read: Array) -> Array:
        """T+1 values in the form that the network reads -> its inputs at the last T of them (T, 1)."""
        if self.settings.changes:
            return np.asarray(np.diff(read)[:, None] / self.input_unit)
        return np.asarray((read[1:, None] - self.parts.mean) / self.input_unit)

    def window(self, origin: int) -> Array:
        """What the network reads before a forecast, and the value before it."""
        first = max(self.parts.first, origin - self.settings.window)
        return self.parts.read[first : origin + 1]

    def forecast(self, origin: int, horizon: int | None = None) -> Forecast:
        inputs = self.inputs(self.window(origin))
        at = np.array([origin])
        return Forecast(run(self.params, inputs), inputs, self.forecasts(at, horizon or self.settings.horizon)[0])

    def forecasts(self, origins: NDArray[np.int64], horizon: int) -> Array:
        """(n, horizon) the predictions after each origin, in the series' own unit."""
        steps = origins[:, None] + np.arange(1 - self.settings.window, 1)  # (n, T)
        read = self.parts.read
        _hs, state = batch_states(self.params, self._scaled(read[steps], read[steps - 1])[:, :, None])
        return self.parts.form.back(self.parts.values, origins, self._go_on(state, origins, horizon))

    def _scaled(self, now: Array, before: Array) -> Array:
        return np.asarray((now - (before if self.settings.changes else self.parts.mean)) / self.input_unit)

    def _go_on(self, state: BatchState, origins: NDArray[np.int64], horizon: int) -> Array:
        """(n, horizon) in the form that the network reads: it predicts the changes from the last values, or from the linear
        autoregression's prediction, in units of the scale."""
        last = self.parts.read[origins]
        known = None if self.linear is None else self.linear.known(origins)
        predicted: list[Array] = []
        while True:
            base = last if self.linear is None or known is None else self.linear.next(known)
            steps = base[:, None] + read_out(self.readout, state.h).ys * self.unit  # (n, Y)
            predicted += list(steps.T)
            if len(predicted) >= horizon:
                return np.stack(predicted[:horizon], axis=1)
            if known is not None:
                known = np.column_stack([known, steps])
            for value in steps.T:
                state = batch_step(self.params, self._scaled(value, last)[:, None], state)
                last = value

    def gradients(self, forecast: Forecast) -> AnyGradients:
        """The gradients of the next value (in the series' own unit)."""
        dhs = np.zeros_like(forecast.trace.hs[1:])
        slope = float(forecast.ahead[0]) if self.settings.log else 1.0  # of exp, which maps the logarithm back
        dhs[-1] = self.readout.W_hy[0] * self.unit * slope
        return bptt(forecast.trace, dhs)


@cached_with_state
def every_forecast(state: RunState) -> tuple[NDArray[np.int64], Array]:
    """Every origin (n,) from the last training value to the last value but one, and the forecasts (n, horizon) from each."""
    reader = Reader(state)
    origins = np.arange(reader.parts.training_end - 1, len(reader.parts.values) - 1)
    return origins, reader.forecasts(origins, reader.settings.horizon)


@cached_with_state
def rolling(state: RunState) -> Array:
    """(n, horizon) the forecasts from every origin of the test part."""
    parts, horizon = state_parts(state)
    origins, forecasts = every_forecast(state)
    return np.asarray(forecasts[parts.origins("test", horizon) - origins[0]])


def state_parts(state: RunState) -> tuple[Split, int]:
    """The split of the run's series, and the horizon."""
    settings = settings_of(state, Settings)
    return settings.split(), settings.horizon


@cached_with_state
def errors(state: RunState) -> Array:
    """(n, horizon) the known errors of `every_forecast`, in the form's unit."""
    return known_errors(state_parts(state)[0], *every_forecast(state))


def interval(state: RunState, today: int, forecast: Array) -> Array:
    """(2, horizon) the limits of the prediction interval around a forecast from today."""
    parts, _horizon = state_parts(state)
    return limits(parts, forecast, half_widths(errors(state), every_forecast(state)[0], today))


def covered(state: RunState) -> Array:
    """(n, horizon) whether the interval held the truth, from every origin of the test part."""
    parts, horizon = state_parts(state)
    origins, all_errors = every_forecast(state)[0], errors(state)
    test = parts.origins("test", horizon)
    widths = np.array([half_widths(all_errors, origins, int(today)) for today in test])
    return np.asarray(np.abs(all_errors[test - origins[0]]) <= widths)


def scores(state: RunState) -> Scores:
    parts, horizon = state_parts(state)
    return errors_of(parts, lambda origins, horizon: rolling(state), horizon)
