"""What a page says when a run cannot go on."""

import pytest
from streamlit.testing.v1 import AppTest

from ui.runs.limits import MOST_TRAINING, MOST_WEIGHTS
from ui.runs.training import TOO_LARGE, TOO_MANY
from ui.runs.workers import LOST, NO_CLUSTER, NOT_STARTED


def page_with(lost: int, problem: str, language: str = "en") -> AppTest:
    app = AppTest.from_string(f"""
from ui import i18n
from ui.runs.faults import report_run_problems
i18n.use_language_of(lambda: {language!r})
report_run_problems({lost}, {problem!r})
""")
    return app.run()


@pytest.mark.parametrize(
    ("problem", "says"),
    [(NOT_STARTED, "cannot be started"), (LOST, "four times in a row"), (NO_CLUSTER, "cannot be reached")],
)
def test_failing_workers_are_reported_in_the_apps_words(problem: str, says: str) -> None:
    (reported,) = page_with(1, problem).error
    assert says in reported.value
    assert not page_with(1, problem).info
    assert says not in page_with(1, problem, "zh").error[0].value


def test_a_limit_is_told_with_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MOST_TRAINING, "12")
    monkeypatch.setenv(MOST_WEIGHTS, "5000")
    assert page_with(0, TOO_MANY).error[0].value.startswith("12 visitors")
    assert "5,000 weights" in page_with(0, TOO_LARGE).error[0].value


def test_other_errors_are_shown_as_they_are_and_a_lost_worker_as_a_note() -> None:
    assert page_with(0, "not tensors").error[0].value == "The run stopped: not tensors"
    assert not page_with(1, "").error
    assert "sent to another" in page_with(1, "").info[0].value
