"""Results that all visitors share: found again, limited in number, computed once, and forgotten."""

import threading

import pytest

from ui.cache.shared import forget_unused, shared


def test_the_newest_results_are_found_again() -> None:
    computed = []

    @shared(2)
    def double(number: int, factor: int = 2) -> int:
        computed.append(number)
        return factor * number

    assert [double(1), double(2), double(1), double(3), double(1), double(2)] == [2, 4, 2, 6, 2, 4]
    assert computed == [1, 2, 3, 2]  # the 2 was used least when the 3 came
    assert double(1, factor=3) == 3


def test_all_who_ask_at_the_same_time_wait_for_one_computation() -> None:
    computed, may_end = [], threading.Event()

    @shared(4)
    def slow(number: int) -> object:
        computed.append(number)
        may_end.wait(60)
        return object()

    found: list[object] = []
    asking = [threading.Thread(target=lambda: found.append(slow(1))) for _ in range(4)]
    for thread in asking:
        thread.start()
    may_end.set()
    for thread in asking:
        thread.join(60)
    assert computed == [1]
    assert len(found) == 4
    assert len(set(map(id, found))) == 1


def test_a_failure_is_not_kept() -> None:
    outcomes = iter([ValueError("not yet"), 5])

    @shared(4)
    def sometimes() -> object:
        outcome = next(outcomes)
        if isinstance(outcome, ValueError):
            raise outcome
        return outcome

    with pytest.raises(ValueError, match="not yet"):
        sometimes()
    assert sometimes() == 5


def test_a_late_failure_leaves_a_newer_result() -> None:
    began, may_fail = threading.Event(), threading.Event()
    outcomes = iter([began, None])

    @shared(4)
    def sometimes() -> object:
        if next(outcomes) is began:
            began.set()
            may_fail.wait(60)
            raise ValueError("too late")
        return object()

    def ask_in_vain() -> None:
        with pytest.raises(ValueError, match="too late"):
            sometimes()

    failing = threading.Thread(target=ask_in_vain)
    failing.start()
    assert began.wait(60)
    forget_unused(0.0)
    newer = sometimes()
    may_fail.set()
    failing.join(60)
    assert sometimes() is newer


def test_what_nobody_uses_is_forgotten() -> None:
    @shared(4)
    def made(_text: str) -> object:
        return object()

    first = made("private")
    forget_unused(600.0)
    assert made("private") is first
    forget_unused(0.0)
    assert made("private") is not first
