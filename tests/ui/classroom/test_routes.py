"""A room over HTTP: what students and the projector see, and when."""

import asyncio
import gzip
from pathlib import Path
from typing import Any

import pytest

from tests.ui.classroom.client import CHOICE, NUMBER, QUESTIONS, RIGHT, School, played
from ui.classroom.room import limits
from ui.classroom.room.questions import dumps
from ui.classroom.room.student_page import join_page, student_page
from ui.i18n import LANGUAGES


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

    async def scene() -> None:
        school = School(tmp_path, CHOICE)

        async def until_wait(count: int) -> None:
            while school.routes.watch.waiting != count:
                await asyncio.sleep(0.01)

        students = [await school.joins() for _ in range(3)]
        version = (await students[0].sees())["version"]
        waiting = [asyncio.create_task(each.sees(version)) for each in students]
        await until_wait(3)
        await school.does("next")
        news = await asyncio.gather(*waiting)
        assert [each["phase"] for each in news] == ["asking"] * 3
        projector = asyncio.create_task(school.sees((await school.sees())["version"]))
        await until_wait(1)
        monkeypatch.setattr(limits, "WAIT", 0.5)  # for the student alone, whom nothing wakes
        quiet = asyncio.create_task(students[1].sees(news[1]["version"]))
        await until_wait(2)
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
