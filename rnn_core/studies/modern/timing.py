"""Time and memory of four ways to read a sequence, measured where and when somebody asks; no torch until then."""

from collections.abc import Mapping
from dataclasses import dataclass

from rnn_core.errors import check_integer

STEPS = (16, 64, 256, 1024)
B, X, H = 4, 32, 32
ROUNDS = 3


@dataclass(frozen=True)
class Timing:
    threads: int
    seconds: Mapping[str, tuple[float, ...]]  # of each contender at each T of STEPS, forward and backward
    kept: Mapping[str, tuple[int, ...]]  # how many numbers it keeps for its backward pass

    def faster_from(self, one: str, other: str) -> int | None:
        """The smallest measured T from which on `one` is faster; None if it is not at the largest."""
        found = None
        for T, mine, theirs in reversed(list(zip(STEPS, self.seconds[one], self.seconds[other], strict=True))):
            if mine >= theirs:
                break
            found = T
        return found


def measured(threads: int, rounds: int = ROUNDS) -> Timing:
    """A job of the workers."""
    check_integer("threads", threads, 1, 64)
    check_integer("rounds", rounds, 1, 100)
    from rnn_core.studies.modern.contenders import timed

    return timed(threads, rounds)


def measured_with(threads: tuple[int, ...]) -> tuple[Timing, ...]:
    return tuple(measured(each) for each in threads)
