"""The code that the browser fetches as files: plotly and the ES modules of our own parts.

Streamlit sends a component's JavaScript with every message to it. Ours is a loader of a few lines (loader.js). The other
modules are in static/vendor, which `server.enableStaticServing` serves, and the browser fetches them once. If that folder
cannot be written, they stay in memory, and a route of our own serves them (ui/shell/server.py).
Streamlit refuses symbolic links out of static/ (400), compresses the files that it serves, and sets no caching headers.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from streamlit.logger import get_logger

from ui.browser.bundle import NO_MODULES, bundle, modules

VENDOR = Path(__file__).resolve().parents[2] / "static" / "vendor"
LOADER = (Path(__file__).parent / "loader.js").read_text(encoding="utf-8")

# Without caching headers a browser keeps a file for a tenth of its age. The names carry a digest of the content, so an old
# date is safe, and a visitor loads plotly once in months and not once per visit.
OLD_DATE = 1_500_000_000.0

MEMORY = "parts"  # the path of the route for files that could not be written
SEARCH = "search"  # the folder of what can be found, by language
server_has_routes = False  # set by ui/shell/server.py
_in_memory: dict[str, Mapping[str, bytes]] = {}  # by the folder's name


def component_data(data: Mapping[str, Any]) -> dict[str, tuple[Mapping[str, Any]]]:
    """The data of a part, in the form in which Streamlit sends them. Streamlit imports pandas to search every list and
    dictionary for tables, but does not search tuples. loader.js takes the data out of the tuple."""
    return {"wrapped": (data,)}


@cache
def serve(name: str) -> str:
    """The address of a part's code, which the first call publishes."""
    return publish_part(name)


def publish_part(name: str, made: Mapping[str, str] = NO_MODULES) -> str:
    """Write the modules and styles of ui/browser/<name>/ into static/vendor, as one file, and return its address. `made` holds
    modules that Python writes (see `bundle`). A module with styles of its own has them beside it, in a file of its name."""
    folder = Path(__file__).parent / name
    needed = modules(folder, "part.js", {**made, "made_styles.js": ""})
    sheets = [
        folder / f"{name}.css",
        *((folder / each).with_suffix(".css") for each in needed if each.startswith("..")),
    ]
    styles = json.dumps("".join(sheet.read_text(encoding="utf-8") for sheet in sheets if sheet.is_file()))
    code = bundle(folder, "part.js", {**made, "made_styles.js": f"export const STYLES = {styles}\n"})
    return publish(name, {f"{name}.js": code.encode()}) + f"{name}.js"


def publish(name: str, files: Mapping[str, bytes]) -> str:
    """Write the files into static/vendor/<name>-<digest>/ and return that folder's address, relative to any page of the app.

    On a read-only disk the server serves them from memory, unless the folder is there already
    (`python -m ui.browser.publish_all`, in the image's build).
    """
    digest = hashlib.sha256(b"\0".join(part for item in sorted(files.items()) for part in (item[0].encode(), item[1])))
    folder = VENDOR / f"{name}-{digest.hexdigest()[:12]}"
    if not folder.is_dir():
        try:
            _write(folder, files)
        except OSError as problem:
            log = "%s cannot be written (%s). Run `python -m ui.browser.publish_all` where it can."
            get_logger(__name__).warning(log, folder, problem)
            _in_memory[folder.name] = files
            return f"{MEMORY}/{folder.name}/"
    return f"app/static/vendor/{folder.name}/"


def from_memory(folder: str, filename: str) -> bytes | None:
    return _in_memory.get(folder, {}).get(filename)


def are_missing() -> bool:
    """Whether the browser cannot fetch the files: they are in memory, and the server runs the script alone, without our routes."""
    return bool(_in_memory) and not server_has_routes


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files or none: several processes may start at once, and a browser may fetch a file in between."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=VENDOR, prefix=".new-"))
    try:
        for filename, content in files.items():
            path = unfinished / filename
            path.write_bytes(content)
            os.utime(path, (OLD_DATE, OLD_DATE))
        unfinished.chmod(0o755)
        try:
            unfinished.rename(folder)
        except OSError:
            if not folder.is_dir():  # otherwise another process was faster, with the same content
                raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
