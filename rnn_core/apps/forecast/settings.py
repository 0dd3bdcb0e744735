"""The settings of a forecast, and the networks that ship with the app."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rnn_core.apps.forecast.form import Form
from rnn_core.apps.forecast.series import NAMES, SEASONS, series
from rnn_core.apps.forecast.split import Split, split
from rnn_core.apps.kept import cached_until_cleared
from rnn_core.apps.scores import Measure
from rnn_core.apps.settings import CELLS, AppSettings
from rnn_core.errors import CoreError
from rnn_core.learn.fields import choice, flag, numbers, whole
from rnn_core.learn.settings import Shapes
from rnn_core.learn.shapes import linear_shapes, recurrent_shapes

if TYPE_CHECKING:
    from rnn_core.learn.problem import Problem

OWN = "own"
AHEAD = ("fed back", "direct")  # one step at a time with each prediction as the next input, or all steps at once
LONGEST = 5_000  # values of an own series

MEASURES = (
    Measure("mean absolute error", larger_is_better=False),
    Measure("mean absolute error, next step", larger_is_better=False),
)


@dataclass(frozen=True)
class Settings(AppSettings):
    kind: ClassVar[str] = "forecast"

    series: str = choice("sunspots", (*NAMES, OWN))
    own: tuple[float, ...] | None = numbers(shortest=2, longest=LONGEST)  # the visitor's series
    own_season: int = whole(0, low=0, high=1000)
    window: int = whole(36, low=4, high=120)  # values that the network reads before a forecast
    horizon: int = whole(12, low=1, high=60)  # steps ahead
    ahead: str = choice("fed back", AHEAD)
    changes: bool = flag(False)  # reads the changes from step to step, and not the values
    log: bool = flag(False)  # reads the logarithms
    seasonal: bool = flag(False)  # reads the differences from the season before
    linear: bool = flag(False)  # predicts what a linear autoregression of the training part leaves

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.series == OWN) != (self.own is not None):
            raise CoreError("own", "values" if self.own else "nothing", f"values exactly when the series is {OWN!r}")
        if self.seasonal and not self.season:
            raise CoreError("seasonal", "a series without a season", "a season, or no seasonal differences")

        if self.linear and self.ahead != AHEAD[0]:
            raise CoreError("linear", f"the forecast {self.ahead!r}", f"{AHEAD[0]!r}: the correction is of one step")

    def split(self) -> Split:
        if self.own is not None:
            return _own_split(self.own, self.window, self.horizon, self.series_form)
        return _our_split(self.series, self.window, self.horizon, self.series_form)

    @property
    def series_form(self) -> Form:
        return Form(self.log, self.season if self.seasonal else 0)

    @property
    def season(self) -> int:
        return self.own_season if self.series == OWN else SEASONS[self.series]

    @property
    def outputs(self) -> int:
        """Y: the number of steps ahead that the network predicts directly."""
        return self.horizon if self.ahead == "direct" else 1

    @classmethod
    def shipped(cls) -> Mapping[str, "Settings"]:
        return SHIPPED

    def problem(self) -> "Problem":
        from rnn_core.apps.forecast.network import ForecastProblem

        return ForecastProblem(self)

    def network_shapes(self) -> Shapes:
        return recurrent_shapes("recurrent.", self.core_cell, 1, self.hidden) | linear_shapes(
            "readout.", self.hidden, self.outputs
        )


@cached_until_cleared(8)
def _own_split(own: tuple[float, ...], window: int, horizon: int, form: Form) -> Split:
    return split(np.array(own), window, horizon, form)


@lru_cache(maxsize=256)
def _our_split(name: str, window: int, horizon: int, form: Form) -> Split:
    return split(series(name).values, window, horizon, form)


def standard(name: str, cell: str = "gru") -> Settings:
    """Settings that work for a series. Networks overfit small series soon, so their budgets are short."""
    base = Settings(
        cell=cell, series=name, hidden=16, rate=0.005, schedule="cosine", clip_norm=1.0, budget=400, check_every=20
    )
    match name:
        case "sunspots":
            return base.changed(budget=200, check_every=10)
        case "co2":
            return base.changed(hidden=24, horizon=24, changes=True, budget=1500)
        case "elnino":
            return base.changed(l2=0.001, budget=800)
        case "nile" | "unemployment":
            return base.changed(window=16, horizon=8, l2=0.1, budget=300)
        case "chaos":
            return base.changed(budget=1500)
        case _:
            return base


SHIPPED: dict[str, Settings] = {f"{name}-{cell}": standard(name, cell) for name in NAMES for cell in CELLS}
