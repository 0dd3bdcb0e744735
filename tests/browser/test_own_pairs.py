"""Keys and values that a visitor places: by mouse, by finger and by arrow keys; the memories answer, and the link restores them."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, eventually
from tests.browser.test_states_and_gates import finger

VIEW = "after?lang=en&part=pairs&pairs_view=own"
TWO = "0,100,0_90,0,100"  # orthogonal keys


def memories(page: Page) -> list[str]:
    return page.locator(".answers .said").all_inner_texts()


def placed(page: Page) -> str:
    """The pairs in the link: the angle of a key and the two numbers of its value, in hundredths."""
    return parse_qs(urlsplit(page.url).query)["pairs_own"][0]


def middle(page: Page, thing: str) -> tuple[float, float]:
    box = page.locator(f".thing.{thing} .dot").first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_key_is_moved_by_mouse_and_arrow_keys_and_the_link_restores_it(visit: Visit) -> None:
    page = visit(f"{VIEW}&pairs_own={TWO}", 1440)
    expect(page.locator(".thing.key")).to_have_count(2)
    orthogonal = memories(page)
    x, y = middle(page, "key")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 20, y - 60, steps=6)
    eventually(page, lambda: memories(page)[0] != orthogonal[0], True)  # while it is held
    page.mouse.up()
    eventually(page, lambda: bool(re.fullmatch(r"[1-9]\d*,100,0_90,0,100", placed(page))), True)
    dragged = placed(page)
    page.keyboard.press("ArrowUp")
    eventually(page, lambda: placed(page) != dragged, True)
    again = visit(page.url.rpartition("/")[2], 1440)
    expect(again.locator(".thing.key")).to_have_count(2)
    eventually(page, lambda: memories(page) == memories(again), True)
    assert memories(page)[:3] != orthogonal[:3]


def test_a_finger_moves_a_value_and_does_not_scroll_the_page(visit: Visit) -> None:
    page = visit(f"{VIEW}&pairs_own={TWO}", 390, has_touch=True, is_mobile=True)
    x, y = middle(page, "value")
    finger(page, (x, y), *((x - 6 * part, y + 8 * part) for part in range(1, 7)))
    eventually(page, lambda: bool(re.fullmatch(r"0,-?\d+,-\d+_90,0,100", placed(page))), True)
    assert middle(page, "value")[1] - y > 20  # the value followed the finger, and the page stayed
