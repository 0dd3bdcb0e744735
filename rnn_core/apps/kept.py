"""Results that are kept between calls without outliving what they were made from.

@with_its_state        for as long as the trained state that is the first argument
@until_forgotten(8)    of a visitor's data: the newest results, until `forget_visitors` is called
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from rnn_core.learn.state import RunState

Function = TypeVar("Function", bound=Callable[..., Any])

_clear_functions: list[Callable[[], None]] = []


def cached_with_state(function: Function) -> Function:
    """The result must not hold the state, or neither is ever let go."""
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
    """A visitor has left. What others are still using is made again when they next ask for it."""
    for forget in _clear_functions:
        forget()
