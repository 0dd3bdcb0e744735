"""The container and the unit name files, modules and settings that exist, and nginx lets through what the app takes."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.repository import ROOT
from ui.runs.limits import DEFAULTS

DEPLOY = ROOT / "deploy"


def copied(text: str) -> Iterator[Path]:
    for line in text.splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            yield from (ROOT / name for name in line.split()[1:-1])


def test_the_image_copies_what_exists_and_its_context_has_it() -> None:
    names = list(copied((DEPLOY / "Dockerfile").read_text(encoding="utf-8")))
    allowed = {line[1:] for line in (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines() if line[:1] == "!"}
    assert len(names) >= 8
    assert all(path.exists() for path in names)
    assert {path.name for path in names} - {"requirements.txt", "requirements-cluster.txt"} <= allowed


def test_every_package_of_the_app_is_in_the_image() -> None:
    names = {path.name for path in copied((DEPLOY / "Dockerfile").read_text(encoding="utf-8"))}
    assert {"app.py", "pages", "lessons", "locale", "rnn_core", "ui", ".streamlit", "requirements.txt"} <= names


def test_modules_that_are_started_exist() -> None:
    for name in ("Dockerfile", "unrolled.service"):
        for module in re.findall(r"python -m (ui[.\w]+)", (DEPLOY / name).read_text(encoding="utf-8")):
            assert (ROOT / module.replace(".", "/")).with_suffix(".py").exists()


def test_a_file_that_the_app_takes_passes_the_proxy() -> None:
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    (most,) = re.findall(r"client_max_body_size (\d+)m", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"))
    assert int(most) > settings["server"]["maxUploadSize"]


def test_the_lock_has_a_hash_for_every_package_and_the_pinned_versions() -> None:
    text = (DEPLOY / "requirements.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([a-z0-9.-]+)==(\S+) \\\n    --hash=sha256:[0-9a-f]{64}$", text, re.MULTILINE))
    assert len(locked) == text.count("==")
    assert "://" not in text
    for name in ("requirements.txt", "requirements-cluster.txt"):
        for package, version in re.findall(
            r"^([a-z]+)==(\S+)$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE
        ):
            assert locked[package].partition("+")[0] == version


def test_the_documentation_lists_every_limit_with_its_default() -> None:
    text = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(UNROLLED_MOST_\w+)` \| (\d+) \|", text, re.MULTILINE)
    assert {name: int(default) for name, default in listed} == DEFAULTS
