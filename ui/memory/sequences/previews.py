"""The charts of a page follow its dials ahead of the page's own answer: ui/browser/previews.py says why."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Generic, TypeVar

from rnn_core.studies.sequences import SequenceSetup
from ui.browser.plot import plot
from ui.browser.previews import Slider, answering
from ui.figures.chart import Chart
from ui.memory.sequences.controls import GAINS, LONGEST, MOST_UNITS

View = TypeVar("View")
Charts = Mapping[str, Chart]  # by their keys


@dataclass(frozen=True)
class Follower(Generic[View]):
    """How a dial changes the view."""

    slider: Slider
    moved: Callable[[View, float], View]


@contextmanager
def charts_follow(view: View, dials: Mapping[str, Follower[View]], charts: Callable[[View], Charts]) -> Iterator[None]:
    """The charts that are made inside are drawn ahead for these dials, by their keys. `charts` makes the same charts."""
    with answering(partial(_draw, view, dials, charts), {key: dial.slider for key, dial in dials.items()}):
        yield


def _draw(view: View, dials: Mapping[str, Follower[View]], charts: Callable[[View], Charts], **values: float) -> None:
    for key, value in values.items():
        view = dials[key].moved(view, value)
    for key, chart in charts(view).items():
        plot(chart, key=key)


def sequence_dials(
    setup: SequenceSetup, shortest: int = 5, longest: int = LONGEST, fewest: int = 2, most: int = MOST_UNITS
) -> dict[str, Follower[SequenceSetup]]:
    """The dials that the pages on sequences share; the limits are those of `controls`."""
    return {
        "gain": Follower(Slider(setup.gain, *GAINS), lambda run, gain: replace(run, gain=gain)),
        "T": Follower(Slider(setup.steps, shortest, longest), lambda run, steps: replace(run, steps=int(steps))),
        "H": Follower(Slider(setup.hidden_size, fewest, most), lambda run, units: replace(run, hidden_size=int(units))),
    }
