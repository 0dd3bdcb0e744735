"""Write deploy/requirements.lock: every package that the app needs, with its version and the hash of its file.

    python deploy/lock.py

pip itself finds the versions (`pip install --dry-run --report`) and installs nothing. The hashes are those of the files for the machine
that runs this: write the lock on the kind of machine that serves the app. docs/hosting.md says how it is installed.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WANTED = ("requirements.txt", "requirements-cluster.txt")
LOCK = ROOT / "deploy/requirements.lock"
HEAD = f"""# Written by `python deploy/lock.py` with Python {sys.version_info.major}.{sys.version_info.minor} on {sys.platform}, from {" and ".join(WANTED)}.
# pip install --require-hashes $(grep -e '^--find-links' requirements.txt) -r deploy/requirements.lock
"""


def report() -> dict[str, Any]:
    """What pip would install into an empty environment."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--retries", "1"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        files = [argument for name in WANTED for argument in ("-r", str(ROOT / name))]
        subprocess.run([*pip, "--report", str(path), *files], check=True)
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def locked(found: dict[str, Any]) -> str:
    """The lines of the lock, by name."""
    lines = []
    for package in found["install"]:
        name, version = package["metadata"]["name"].lower().replace("_", "-"), package["metadata"]["version"]
        digest = package["download_info"]["archive_info"]["hashes"]["sha256"]
        lines.append(f"{name}=={version} \\\n    --hash=sha256:{digest}\n")
    return HEAD + "".join(sorted(lines))


if __name__ == "__main__":
    LOCK.write_text(locked(report()), encoding="utf-8")
    print("written to", LOCK)
