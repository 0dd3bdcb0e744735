"""Work at intervals goes on after an error, which is logged."""

import threading

import pytest

from ui.shell.timer import repeat


def test_an_error_does_not_end_the_work(caplog: pytest.LogCaptureFixture) -> None:
    enough = threading.Event()
    turns: list[None] = []

    def work() -> None:
        turns.append(None)
        if len(turns) >= 3:
            enough.set()
        elif len(turns) == 1:
            raise TypeError("once")

    repeat(work, 0.01, "the work")
    assert enough.wait(60)
    assert [each.getMessage() for each in caplog.records if each.name == "ui.shell.timer"] == ["the work failed"]
