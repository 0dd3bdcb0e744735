"""The three texts of the application `text`, taken from published sources. docs/data.md says where to get them.

    python -m rnn_core.apps.text.make_data english BIBLE            what Debian's `bible -f` prints
    python -m rnn_core.apps.text.make_data chinese TANG300 SONG100  the two files of Debian's fortunes-zh
    python -m rnn_core.apps.text.make_data python                   the modules of the running Python (3.11.7 was used)

Each text is a list of documents (chapters, poems, modules), with a form feed between two of them: the split into
training, validation and test data never cuts a document.
"""

import re
import sys
import sysconfig
from collections.abc import Callable, Iterable
from pathlib import Path

FOLDER = Path(__file__).parent / "files"
BETWEEN = "\n\f\n"

BOOKS = ("Ge", "Ruth", "Psa", "Eccl")
SAID_TWICE = {
    "Psa53",
    "Psa70",
    "Psa108",
}  # nearly word for word in other psalms: a test on them would be a test on training data
VERSE = re.compile(r"((\d?[A-Z][a-z]+)\d+):\d+ (.*)")

COLOURS = re.compile("\x1b\\[[0-9;]*m")
LINE_OF_VERSE = re.compile(r"[\u4e00-\u9fff，。？！；：、“”《》]+")

MODULES = (
    "bisect", "calendar", "cmd", "collections/__init__", "contextlib", "copy", "csv", "fileinput", "getopt", "glob",
    "graphlib", "json/decoder", "json/encoder", "linecache", "operator", "queue", "random", "reprlib", "sched", "string",
    "colorsys", "tempfile",
)  # fmt: skip


def english(printed: Path) -> Iterable[str]:
    """One document a chapter, one line a verse, without their numbers."""
    chapters: dict[str, list[str]] = {}
    for line in printed.read_text(encoding="utf-8").splitlines():
        found = VERSE.fullmatch(line)
        if found and found[2] in BOOKS and found[1] not in SAID_TWICE:
            chapters.setdefault(found[1], []).append(found[3].strip())
    return ("\n".join(verses) for verses in chapters.values())


def chinese(*fortunes: Path) -> Iterable[str]:
    """One document a poem: its lines alone, without title, author and notes. A poem that comes twice is taken once."""
    poems: dict[str, None] = {}
    for path in fortunes:
        for fortune in COLOURS.sub("", path.read_text(encoding="utf-8")).split("\n%\n"):
            lines = [line.strip() for line in fortune.splitlines()]
            verses = [line for line in lines if LINE_OF_VERSE.fullmatch(line) and line[-1] in "，。？！；："]
            if verses:
                poems["\n".join(verses)] = None
    return poems


def python() -> Iterable[str]:
    """One document a module, as it is but for lines that name an address or hold other letters than ASCII."""
    library = Path(sysconfig.get_path("stdlib"))
    for module in MODULES:
        lines = (library / f"{module}.py").read_text(encoding="utf-8").splitlines()
        yield "\n".join(
            line.rstrip() for line in lines if line.isascii() and not re.search(r"\w@\w+\.\w|https?://", line)
        )


MAKERS: dict[str, Callable[..., Iterable[str]]] = {"english": english, "chinese": chinese, "python": python}


def main(name: str, *sources: str) -> None:
    documents = MAKERS[name](*map(Path, sources))
    (FOLDER / f"{name}.txt").write_text(BETWEEN.join(document.strip("\n") for document in documents) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
