"""The descriptor of an application: one typed value with everything that its page, the trainer and the benchmarks need."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from rnn_core.apps.passages import Opened
from rnn_core.apps.programs import Say
from rnn_core.apps.scores import Measure, Scores
from rnn_core.apps.settings import AppSettings
from rnn_core.learn.state import RunState

S = TypeVar("S", bound=AppSettings)
SettingsOfPrograms = TypeVar("SettingsOfPrograms", bound=AppSettings, contravariant=True)


class Programs(Protocol[SettingsOfPrograms]):
    """The module programs.py: the same network as a program that runs without this project."""

    @property
    def Comment(self) -> Iterable[str]:
        """Every comment of the programs, so that a test can check that each has a translation."""

    def as_torch(self, settings: SettingsOfPrograms, steps: int | None = None, say: Say = str) -> str: ...

    def as_keras(self, settings: SettingsOfPrograms, steps: int | None = None, say: Say = str) -> str: ...


@dataclass(frozen=True)
class Application(Generic[S]):
    name: str  # of its folders, its page, and its kind of run
    settings: type[S]  # the settings of a run, with its training problem and the shipped networks
    measures: tuple[Measure, ...]  # of success on test data; the first one is the one to beat
    baselines: Callable[[S], Mapping[str, Scores]]  # the baselines' scores on the same data
    reader: Callable[[RunState], object]  # the trained network in the core, in float64, with all intermediate values
    scores: Callable[[RunState], Scores]  # the trained network's scores on test data
    programs: Programs[S]
    inside: Callable[[RunState], Opened] | None = (
        None  # short sequences for a look into it; None: it has a view of its own
    )
