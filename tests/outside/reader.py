"""A reader of outside input (files, links, the socket, messages of browser parts), and one attempt to read with it.

Each has valid examples and the exceptions with which it may refuse an input. `attempt` reads one input and fails if the
reader raises another exception, or needs more than two seconds or 200 MB.
"""

import re
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rnn_core.errors import CoreError

MOST_SECONDS, MOST_MEGABYTES = 2.0, 200.0
ON_LINUX = sys.platform == "linux"


@dataclass(frozen=True)
class Reader:
    name: str
    read: Callable[[Any], object]
    examples: tuple[Any, ...]  # valid ones: bytes, text, or what JSON can say
    refusals: tuple[type[Exception], ...] = (CoreError,)
    enters: tuple[str, ...] = ()  # the keys of widgets, the parameters of links and the parts that it comes in by
    share: float = 1.0  # of the inputs that most readers get: slow ones get fewer


@dataclass(frozen=True)
class Attempt:
    refused: bool
    seconds: float
    megabytes: float  # that the process grew by, at most, while it read


class Broken(AssertionError):
    """A reader raised an unexpected exception, or needed too much time or memory."""


def attempt(reader: Reader, value: Any) -> Attempt:
    before, start = _resident_now(), time.process_time()
    refused = False
    try:
        reader.read(value)
    except reader.refusals as problem:
        if type(problem) in (ValueError, KeyError, TypeError):
            raise Broken(_report(reader, value, repr(problem))) from problem
        refused = True
    except Exception as problem:
        raise Broken(_report(reader, value, f"{type(problem).__name__}: {str(problem)[:200]}")) from problem
    done = Attempt(refused, time.process_time() - start, max(0.0, _highest_since() - before))
    if done.seconds > MOST_SECONDS or done.megabytes > MOST_MEGABYTES:
        raise Broken(_report(reader, value, f"{done.seconds:.1f} s, {done.megabytes:.0f} MB"))
    return done


def _report(reader: Reader, value: Any, what: str) -> str:
    shown = (
        repr(value)
        if not isinstance(value, str | bytes) or len(value) < 400
        else f"{value[:400]!r}… ({len(value)} long)"
    )
    return f"{reader.name}: {what}\nfrom {shown[:1000]}"


def _resident_now() -> float:
    """Megabytes. On Linux the high-water mark is set back to what is in use now; elsewhere it only ever rises."""
    if ON_LINUX:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _highest_since()


def _highest_since() -> float:
    if ON_LINUX and (found := re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"))):
        return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


@contextmanager
def no_more_memory_than(megabytes: int) -> Iterator[None]:
    """Limits the memory of the process, so that an input that grows without bound ends with a MemoryError, where the system can do that."""
    now, hard = resource.getrlimit(resource.RLIMIT_AS)
    used = (
        int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize() if ON_LINUX else 0
    )
    if ON_LINUX:
        resource.setrlimit(resource.RLIMIT_AS, (used + megabytes * 2**20, hard))
    try:
        yield
    finally:
        if ON_LINUX:
            resource.setrlimit(resource.RLIMIT_AS, (now, hard))
