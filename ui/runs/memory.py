"""Memory that was freed goes back to the system. Only glibc keeps it, in pools of its own; other C libraries have no such calls."""

import ctypes
import os
from typing import Any

MOST_POOLS = 2  # glibc makes up to eight a core, and every run of a page is a thread
_M_ARENA_MAX = -8  # mallopt's number for it


def use_few_pools() -> None:
    """In this process, and in those that it starts."""
    os.environ.setdefault("MALLOC_ARENA_MAX", str(MOST_POOLS))
    change = _c_function("mallopt")
    if change is not None:
        change(_M_ARENA_MAX, int(os.environ["MALLOC_ARENA_MAX"]))


def return_free_memory() -> None:
    trim = _c_function("malloc_trim")
    if trim is not None:
        trim(0)


def _c_function(name: str) -> Any:
    """None where there is none by this name; Windows has no library that has them all."""
    return getattr(ctypes.CDLL(None), name, None) if os.name == "posix" else None
