"""The data of the tasks about real things, as text: files that ship with the applications."""

from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
BETWEEN = "\n\f\n"  # two chapters in the file
CHAPTERS = 50  # of Genesis, with which the file begins


@cache
def data_text(name: str) -> str:
    """ "sea": a table with the columns date and value; "genesis": chapters, one after another."""
    if name == "sea":
        return (DATA / "forecast" / "elnino.csv").read_text(encoding="utf-8")
    whole = (DATA / "text" / "english.txt").read_text(encoding="utf-8")
    return BETWEEN.join(whole.split(BETWEEN)[:CHAPTERS])
