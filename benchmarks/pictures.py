"""The README's pictures, taken from the running app: `make pictures`."""

from typing import NamedTuple

from benchmarks.browser import ROOT, chromium, running, wait_until_idle

FOLDER = ROOT / "docs" / "pictures"


class Picture(NamedTuple):
    name: str
    address: str
    dark: bool = False
    keys: tuple[str, ...] = ()  # pressed on the diagram first


PICTURES = (
    Picture("lstm", "lstm?lang=en&preset=latch&step=20"),
    Picture("gru-backward", "gru?lang=en&preset=ignore&step=30&direction=backward", dark=True),
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
            page.wait_for_timeout(1500)
            page.screenshot(path=FOLDER / f"{picture.name}.png")
            print(f"docs/pictures/{picture.name}.png")
            page.close()
