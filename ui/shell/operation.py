"""What an operator asks a running server: whether it works (/health), its numbers (/metrics), and how much it may take.

Over a limit of visitors or memory (ui/runs/limits.py) new visitors get a page that says so and asks again by itself; those who are
there go on.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from streamlit import runtime
from streamlit.runtime.stats import ACTIVE_SESSIONS_FAMILY

from ui.runs.limits import MOST_MEMORY, MOST_VISITORS, is_over, limit
from ui.shell.security import has_key

_PROCESSES = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True)
class Load:
    visitors: int  # with an open connection
    memory: int  # bytes of this process and its workers; 0 where the system does not say
    workers: int  # processes that train
    training: int  # visitors whose runs wait or run
    running: int  # jobs in the workers


def load() -> Load:
    workers, training, running = _training()
    return Load(
        _visitors(), sum(_resident(process) for process in (os.getpid(), *_children())), workers, training, running
    )


def is_full(now: Load | None = None) -> bool:
    """Whether a new visitor would be one too many."""
    if not limit(MOST_VISITORS) and not limit(MOST_MEMORY):
        return False
    now = now or load()
    return is_over(MOST_VISITORS, now.visitors + 1) or is_over(MOST_MEMORY, (now.memory + 1) / 2**20)


def routes(base: str) -> list[Route]:
    return [Route(f"{base}health", _health), Route(f"{base}metrics", _metrics)]


async def _health(_request: Request) -> Response:
    """200 if pages can be shown and started workers answer, else 503. Full is healthy: whoever is there is served."""
    now = await run_in_threadpool(load)
    problems = list(_problems(now))
    reported = {"status": "failing" if problems else "ok", "problems": problems, "full": is_full(now)}
    return JSONResponse(reported, 503 if problems else 200, {"Cache-Control": "no-store"})


def _problems(now: Load) -> Iterator[str]:
    if not runtime.exists():
        yield "Streamlit does not run"
    if not (Path(__file__).resolve().parents[2] / "pages").is_dir():
        yield "the pages are missing"
    if _opened_workers() and now.workers == 0:
        yield "no worker process runs"


async def _metrics(request: Request) -> Response:
    if not has_key(request.headers):
        return PlainTextResponse("Not found", 404)
    return PlainTextResponse(prometheus(await run_in_threadpool(load)), media_type="text/plain; version=0.0.4")


def prometheus(now: Load) -> str:
    """The numbers in Prometheus' text format."""
    rows = (
        ("visitors", "Visitors with an open connection.", now.visitors),
        ("memory_bytes", "Resident memory of the app and its worker processes.", now.memory),
        ("worker_processes", "Processes that train.", now.workers),
        ("training_visitors", "Visitors whose runs wait or run.", now.training),
        ("running_jobs", "Chunks of training in the workers.", now.running),
        ("full", "1 while new visitors are asked to wait.", int(is_full(now))),
    )
    return "".join(
        f"# HELP unrolled_{name} {text}\n# TYPE unrolled_{name} gauge\nunrolled_{name} {value}\n"
        for name, text, value in rows
    )


def _visitors() -> int:
    if not runtime.exists():
        return 0
    stats = runtime.get_instance().stats_mgr.get_stats(family_names=[ACTIVE_SESSIONS_FAMILY])
    return sum(int(getattr(stat, "value", 0)) for stat in stats.get(ACTIVE_SESSIONS_FAMILY, ()))


def _opened_workers() -> bool:
    return "ui.runs.workers" in sys.modules and sys.modules["ui.runs.workers"].are_open()


def _training() -> tuple[int, int, int]:
    if not _opened_workers():
        return 0, 0, 0
    counts: tuple[int, int, int] = sys.modules["ui.runs.workers"].counts()
    return counts


def _children() -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for thread in (_PROCESSES / "self/task").iterdir():
            with suppress(OSError):
                found += [int(pid) for pid in (thread / "children").read_text().split()]
    return found


def _resident(process: int) -> int:
    with suppress(OSError, ValueError, IndexError):
        return int((_PROCESSES / str(process) / "statm").read_text().split()[1]) * _PAGE
    return 0
