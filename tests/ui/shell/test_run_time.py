"""A run of a page that takes too long is ended with a sentence, and other runs go on."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future

import pytest
from streamlit.runtime.scriptrunner_utils.script_run_context import SCRIPT_RUN_CONTEXT_ATTR_NAME
from streamlit.testing.v1 import AppTest

from ui.runs.limits import MOST_SECONDS
from ui.shell.run_time import _THREAD, RunTooLong, Watch, say_what_failed


class Context:
    """As Streamlit's, whose coordinator is another one in each run."""

    parallel_coordinator: object = None


def running(context: Context, work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, name=_THREAD, daemon=True)
    setattr(thread, SCRIPT_RUN_CONTEXT_ATTR_NAME, context)
    thread.start()
    return thread


LOOP = """
def loop(may_end, pause):
    while not may_end.is_set():
        pause(0.01)
"""


def loop_in(module: str) -> Callable[..., None]:
    """A function of a module with this name, which goes on until it may end."""
    names: dict[str, Callable[..., None]] = {}
    exec(LOOP, {"__name__": module}, names)
    return names["loop"]


def until_ended(work: Callable[..., None], ended: list[int], *given: object) -> Callable[[], None]:
    def run() -> None:
        try:
            work(*given)
        except RunTooLong:
            ended.append(threading.get_ident())

    return run


def look_until(watch: Watch, is_so: Callable[[], object]) -> None:
    end = time.monotonic() + 60.0
    while not is_so() and time.monotonic() < end:
        watch.look(20.0)
        time.sleep(0.01)
    assert is_so()


def test_the_run_that_takes_too_long_is_ended_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MOST_SECONDS, "10")
    ended: list[int] = []
    may_end = threading.Event()
    stuck, busy, watch = Context(), Context(), Watch()
    stuck.parallel_coordinator = object()
    work = until_ended(loop_in("rnn_core.slow"), ended, may_end, time.sleep)
    threads = [running(stuck, work), running(busy, work)]
    for now in range(0, 12, 4):
        busy.parallel_coordinator = object()  # it has begun another run
        assert watch.look(float(now)) == []
    busy.parallel_coordinator = object()
    watch.look(15.0)
    look_until(watch, lambda: ended)
    threads[0].join(60)
    may_end.set()
    threads[1].join(60)
    assert ended == [threads[0].ident]


@pytest.mark.parametrize(
    "module", ["ui.cache.shared", "ui.runs.turns", "streamlit.elements.widgets.slider", "threading"]
)
def test_a_run_is_not_ended_where_it_may_hold_a_lock(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    monkeypatch.setenv(MOST_SECONDS, "10")
    ended: list[int] = []
    outside, inside = threading.Event(), threading.Event()
    context, watch = Context(), Watch()
    context.parallel_coordinator = object()

    def work() -> None:
        loop_in(module)(outside, time.sleep)
        loop_in("ui.cells.page")(inside, time.sleep)

    thread = running(context, until_ended(work, ended))
    assert [watch.look(now) for now in (0.0, 11.0, 12.0, 13.0)] == [[], [], [], []]
    outside.set()
    look_until(watch, lambda: ended)
    thread.join(60)


def test_a_run_that_waits_for_a_worker_gets_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MOST_SECONDS, "10")
    answer: Future[int] = Future()
    got: list[int] = []
    context, watch = Context(), Watch()
    context.parallel_coordinator = object()
    thread = running(context, lambda: got.append(answer.result(60)))
    assert [watch.look(now) for now in (0.0, 11.0, 12.0)] == [[], [], []]
    answer.set_result(5)
    thread.join(60)
    assert got == [5]


def test_the_visitor_reads_why() -> None:
    def page() -> None:
        from ui.shell.run_time import RunTooLong, say_what_failed

        assert say_what_failed(RunTooLong())

    shown = AppTest.from_function(page, default_timeout=60).run()
    assert not shown.exception
    assert "longer than the server allows" in shown.error[0].value


def test_other_errors_are_reported_as_ever() -> None:
    assert not say_what_failed(ValueError("something else"))
