"""The ES modules of a part, joined into one file, so that the browser sends one request and not one per module.

Every import is on one line, and every name at the top level of a module is unique in the file. `./` is the part's own folder,
and `../shared/` has the modules that several parts import.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

NO_MODULES: Mapping[str, str] = MappingProxyType({})
_IMPORT = re.compile(r'^import .* from "(?:\./)?(.+)"\n', re.MULTILINE)
_TOP_NAME = re.compile(r"^(?:export )?(?:async )?(?:const|let|function\*?|class) (\w+)", re.MULTILINE)


def bundle(folder: Path, entry: str, made: Mapping[str, str] = NO_MODULES) -> str:
    """The modules that `entry` needs, each after those that it imports, without their import lines.

    `made` holds modules that Python writes, such as a table of colours, by the names under which they are imported.
    """
    ordered: list[str] = []
    owner: dict[str, str] = {}

    def read(name: str) -> str:
        return made[name] if name in made else (folder / name).read_text(encoding="utf-8")

    def add(name: str) -> None:
        if name in ordered:
            return
        source = read(name)
        for needed in _IMPORT.findall(source):
            add(needed)
        ordered.append(name)
        for top in _TOP_NAME.findall(source):
            if top in owner:
                raise ValueError(f"{name} and {owner[top]} both have a {top}: one file cannot hold both")
            owner[top] = name

    add(entry)
    return "\n".join(_inside(name, read(name), name == entry) for name in ordered)


def _inside(name: str, source: str, is_entry: bool) -> str:
    text = _IMPORT.sub("", source)
    return f"// --- {name}\n" + (text if is_entry else re.sub(r"^export ", "", text, flags=re.MULTILINE))
