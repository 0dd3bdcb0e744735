"""The season of a series of which only the values are known: the lag after which it repeats."""

import numpy as np

from rnn_core.arrays import Array

LONGEST = 400
SMOOTH = 5  # neighbouring lags whose likeness is averaged where the series is noisy
CALENDAR = (
    24,
    52,
    168,
    365,
)  # hours of a day, weeks and days of a year: a broad peak is taken for the one that is near
NEAR = 0.04
CLOSE = 0.1  # to a usual season of the dates
LIKE = 0.3  # the least autocorrelation of a season
BROAD = 5  # a peak is as broad as a fifth of its lag
ALMOST = 0.8  # of the best likeness: a shorter lag that repeats almost as well is the season, and the longer one its multiple


def likely_season(values: Array, usual: tuple[int, ...] = ()) -> int:
    """The lag at which the series repeats best; 0 where it hardly does. `usual`: the seasons of such dates, one of which is taken if
    the lag is close to it: with few years the best lag of months may be 11."""
    lag = _best_lag(values)
    return next((season for season in usual if abs(lag - season) <= CLOSE * season), lag)


def _best_lag(values: Array) -> int:
    if len(values) < 4:
        return 0
    changes = np.diff(values) - np.diff(values).mean()
    found = _first_good_lag(_autocorrelation(changes, min(len(changes) // 3, LONGEST)))
    return found or _noisy_season(values)


def _noisy_season(values: Array) -> int:
    """The season in the values without their linear trend: noise hides it in the changes, and most where it is long."""
    at = np.arange(len(values))
    level = values - np.polyval(np.polyfit(at, values, 1), at)
    likeness = _autocorrelation(level, min(len(level) // 3, LONGEST))
    if len(likeness) < SMOOTH:
        return 0
    lag = _first_good_lag(np.convolve(np.pad(likeness, SMOOTH // 2, "edge"), np.ones(SMOOTH) / SMOOTH, "valid"))
    # Half a season away the series is on its other side; a slow drift has no such trough.
    if not lag or lag == len(likeness) or likeness[:lag].min() > -LIKE:
        return 0
    return next((usual for usual in CALENDAR if abs(lag - usual) <= NEAR * usual), lag)


def _first_good_lag(likeness: Array) -> int:
    """The shortest lag that is a peak and almost as good as the best one."""
    if len(likeness) < 2:
        return 0
    # A smooth series is correlated with itself one step later, so lags before the correlation first drops do not count.
    unlike = max(1, next((place for place, value in enumerate(likeness) if value < 0.0), 1))
    if unlike >= len(likeness):
        return 0
    best = float(likeness[unlike:].max())
    if best <= LIKE:
        return 0
    padded = np.concatenate([likeness, [-np.inf]])
    for at in range(unlike, len(likeness)):
        if likeness[at] >= ALMOST * best and likeness[at] >= max(padded[at - 1], padded[at + 1]):
            return at + 1 + int(np.argmax(likeness[at : at + 1 + at // BROAD]))
    return 0


def _autocorrelation(values: Array, lags: int) -> Array:
    """(lags,) at the lags 1..lags, by the Fourier transform, so that thousands of values take milliseconds."""
    centred = values - values.mean()
    power = float(centred @ centred)
    if power == 0.0 or lags < 1:
        return np.zeros(0)
    spectrum = np.fft.rfft(centred, 2 * len(centred))
    return np.asarray(np.fft.irfft(np.abs(spectrum) ** 2)[1 : lags + 1] / power)
