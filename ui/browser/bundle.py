"""The ES modules of a part as one file: the browser asks once, and not once a module and level of imports.

Every import stands on one line, and every name at the top of a module is unique in the file. `./` is the part's own folder,
and `../shared/` holds what several parts need.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

NOTHING: Mapping[str, str] = MappingProxyType({})
_IMPORT = re.compile(r'^import .* from "(?:\./)?(.+)"\n', re.MULTILINE)
_TOP_NAME = re.compile(r"^(?:export )?(?:async )?(?:const|let|function\*?|class) (\w+)", re.MULTILINE)


def bundle(folder: Path, entry: str, made: Mapping[str, str] = NOTHING) -> str:
    """The modules that `entry` needs, each after those that it imports, with the imports gone.

    `made` holds modules that Python writes, such as a table of colours, by the name they are imported by.
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
