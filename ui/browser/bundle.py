"""The ES modules of a part, joined into one file, so that the browser sends one request and not one per module.

Every import is on one line, and every name at the top level of a module is unique in the file. A part may have folders of its
own; `../shared/`, seen from a part, has the modules that several parts import.
"""

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

NO_MODULES: Mapping[str, str] = MappingProxyType({})
_IMPORT = re.compile(r'^import .* from "(.+)"\n', re.MULTILINE)
_TOP_NAME = re.compile(r"^(?:export )?(?:async )?(?:const|let|function\*?|class) (\w+)", re.MULTILINE)


def bundle(folder: Path, entry: str, made: Mapping[str, str] = NO_MODULES) -> str:
    """The modules that `entry` needs, each after those that it imports, without their import lines.

    `made` holds modules that Python writes, such as a table of colours, by the names under which they are imported.
    """
    names = modules(folder, entry, made)
    return "\n".join(_inside(name, _read(folder, name, made), name == entry) for name in names)


def modules(folder: Path, entry: str, made: Mapping[str, str] = NO_MODULES) -> list[str]:
    """Their names as seen from the folder, each after those that it imports."""
    ordered: list[str] = []
    owner: dict[str, str] = {}

    def add(name: str) -> None:
        if name in ordered:
            return
        source = _read(folder, name, made)
        for needed in _IMPORT.findall(source):
            add(posixpath.normpath(posixpath.join(posixpath.dirname(name), needed)))
        ordered.append(name)
        for top in _TOP_NAME.findall(source):
            if top in owner:
                raise ValueError(f"{name} and {owner[top]} both have a {top}: one file cannot hold both")
            owner[top] = name

    add(entry)
    return ordered


def _read(folder: Path, name: str, made: Mapping[str, str]) -> str:
    file = posixpath.basename(name)
    return made[file] if file in made else (folder / name).read_text(encoding="utf-8")


def _inside(name: str, source: str, is_entry: bool) -> str:
    text = _IMPORT.sub("", source)
    return f"// --- {name}\n" + (text if is_entry else re.sub(r"^export ", "", text, flags=re.MULTILINE))
