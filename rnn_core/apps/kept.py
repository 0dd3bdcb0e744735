"""Caches of results that do not outlive the data from which they are computed.

@cached_with_state          as long as the trained state that is the first argument exists
@cached_until_cleared(8)    for a visitor's data: the newest results, until `clear_visitor_results` is called
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from rnn_core.learn.state import RunState

Function = TypeVar("Function", bound=Callable[..., Any])

_clear_functions: list[Callable[[], None]] = []


def cached_with_state(function: Function) -> Function:
    """The result must not refer to the state, because then neither would ever be freed."""
    kept: WeakKeyDictionary[RunState, dict[tuple[Any, ...], Any]] = WeakKeyDictionary()

    @wraps(function)
    def found(state: RunState, *more: Any) -> Any:
        results = kept.setdefault(state, {})
        if more not in results:
            results[more] = function(state, *more)
        return results[more]

    return cast(Function, found)


def cached_until_cleared(most: int) -> Callable[[Function], Function]:
    def decorate(function: Function) -> Function:
        kept = lru_cache(maxsize=most)(function)
        _clear_functions.append(kept.cache_clear)
        return cast(Function, kept)

    return decorate


def clear_visitor_results() -> None:
    """Clears the results when a visitor has left. Results that others still use are computed again."""
    for forget in _clear_functions:
        forget()
