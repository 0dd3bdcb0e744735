"""A run of a page that takes too long is ended with a sentence, and other runs go on."""

import threading
import time
from collections.abc import Callable

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


def test_the_run_that_takes_too_long_is_ended_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MOST_SECONDS, "10")
    ended, may_end = [], threading.Event()

    def never_ends() -> None:
        try:
            while not may_end.is_set():
                time.sleep(0.01)
        except RunTooLong:
            ended.append(threading.get_ident())

    stuck, busy, watch = Context(), Context(), Watch()
    stuck.parallel_coordinator = object()
    threads = [running(stuck, never_ends), running(busy, never_ends)]
    for now in range(0, 20, 4):
        busy.parallel_coordinator = object()  # it has begun another run
        late = watch.look(float(now))
        assert late == ([threads[0].ident] if now > 10 else [])
        if late:
            break
    threads[0].join(60)
    assert ended == [threads[0].ident]
    may_end.set()
    threads[1].join(60)
    assert len(ended) == 1


def test_the_visitor_reads_why() -> None:
    def page() -> None:
        from ui.shell.run_time import RunTooLong, say_what_failed

        assert say_what_failed(RunTooLong())

    shown = AppTest.from_function(page, default_timeout=60).run()
    assert not shown.exception
    assert "longer than the server allows" in shown.error[0].value


def test_other_errors_are_reported_as_ever() -> None:
    assert not say_what_failed(ValueError("something else"))
