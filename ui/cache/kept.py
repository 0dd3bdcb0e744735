"""What pages compute, kept between two runs of the script.

    @kept(4)        of a network that ships, or of its settings: for everybody, and as long as the app runs;
                    of any other network: for the visitor who trained it, the newest four, until the session ends
    @of_visitor(4)  where a visitor's text, file, drawing or recording is among the arguments: until the session ends

The keys are digests, so that a cache holds no more than its results.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, TypeVar, cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rnn_core.learn.state import RunState
from ui.cache.shipped import is_shipped

Function = TypeVar("Function", bound=Callable[..., Any])


def kept(most: int, *, shared: int | None = None) -> Callable[[Function], Function]:
    """`shared`: how many results of networks that ship are kept; None where there is one for each network."""

    def decorate(function: Function) -> Function:
        for_everybody = _cached(function, "global", shared)
        for_visitor = _for_visitor(function, most)

        def found(*arguments: Any) -> Any:
            if is_shipped(arguments[0]):
                return for_everybody(_digest(arguments), arguments)
            return for_visitor(*arguments)

        return cast(Function, found)

    return decorate


def of_visitor(most: int) -> Callable[[Function], Function]:
    def decorate(function: Function) -> Function:
        return cast(Function, _for_visitor(function, most))

    return decorate


def _for_visitor(function: Callable[..., Any], most: int) -> Callable[..., Any]:
    cached = _cached(function, "session", most)

    def found(*arguments: Any) -> Any:
        if get_script_run_ctx(suppress_warning=True) is None:  # outside of a page there is no visitor
            return function(*arguments)
        return cached(_digest(arguments), arguments)

    return found


def _cached(function: Callable[..., Any], scope: Any, most: int | None) -> Callable[..., Any]:
    def compute(digest: str, _arguments: tuple[Any, ...]) -> Any:  # Streamlit leaves out of the key what begins with _
        return function(*_arguments)

    # Streamlit tells one cached function from another by these two.
    compute.__module__, compute.__qualname__ = function.__module__, f"{function.__qualname__} {scope}"
    return cast(Callable[..., Any], st.cache_resource(scope=scope, max_entries=most, show_spinner=False)(compute))


def _digest(arguments: tuple[Any, ...]) -> str:
    parts = [sha256(_in_bytes(argument)).digest() for argument in arguments]
    return sha256(b"".join(parts)).hexdigest()


def _in_bytes(argument: Any) -> bytes:
    """Of different arguments different bytes. Arrays are no arguments: `repr` shortens them."""
    match argument:
        case bytes():
            return argument
        case RunState():
            return argument.digest.encode()
        case _:
            return repr(argument).encode("utf-8", "surrogatepass")
