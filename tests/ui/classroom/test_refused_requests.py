"""A room over HTTP: requests that are refused, slowed or read as plain text."""

import asyncio
import json
import math
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ui.classroom.client import CHOICE, QUESTIONS, SKETCH, School, played
from ui.browser import door
from ui.classroom.room import codes, limits
from ui.classroom.room.questions import dumps, loads, question_of, read_answer, view_of
from ui.classroom.room.routes import KEY, nickname
from ui.classroom.room.store import StoreUnavailable


def test_only_the_teacher_leads_and_a_room_that_was_ended_is_gone(tmp_path: Path) -> None:
    async def scene() -> None:
        school = School(tmp_path, CHOICE)
        student = await school.joins()
        for key in ("", codes.new_secret(), school.key[:-1], "x" * 100_000):
            assert (await school.ask("do", {"do": "reveal", "what": ""}, **{KEY: key})).status == 403
            assert (await school.ask("class", **{KEY: key})).status == 403
        school.rooms.end(school.rooms.room(school.code))
        assert await student.sees() == 404
        assert (await student.answers(1)).json == {"problem": "no room"}

    played(scene)


HOSTILE: tuple[Any, ...] = (
    None, True, -1, 3, 1.5, "1", [], {}, [1], "<b>1</b>", [[[[]]]], 10**400, [0.5] * 40_000, [0.5] * 40, ["0.5"] * 41, [2.0] * 41,
    [1, 1, 2], [0, 1], [0, 1, 2, 3], {"0": 1}, [None] * 41, "a" * 7000, [[0.5]] * 41, 1e300,
)  # fmt: skip


@pytest.mark.parametrize("kind", QUESTIONS)
def test_what_is_no_answer_is_refused_and_not_kept(kind: str, tmp_path: Path) -> None:
    async def scene() -> None:
        school = School(tmp_path, QUESTIONS[kind])
        await school.does("next")
        for sent in HOSTILE:
            if kind == "number" and type(sent) in (int, float) and abs(sent) < 1e15:
                continue
            student = await school.joins()
            status = (await student.answers(sent)).status
            assert status in (413, 422), (sent, status)
        for raw in (b"", b"{", b"\xff", b"[" * 8000, b'{"round": 1}', b'{"round": 1, "answer": NaN}', b'{"round": 1, "answer": 1e999}',
                    b'{"round": true, "answer": 1}', b'{"round": 1, "answer": 1, "more": 1}', b"0" * 300_000, b"[" + b"0.5," * 1_000_000 + b"0]"):  # fmt: skip
            assert (await (await school.joins()).ask("answer", raw)).status in (413, 422), raw[:40]
        assert (await school.sees())["answered"] == 0
        await school.does("reveal")
        assert (await school.sees())["answers"] == []

    played(scene)


@given(
    st.none() | st.booleans() | st.integers() | st.floats() | st.lists(st.integers(0, 3), max_size=4)
    | st.lists(st.floats(-1.5, 1.5), min_size=limits.POINTS, max_size=limits.POINTS)
)  # fmt: skip
def test_any_value_is_an_answer_or_refused(sent: object) -> None:
    for question in QUESTIONS.values():
        try:
            answer = read_answer(question, sent)
        except door.Refused:
            continue
        values = answer if isinstance(answer, tuple) else (answer,)
        assert all(math.isfinite(value) for value in values)


def test_names_and_texts_stay_text(tmp_path: Path) -> None:
    assert nickname(" <script>\u202ealert(1)\n\x00 ") == "<script> alert(1)"
    assert len(nickname("x" * 1000)) == limits.LONGEST_NAME

    async def scene() -> None:
        school = School(tmp_path, CHOICE)
        await school.joins("<img src=x onerror=alert(1)>")
        for name in (1, None, ["x"], "x" * 5000, "\ud800"):
            assert (await school.ask("join", {"name": name, "student": ""})).status == 422, name
        assert b"<img" not in (await school.ask("class", **{KEY: school.key})).body

    played(scene)


