"""How much of the first screen is the picture, on every page, at the sizes of a laptop and of a projector.

The picture is what our own parts draw: charts, diagrams, sentences, shops. What lies in the bar, the dock and the drawer is not
counted, nor are presets and the part of a picture that the reader has to scroll to.
"""

from playwright.sync_api import Page

from benchmarks.browser import ROOT, chromium, running, wait_until_idle
from benchmarks.timing import save, table
from ui.shell.site import PAGES

SIZES = ((1440, 900), (1920, 1080))
SETTLES = 2500  # milliseconds: charts are drawn after the page is idle

# The union of the parts' boxes inside the first screen, measured on a grid of points.
OTHERS = ", ".join(
    f'[class*="st-key-{name}"]'
    for name in ("top_bar", "dock", "drawer", "thumbnails", "dial", "tour", "cards", "progress")
)
SHARE = """(others) => {
    const parts = [...document.querySelectorAll(".stBidiComponent")].filter((part) => !part.closest(others))
    const boxes = parts.map((part) => {
        const root = [...part.querySelectorAll("*")].find((each) => each.shadowRoot)?.shadowRoot
        return (root?.querySelector(".stepper > .stage") ?? part).getBoundingClientRect()
    })
    const step = 4
    let [inside, all] = [0, 0]
    for (let x = step / 2; x < innerWidth; x += step) {
        for (let y = step / 2; y < innerHeight; y += step) {
            all++
            if (boxes.some((box) => x >= box.left && x < box.right && y >= box.top && y < box.bottom)) inside++
        }
    }
    return inside / all
}"""


def shares(page: Page, address: str) -> dict[str, float]:
    """By the size of the window."""
    found = {}
    page.goto(address)
    wait_until_idle(page)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(SETTLES)
        found[f"{width}x{height}"] = round(float(page.evaluate(SHARE, OTHERS)), 3)
    return found


def main() -> None:
    with running(ROOT / "app.py") as address, chromium() as browser:
        page = browser.new_page()
        found = {info.slug: shares(page, f"{address}/{info.slug.removeprefix('home')}") for info in PAGES}
        page.close()
    rows = [[name, *(f"{100 * each:.0f}%" for each in sizes.values())] for name, sizes in found.items()]
    print(table(["share of the first screen", *next(iter(found.values()))], rows))
    print("written to", save("shares", found))
