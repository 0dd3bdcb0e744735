"""Our browser code, served as files: plotly and the ES modules of our own parts.

Streamlit sends a component's JavaScript with every message to it. Ours is only a loader of a few lines (loader.js); the
rest lies in static/vendor, where `server.enableStaticServing` finds it, and the browser fetches it once. Where that folder
cannot be written, it stays in memory, and a route of our own serves it (server.py).
Streamlit refuses symbolic links out of static/ (400), compresses what it serves, and sets no caching headers.
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

from ui.browser.bundle import NOTHING, bundle

VENDOR = Path(__file__).resolve().parents[2] / "static" / "vendor"
LOADER = (Path(__file__).parent / "loader.js").read_text(encoding="utf-8")

# Without caching headers a browser keeps a file for a tenth of its age. The names carry a digest of the content, so an old
# date is safe, and means that a visitor loads plotly once in months and not once per visit.
OLD_DATE = 1_500_000_000.0

MEMORY = "parts"  # where the server gives out what could not be written
server_has_routes = False  # server.py says so
_in_memory: dict[str, Mapping[str, bytes]] = {}  # by the folder's name


def parcel(data: Mapping[str, Any]) -> dict[str, tuple[Mapping[str, Any]]]:
    """The data for a part of ours. Streamlit looks into every list and dictionary for a table and imports pandas for that,
    a quarter of the app's start; in a tuple it does not look. loader.js unpacks it."""
    return {"parcel": (data,)}


@cache
def serve(name: str) -> str:
    """The address of a part's code. Whoever comes first makes it."""
    return publish_part(name)


def publish_part(name: str, made: Mapping[str, str] = NOTHING) -> str:
    """Put the modules and the styles of ui/browser/<name>/ into static/vendor, as one file, and return its address."""
    folder = Path(__file__).parent / name
    styles = json.dumps((folder / f"{name}.css").read_text(encoding="utf-8"))
    code = bundle(folder, "part.js", {**made, "made_styles.js": f"export const STYLES = {styles}\n"})
    return publish(name, {f"{name}.js": code.encode()}) + f"{name}.js"


def publish(name: str, files: Mapping[str, bytes]) -> str:
    """Put the files into static/vendor/<name>-<digest>/ and return that folder's address, relative to any page of the app.

    On a read-only disk the server gives them out from memory, unless the folder has been made before
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
    """Whether the browser cannot have them: they are in memory, and the server runs the script alone, without our routes."""
    return bool(_in_memory) and not server_has_routes


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """All files or none: several processes may start at once, and a browser may ask in between."""
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