def test_floods_are_slowed_and_a_full_room_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_STUDENTS", 4)
    monkeypatch.setattr(limits, "ANSWERS", (3, 60.0))
    monkeypatch.setattr(limits, "REQUESTS", (30, 600.0))

    async def scene() -> None:
        school = School(tmp_path, CHOICE)
        await school.does("next")
        students = [await school.joins(address="10.0.0.2") for _ in range(4)]
        assert (await school.ask("join", {"name": "", "student": ""}, "10.0.0.3")).json == {"problem": "full"}
        statuses = [(await students[0].answers(at % 3)).status for at in range(5)]
        assert statuses == [200, 200, 200, 429, 429]
        assert (await students[1].answers(1)).status == 200, "others are not slowed"
        flood = [(await school.ask("now", address="10.9.9.9")).status for _ in range(40)]
        assert flood.count(429) == 10
        assert (await students[2].answers(1)).status == 200

    played(scene)


def test_codes_cannot_be_guessed_fast(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "GUESSES", (3, 600.0))
    monkeypatch.setattr(limits, "SLOWED", 0.2)
    monkeypatch.setattr(limits, "MOST_SLOWED", 2)

    async def scene() -> None:
        school = School(tmp_path, CHOICE)
        student = await school.joins()
        guessed = [codes.new_code() for _ in range(12)]
        assert [(await school.ask("now", code=code)).status for code in guessed[:3]] == [404] * 3
        started = time.monotonic()
        answers = asyncio.gather(*(school.ask("now", code=code) for code in guessed))
        await asyncio.sleep(0.05)
        assert (await school.ask("now")).status == 429, "a right guess is not answered among many"
        assert (await student.sees())["phase"] == "waiting", "whoever has joined from the same school is"
        assert sorted(each.status for each in await answers) == [404] * 2 + [429] * 10
        assert time.monotonic() - started >= 0.2
        burst = [school.ask("now", code=code, address="10.7.7.7") for code in guessed * 5]
        assert {each.status for each in await asyncio.gather(*burst)} == {404}
        assert not school.routes.rates.has("guesses 10.7.7.7", 3, 10.0), "many at once are made up for later"

    played(scene)


def test_a_store_that_cannot_be_reached_is_told_and_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        school = School(tmp_path, CHOICE)
        student = await school.joins()
        with monkeypatch.context() as broken:

            def unreachable(*_: object) -> None:
                raise StoreUnavailable("gone")

            broken.setattr(school.rooms.store, "versions", unreachable)
            answer = await student.ask("now")
            assert (answer.status, answer.headers["retry-after"]) == (503, "2")
        assert (await student.sees())["phase"] == "waiting"

    played(scene)


def test_a_question_survives_its_file_and_no_other_json_is_one() -> None:
    for question in QUESTIONS.values():
        assert question_of(loads(dumps(question.as_json()))) == question
    whole = json.loads(dumps(SKETCH.as_json()))
    for change in (
        {"kind": "essay"}, {"axes": None}, {"right": [0.0] * 10_000}, {"right": ["a", "b"]}, {"view": "javascript:alert(1)"},
        {"words": {"en": whole["words"]["en"]}}, {"more": 1}, {"curves": [[1.0, 2.0]]}, {"axes": whole["axes"] | {"x": [1, 1]}},
        {"table": [["x"] * 100]}, {"tolerance": math.inf},
    ):  # fmt: skip
        with pytest.raises(door.Refused):
            question_of(whole | change)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=40) | st.sampled_from(["lstm?preset=latch&lang=zh", "https://a.b/c/gru", "/", "home"]))
def test_a_view_is_a_page_of_the_app_or_refused(address: str) -> None:
    try:
        view = view_of(address)
    except door.Refused:
        return
    assert view == view_of(view)
    assert "lang=" not in view
    assert ":" not in view.partition("?")[0]
