"""The worked example of CONTRIBUTING.md, written into a copy of the project as a contributor would write it."""

import re
from pathlib import Path

from tests.repository import ROOT

_BLOCK = re.compile(r"^`([\w./-]+)`\n```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
Blocks = list[tuple[str, str, str]]  # the file, the kind of block, its lines


def blocks() -> Blocks:
    """Every block that has the name of its file above it."""
    return _BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))


def write(project: Path) -> None:
    for name, kind, text in blocks():
        path = project / name
        if kind == "diff":
            path.write_text(_with_added_lines(path.read_text(encoding="utf-8"), text, name), encoding="utf-8")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def _with_added_lines(old: str, block: str, name: str) -> str:
    lines = block.splitlines(keepends=True)
    shown = "".join(line[1:] for line in lines if not line.startswith("+"))
    wanted = "".join(line[1:] for line in lines)
    if not shown:
        return old + wanted
    assert old.count(shown) == 1, (
        f"CONTRIBUTING.md shows lines of {name} that are not there, or not only once:\n{shown}"
    )
    return old.replace(shown, wanted)
