"""The form in which a network reads a series: its logarithm, and its differences from the season before.

z_t = log v_t or v_t, and u_t = z_t - z_{t-season}. A network that predicts u is mapped back to the series' own unit:
z_{t+k} = u_{t+k} + z_{t+k-season}, where z of a later season is itself a prediction.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rnn_core.arrays import Array
from rnn_core.errors import CoreError

LARGEST_LOG = 300.0  # a diverging forecast stays a finite number


@dataclass(frozen=True)
class Form:
    log: bool = False
    season: int = 0  # time steps of the seasonal differences; 0: without

    def of(self, values: Array) -> Array:
        """(N,) in this form. The first `season` places are NaN, because no season comes before them."""
        if self.log and not np.all(values > 0.0):
            raise CoreError("log", "a series with values of 0 or less", "values above 0")
        z = self.scaled(values)
        if not self.season:
            return z
        return np.concatenate([np.full(min(self.season, len(z)), np.nan), z[self.season :] - z[: -self.season]])

    def back(self, values: Array, origins: NDArray[np.int64], ahead: Array) -> Array:
        """Predictions (n, horizon) in this form after each origin -> the same in the unit of `values` (N,)."""
        z = ahead
        if self.season:
            known = self.scaled(values)
            z = np.zeros_like(ahead)
            for k in range(ahead.shape[1]):
                back = k - self.season
                before = z[:, back] if back >= 0 else known[origins + 1 + back]
                z[:, k] = ahead[:, k] + before
        return self.unscaled(z)

    def scaled(self, values: Array) -> Array:
        """The values or their logarithms, without seasonal differences."""
        return np.asarray(np.log(values) if self.log else values)

    def unscaled(self, z: Array) -> Array:
        return np.exp(np.minimum(z, LARGEST_LOG)) if self.log else np.asarray(z)
