"""The README's pictures, taken from the running app: `make pictures`."""

from typing import NamedTuple

from benchmarks.browser import ROOT, chromium, running, wait_until_idle

FOLDER = ROOT / "docs" / "pictures"


class Picture(NamedTuple):
    name: str
    address: str
    dark: bool = False
    click: str = ""  # a button to press first


PICTURES = (
    Picture("lstm", "lstm?lang=en&preset=random&H=3&step=12"),
    Picture("gru-backward", "gru?lang=en&preset=random&H=3&step=39", dark=True, click="Backward"),
)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running(ROOT / "app.py") as address, chromium() as browser:
        for picture in PICTURES:
            page = browser.new_page(
                viewport={"width": 1440, "height": 900}, color_scheme="dark" if picture.dark else "light"
            )
            page.goto(f"{address}/{picture.address}")
            wait_until_idle(page)
            page.wait_for_timeout(2500)
            if picture.click:
                page.get_by_role("button", name=picture.click, exact=True).click()
                page.wait_for_timeout(1500)
            page.screenshot(path=FOLDER / f"{picture.name}.png")
            print(f"docs/pictures/{picture.name}.png")
            page.close()
