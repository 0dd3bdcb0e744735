"""Results that pages compute, kept between two runs of the script.

    @kept(4)              for a shipped network, or its settings: kept for all visitors as long as the app runs;
                          for any other network: the newest four, kept for the visitor who trained it until the session ends
    @kept_for_visitor(4)  if a visitor's text, file, drawing or recording is among the arguments: kept until the session ends

The keys of a visitor's results are digests, so that a cache keeps the results alone, and not their arguments.
"""

from collections.abc import Callable, Mapping
from hashlib import sha256
from inspect import signature
from typing import ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rnn_core.apps.application import Application
from rnn_core.apps.settings import AppSettings
from rnn_core.learn.state import RunState
from ui.cache.shared import Results
from ui.cache.shipped import is_shipped

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def kept(
    most: int, *, shared: int | None = None
) -> Callable[[Callable[Arguments, Result]], Callable[Arguments, Result]]:
    """`shared`: how many results of shipped networks are kept; None keeps all of them.

    The decorated function takes positional arguments only.
    """

    def decorate(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
        for_everybody = _for_everybody(function, shared)
        for_visitor = _for_visitor(function, most)

        def found(*arguments: Arguments.args, **options: Arguments.kwargs) -> Result:
            if any(map(is_shipped, arguments)):
                return for_everybody(*arguments, **options)
            return for_visitor(*arguments, **options)

        return found

    return decorate


def kept_for_visitor(most: int) -> Callable[[Callable[Arguments, Result]], Callable[Arguments, Result]]:
    """`most`: how many results are kept for each visitor."""

    def decorate(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
        return _for_visitor(function, most)

    return decorate


def _for_visitor(function: Callable[Arguments, Result], most: int) -> Callable[Arguments, Result]:
    cached = _cached(function, most)

    def found(*arguments: Arguments.args, **options: Arguments.kwargs) -> Result:
        if get_script_run_ctx(suppress_warning=True) is None:  # outside of a page there is no visitor
            return function(*arguments, **options)
        return cached(*arguments, **options)

    return found


def _for_everybody(function: Callable[Arguments, Result], most: int | None) -> Callable[Arguments, Result]:
    results = Results(most)

    def found(*arguments: Arguments.args, **options: Arguments.kwargs) -> Result:
        _refuse(options, function)
        result: Result = results.find(tuple(map(_short, arguments)), lambda: function(*arguments, **options))
        return result

    return found


def _short(argument: object) -> object:
    """What tells the argument from others of its kind, and is found quickly."""
    match argument:
        case Application():
            return argument.name
        case RunState():
            return argument.digest
        case AppSettings():
            return argument.kind, argument
        case _:
            return argument


def _cached(function: Callable[Arguments, Result], most: int) -> Callable[Arguments, Result]:
    # Streamlit leaves parameters whose names begin with _ out of the key.
    def compute(digest: str, _call: Callable[[], Result]) -> Result:
        return _call()

    # Streamlit asks for the signature at every call, which takes longer than to find a result unless the signature is kept.
    vars(compute)["__signature__"] = signature(compute)
    # Streamlit tells cached functions apart by these two names.
    compute.__module__, compute.__qualname__ = function.__module__, function.__qualname__
    cached = st.cache_resource(scope="session", max_entries=most, show_spinner=False)(compute)

    def found(*arguments: Arguments.args, **options: Arguments.kwargs) -> Result:
        _refuse(options, function)
        return cached(_digest(arguments), lambda: function(*arguments, **options))

    return found


def _refuse(options: Mapping[str, object], function: Callable[..., object]) -> None:
    if options:
        raise TypeError(f"{function.__qualname__} takes positional arguments only: its cache key is made of them")


def _digest(arguments: tuple[object, ...]) -> str:
    parts = [sha256(_in_bytes(argument)).digest() for argument in arguments]
    return sha256(b"".join(parts)).hexdigest()


def _in_bytes(argument: object) -> bytes:
    """Different bytes for different arguments. Arrays are not accepted as arguments here, because `repr` shortens them."""
    match argument:
        case bytes():
            return argument
        case Application():
            return argument.name.encode()
        case RunState():
            return argument.digest.encode()
        case _:
            return repr(argument).encode("utf-8", "surrogatepass")
