"""Results of settings, kept for all visitors for as long as somebody uses them.

    @shared(64)   the 64 results that were used last

The settings are the keys: frozen dataclasses and numbers. Visitors who ask for the same result at the same time wait for one computation.
What was not used for ten minutes is forgotten, and everything when nobody is there (ui/shell/housekeeping.py).
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

SECONDS_TO_KEEP = 600.0
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Results:
    """Of one function. A result that is being computed is there already, and is awaited."""

    def __init__(self, most: int | None) -> None:
        self._most, self._lock = most, Lock()
        self._known: OrderedDict[object, tuple[float, Future[Any]]] = OrderedDict()

    def find(self, key: object, compute: Callable[[], Any]) -> Any:
        with self._lock:
            _used, known = self._known.pop(key, (0.0, None))
            found = known or Future[Any]()
            self._known[key] = time.monotonic(), found
            if self._most is not None and len(self._known) > self._most:
                self._known.popitem(last=False)
        if known is None:
            try:
                found.set_result(compute())
            except BaseException as problem:
                with self._lock:
                    if self._known.get(key, (0.0, None))[1] is found:
                        del self._known[key]
                found.set_exception(problem)
        return found.result()

    def forget(self, seconds: float) -> None:
        """Forget what was not used for so long."""
        with self._lock:
            for key, (used, _found) in list(self._known.items()):
                if used <= time.monotonic() - seconds:
                    del self._known[key]


_all: list[Results] = []


def shared(most: int) -> Callable[[Callable[Arguments, Result]], Callable[Arguments, Result]]:
    def decorate(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
        results = Results(most)
        _all.append(results)

        @wraps(function)
        def found(*arguments: Arguments.args, **options: Arguments.kwargs) -> Result:
            key = (arguments, tuple(sorted(options.items())))
            result: Result = results.find(key, lambda: function(*arguments, **options))
            return result

        return found

    return decorate


def forget_unused(seconds: float = SECONDS_TO_KEEP) -> None:
    for results in _all:
        results.forget(seconds)
