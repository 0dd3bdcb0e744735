"""The style and the script of a worksheet, which is an HTML file of its own (worksheet/)."""

from functools import cache
from pathlib import Path

from ui.browser.bundle import bundle

_FOLDER = Path(__file__).parent / "worksheet"


@cache
def sheet_style() -> str:
    return (_FOLDER / "sheet.css").read_text(encoding="utf-8")


@cache
def sheet_script() -> str:
    """It stands in the file itself. Inside the app the page's content security policy names it."""
    return bundle(_FOLDER, "sheet.js").replace("export function", "function") + "\nstart()\n"
