"""A room over HTTP: what everybody sees and when, and hostile input."""

import asyncio
import gzip
import json
import math
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ui.classroom.client import CHOICE, NUMBER, QUESTIONS, SKETCH, School
from ui.browser import door
from ui.classroom.room import codes, limits
from ui.classroom.room.questions import dumps, loads, question_of, read_answer, view_of
from ui.classroom.room.routes import KEY, nickname
from ui.classroom.room.store import StoreUnavailable
from ui.classroom.room.student_page import join_page, student_page
from ui.i18n import LANGUAGES

CURVE = [0.5] * limits.POINTS
RIGHT = {"choice": 1, "number": 12, "order": [1, 0, 2], "sketch": CURVE}


def played(scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """In a thread of its own, because a browser of other tests may have an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(asyncio.wait_for(scene(), 20))).result()


def test_answers_are_hidden_until_they_are_revealed(tmp_path: Path) -> None:
    async def scene() -> None:
        school = School(tmp_path, CHOICE)
        one, other = await school.joins("Ada"), await school.joins()
        assert (await one.sees())["phase"] == "waiting"
        assert await school.does("next") == 200
        asked = await one.sees()
        assert (asked["phase"], asked["round"], asked["question"]["options"]) == (
            "asking",
            1,
            ["input", "forget", "output"],
        )
        assert "solution" not in asked
        assert "answers" not in asked
        assert (await one.answers(0)).json == (await other.answers(1)).json == {"kept": "kept"}
        shown = await school.sees()
        assert (shown["joined"], shown["answered"]) == (2, 2)
        assert "answers" not in shown, "the projector would show it to all"
        assert "Ada" not in dumps(shown)
        await school.does("reveal")
        revealed = await other.sees()
        assert sorted(revealed["answers"]) == [0, 1]
        assert revealed["solution"]["right"] == 1
        assert (await one.answers(1)).json == {"kept": "late"}

    played(scene)


@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_kind_of_question_is_answered_and_revealed(kind: str, tmp_path: Path) -> None:
    async def scene() -> None:
        school = School(tmp_path, QUESTIONS[kind])
        student = await school.joins()
        await school.does("next")
        assert (await student.answers(RIGHT[kind])).json == {"kept": "kept"}
        await school.does("reveal")
        assert (await student.sees())["answers"] == [RIGHT[kind]]

    played(scene)


def test_news_comes_to_those_who_wait_and_answers_wake_no_student(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LOOK", 0.02)
    monkeypatch.setattr(limits, "WAIT", 0.5)

    async def scene() -> None:
        school = School(tmp_path, CHOICE)
        students = [await school.joins() for _ in range(3)]
        version = (await students[0].sees())["version"]
        waiting = [asyncio.create_task(each.sees(version)) for each in students]
        await asyncio.sleep(0.1)
        await school.does("next")
        news = await asyncio.gather(*waiting)
        assert [each["phase"] for each in news] == ["asking"] * 3
        projector = asyncio.create_task(school.sees((await school.sees())["version"]))
        quiet = asyncio.create_task(students[1].sees(news[1]["version"]))
        await asyncio.sleep(0.1)
        await students[0].answers(1)
        assert (await projector)["answered"] == 1
        assert await quiet == 204
        assert school.routes.watch.waiting == 0

    played(scene)


def test_a_change_before_the_first_look_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits has looked before the task that looks for all."""
    monkeypatch.setattr(limits, "LOOK", 0.02)
    monkeypatch.setattr(limits, "WAIT", 3.0)

    async def scene() -> None:
        school = School(tmp_path, CHOICE)
        student = await school.joins()
        version = (await student.sees())["version"]
        look = school.routes.watch._look

        async def late(*place: Any) -> None:
            await school.does("next")
            await look(*place)

        while school.routes.watch._rooms:
            await asyncio.sleep(0.01)
        monkeypatch.setattr(school.routes.watch, "_look", late)
        assert (await student.sees(version))["phase"] == "asking"

    played(scene)


def test_all_are_brought_to_a_view_and_let_go(tmp_path: Path) -> None:
    async def scene() -> None:
        school = School(tmp_path, CHOICE)
        student = await school.joins()
        await school.does("next")
        assert await school.does("follow") == 200
        assert (await student.sees())["view"] == "gates"
        assert await school.does("follow", "http://host/gradients?size=2&lang=zh") == 200
        assert (await student.sees())["view"] == "gradients?size=2"
        assert await school.does("let_go") == 200
        assert (await student.sees())["view"] == ""
        for hostile in ("javascript:alert(1)", "//evil.example/x", "lstm\n?x=1", "../join", "room?key=1", "x" * 3000):
            assert await school.does("follow", hostile) == 422, hostile
        assert (await student.sees())["view"] == ""

    played(scene)


def test_a_question_is_asked_again_in_a_new_round_and_earlier_ones_are_kept(tmp_path: Path) -> None:
    async def scene() -> None:
        school = School(tmp_path, CHOICE, NUMBER)
        student = await school.joins()
        await school.does("next")
        await student.answers(2)
        await school.does("reveal")
        await school.does("next")
        assert (await student.sees())["question"]["kind"] == "number"
        await school.does("back")
        assert (await student.sees())["answers"] == [2]
        await school.does("again")
        assert ((await student.sees())["phase"], (await school.sees())["answered"]) == ("asking", 0)
        await student.answers(1, round_=3)
        await school.does("go", "1")
        assert (await student.sees())["round"] == 2
        assert await school.does("go", "nowhere") == 422

    played(scene)


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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_students_page_is_small_and_runs_its_own_script_alone(lang: Any) -> None:
    page, policy = student_page(lang)
    assert len(page.encode()) < 50_000
    assert len(gzip.compress(page.encode())) < 18_000
    assert page.count("<script>") == page.count("'sha256-") + 1 == policy.count("'sha256-") == 1
    assert "'unsafe-inline'" not in policy.split("style-src")[0]
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in join_page(lang)[0]


def test_the_pages_say_nothing_of_any_room(tmp_path: Path) -> None:
    async def scene() -> None:
        school = School(tmp_path, CHOICE)
        there, nowhere = [await school.ask(f"/room/{code}") for code in (school.code, "ZZZZZ")]
        assert there.body == nowhere.body
        led = await school.ask(f"/join?code={school.code[:2].lower()}-{school.code[2:].lower()}")
        assert (led.status, led.headers["location"]) == (303, f"room/{school.code}")
        for typed in ("", "nonsense", "//evil.example", "A" * 10_000):
            assert (await school.ask(f"/join?code={typed}")).status == 200

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
