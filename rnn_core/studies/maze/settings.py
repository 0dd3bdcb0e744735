"""One policy in the T-maze as a training run (Bakker 2002, "Reinforcement Learning with Long Short-Term Memory").

The agent starts at the end of a corridor and sees a signal: left or right. Every further place of the corridor looks the
same, and at its other end the agent must turn to the side of the signal. No torch.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rnn_core.learn.fields import choice, real, whole
from rnn_core.learn.settings import Shapes, TrainingSettings
from rnn_core.learn.shapes import linear_shapes, recurrent_shapes

if TYPE_CHECKING:
    from rnn_core.learn.problem import Problem

POLICIES = ("feed-forward", "gru")
SEEN = ("signal left", "signal right", "corridor", "junction")  # what an observation is one-hot of
ACTIONS = ("forward", "left", "right")
FORWARD, LEFT, RIGHT = range(3)
WITHOUT_MEMORY = 0.5  # the observation at the junction does not depend on the signal


@dataclass(frozen=True)
class MazeSettings(TrainingSettings):
    kind: ClassVar[str] = "maze"

    policy: str = choice("gru", POLICIES)
    length: int = whole(6, low=2, high=20)  # of the corridor, in moves from the signal to the junction
    hidden: int = whole(16, low=2, high=64)
    tested: int = whole(128, low=2, high=512)  # episodes whose success is measured

    rate: float = real(0.01, low=0.0, high=1.0)
    clip_norm: float | None = real(1.0, low=1e-6, high=1e6)
    batch: int = whole(32, low=2, high=128)  # episodes of an update
    budget: int = whole(400, low=1, high=5_000)
    check_every: int = whole(10, low=1, high=5_000)

    @property
    def limit(self) -> int:
        """The steps after which an episode ends without success."""
        return 2 * self.length + 4

    def network_shapes(self) -> Shapes:
        if self.policy == "gru":
            inner = recurrent_shapes("inner.", "gru", len(SEEN), self.hidden)
        else:
            inner = linear_shapes("inner.", len(SEEN), self.hidden)
        return inner | linear_shapes("readout.", self.hidden, len(ACTIONS))

    def problem(self) -> "Problem":
        from rnn_core.studies.maze.problem import Maze

        return Maze(self)
