"""A lesson in a room: a teacher, and three students in two languages, one of them on a phone that is offline for a while."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from benchmarks.browser import wait_until_idle
from tests.browser.conftest import SCREEN, NewPage, Visit

PHONE: dict[str, object] = {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN", "color_scheme": "dark"}
OUT_OF_THE_PAGE = "() => window.stolen === undefined && !document.querySelector('img')"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def on_projector(page: Page, name: str) -> None:
    page.locator(".st-key-projector").get_by_role("button", name=name).first.click()


def open_room(visit: Visit) -> tuple[Page, str]:
    teacher = visit("room?lang=en", width=1440)
    press(teacher, "Open a room")
    expect(teacher.locator(".st-key-projector .card .code")).to_be_visible()
    wait_until_idle(teacher)
    return teacher, teacher.locator(".st-key-projector .card .code").inner_text()


@pytest.fixture
def student_page(browser: Browser) -> Iterator[NewPage]:
    """A browser of its own for each student, because a browser is one student of a room."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def opened(**options: object) -> Page:
        contexts.append(browser.new_context(**(SCREEN | options)))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not errors


def join(page: Page, app_url: str, code: str, name: str, button: str) -> Page:
    page.goto(f"{app_url}/room/{code}")
    page.locator("#nickname").fill(name)
    page.get_by_role("button", name=button, exact=True).click()
    return page


def add_first_question(teacher: Page) -> None:
    """Of the app's questions."""
    teacher.get_by_text("Question of the app", exact=True).click()
    expect(teacher.get_by_text("64 bits arrive one by one.")).to_be_visible()
    wait_until_idle(teacher)
    press(teacher, "Add to the list")


def draw(page: Page, heights: Callable[[float], float]) -> None:
    """With the mouse, from the left to the right of the pad."""
    box = page.locator("svg.pad").bounding_box()
    assert box
    places = [
        (box["x"] + 55 + (box["width"] - 70) * at / 20, box["y"] + box["height"] * heights(at / 20)) for at in range(21)
    ]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place)
    page.mouse.up()


def joined_and_answered(teacher: Page, text: str) -> None:
    expect(teacher.locator(".st-key-projector .count")).to_contain_text(text)


@pytest.mark.long
def test_a_lesson_with_a_sketch_and_a_choice(visit: Visit, student_page: NewPage, app_url: str, tmp_path: Path) -> None:
    teacher, code = open_room(visit)
    press(teacher, "Add to the list")
    expect(teacher.get_by_role("button", name="Remove")).to_have_count(1)
    add_first_question(teacher)
    expect(teacher.get_by_role("button", name="Remove")).to_have_count(2)
    ada = join(student_page(), app_url, code, "=1+1", "Join")
    ben = join(student_page(), app_url, code, "<img src=x onerror='window.stolen = 1'>", "Join")
    phone = join(student_page(**PHONE), app_url, code, "小明", "进入")
    expect(teacher.locator(".st-key-projector .bar")).to_contain_text("3 in the room")

    on_projector(teacher, "Next")  # the sketch
    for student in (ada, ben, phone):
        expect(student.locator("svg.pad")).to_be_visible()
    joined_and_answered(teacher, "0of 3")
    draw(ada, lambda share: 0.55 - 0.4 * share)
    press(ada, "Send")
    expect(ada.locator(".state")).to_contain_text("Sent")
    ben.locator("svg.pad").focus()
    for _ in range(40):
        ben.keyboard.press("ArrowRight")
    ben.keyboard.press("ArrowDown")
    press(ben, "Send")
    joined_and_answered(teacher, "2of 3")
    phone.context.set_offline(True)
    draw(phone, lambda share: 0.55 + 0.3 * share)
    press(phone, "发送")
    expect(phone.locator(".state")).to_contain_text("尚未发送")
    expect(phone.locator("#net")).to_contain_text("离线")
    phone.context.set_offline(False)
    expect(phone.locator(".state")).to_contain_text("已发送")
    joined_and_answered(teacher, "3of 3")
    assert ada.locator(".stroke").count() == 0, "hidden until they are revealed"

    teacher.keyboard.press("r")
    for page in (teacher, ada, phone):
        expect(page.locator("path.stroke")).to_have_count(3)
        expect(page.locator("path.true")).to_have_count(1)
    expect(teacher.locator(".st-key-projector .dot.on")).to_have_count(3)
    expect(teacher.locator(".st-key-projector h2")).to_contain_text("of 3 end near the computed curve")

    teacher.keyboard.press("f")  # all follow to the view
    for student, lang in ((ada, "en"), (phone, "zh")):
        frame = student.locator("#view iframe")
        expect(frame).to_be_visible()
        address = frame.get_attribute("src") or ""
        assert "/gradients?size=2" in address
        assert f"lang={lang}" in address
        assert "embed=true" in address
    expect(phone.frame_locator("#view iframe").get_by_role("heading", name="梯度消失与梯度爆炸")).to_be_visible(
        timeout=60_000
    )
    on_projector(teacher, "Let go")
    expect(ada.locator("#view iframe")).to_have_count(0)

    on_projector(teacher, "Next")  # the choice
    for student, send in ((ada, "Send"), (phone, "发送")):
        student.locator(".option").first.click()
        press(student, send)
    joined_and_answered(teacher, "2of 3")
    phone.reload()
    expect(phone.locator(".state")).to_contain_text("已发送")
    on_projector(teacher, "Reveal")
    expect(phone.locator(".rows .row")).to_have_count(3)
    with teacher.expect_download() as download:
        press(teacher, "Answers (CSV)")
    download.value.save_as(tmp_path / "answers.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "answers.csv").read_text("utf-8-sig"))))[1:]
    assert [row[0] for row in rows] == ["1", "1", "1", "2", "2"]
    assert {row[4] for row in rows} == {"'=1+1", "<img src=x onerror='wind", "小明"}
    for page in (teacher, ada, ben, phone):
        assert page.evaluate(OUT_OF_THE_PAGE)

    press(teacher, "End the room")
    press(teacher, "End it now")
    expect(teacher.get_by_role("button", name="Open a room")).to_be_visible()
    expect(ada.locator("main")).to_contain_text("There is no such room.")


def test_a_student_answers_with_the_keyboard_on_a_page_without_streamlit(
    visit: Visit, student_page: NewPage, app_url: str
) -> None:
    teacher, code = open_room(visit)
    add_first_question(teacher)
    expect(teacher.get_by_role("button", name="Remove")).to_have_count(1)
    student = student_page()
    student.goto(f"{app_url}/join")
    student.get_by_label("Code of the room").press_sequentially(f"{code[:2].lower()} {code[2:].lower()}")
    student.keyboard.press("Enter")
    student.locator("#nickname").press("Enter")
    expect(student.locator("main")).to_contain_text("You are in the room.")
    on_projector(teacher, "Next")
    option = student.locator(".option input").first
    option.press("Space")
    expect(option).to_be_checked()
    option.press("Enter")
    expect(student.locator(".state")).to_contain_text("Sent")
    joined_and_answered(teacher, "1of 1")
    assert not student.evaluate("() => 'streamlit' in window || document.querySelector('[data-testid]')")
