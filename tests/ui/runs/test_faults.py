"""What a page says when a run cannot go on."""

import pytest
from streamlit.testing.v1 import AppTest

from ui.runs.workers import LOST, NOT_STARTED


def page_with(lost: int, problem: str, language: str = "en") -> AppTest:
    app = AppTest.from_string(f"""
from ui import i18n
from ui.runs.faults import report_run_problems
i18n.use_language_of(lambda: {language!r})
report_run_problems({lost}, {problem!r})
""")
    return app.run()


@pytest.mark.parametrize(("problem", "says"), [(NOT_STARTED, "cannot be started"), (LOST, "four times in a row")])
def test_workers_that_fail_are_told_in_our_own_words(problem: str, says: str) -> None:
    (told,) = page_with(1, problem).error
    assert says in told.value
    assert not page_with(1, problem).info
    assert "进程" in page_with(1, problem, "zh").error[0].value


def test_another_error_is_told_as_it_is_and_a_lost_worker_without_alarm() -> None:
    assert page_with(0, "not tensors").error[0].value == "The run stopped: not tensors"
    assert not page_with(1, "").error
    assert "sent to another" in page_with(1, "").info[0].value
