"""The data of the tasks with real data, as text: files that ship with the applications."""

from functools import cache
from pathlib import Path

APPS = Path(__file__).parents[2] / "apps"
BETWEEN = "\n\f\n"  # two chapters in the file
CHAPTERS = 50  # of Genesis, the first book in the file


@cache
def data_text(name: str) -> str:
    """ "sea": a table with the columns date and value; "genesis": chapters, one after another."""
    if name == "sea":
        return (APPS / "forecast" / "files" / "elnino.csv").read_text(encoding="utf-8")
    whole = (APPS / "text" / "files" / "english.txt").read_text(encoding="utf-8")
    return BETWEEN.join(whole.split(BETWEEN)[:CHAPTERS])
