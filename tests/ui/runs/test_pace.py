"""How often a page looks, and what it says of the time that is left."""

import pytest

from ui.runs.pace import seconds_between_looks, time_left, with_jitter


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "about 1 s left"), (119.0, "about 119 s left"), (150.0, "about 3 min left"), (11_557.0, "about 4 h left")],
)
def test_remaining_time_is_stated_in_a_suitable_unit(seconds: float, said: str) -> None:
    assert time_left(seconds) == said


def test_many_visitors_ask_for_progress_less_often_and_not_together() -> None:
    assert seconds_between_looks(0.5) < seconds_between_looks(4.0) < seconds_between_looks(15.0)
    looks = {with_jitter(1.0) for _ in range(20)}
    assert len(looks) > 1
    assert min(looks) >= 0.8
    assert max(looks) <= 1.2
