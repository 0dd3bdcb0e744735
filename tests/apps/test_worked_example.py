"""The worked example of CONTRIBUTING.md: written down as it is printed, it is an application of the app."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import worked_example
from tests.repository import ROOT

NOT_COPIED = (".*", "__pycache__", "vendor", "node_modules", "results", "pictures", "notebooks")
MOST_LINES = 250


def done(project: Path, *arguments: str) -> None:
    ran = subprocess.run([sys.executable, "-m", *arguments], cwd=project, capture_output=True, text=True, timeout=600)
    assert ran.returncode == 0, (ran.stdout + ran.stderr)[-4000:]


def test_every_change_that_is_shown_fits_its_file(tmp_path: Path) -> None:
    for name, kind, _text in worked_example.blocks():
        if kind == "diff":
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    worked_example.write(tmp_path)


def test_an_application_takes_few_lines() -> None:
    files = [text for name, kind, text in worked_example.blocks() if kind == "python" and not name.startswith("tests/")]
    assert len(files) >= 10
    assert sum(bool(line.strip()) for text in files for line in text.splitlines()) <= MOST_LINES


@pytest.mark.long
@pytest.mark.slow
def test_the_worked_example_works(tmp_path: Path) -> None:
    """Its networks are trained, its page opens in both languages, and all that is asked of an application is true."""
    project = tmp_path / "project"
    shutil.copytree(ROOT, project, ignore=shutil.ignore_patterns(*NOT_COPIED))
    shutil.copytree(ROOT / ".streamlit", project / ".streamlit")
    worked_example.write(project)
    done(project, "rnn_core.apps.make", "echo")
    asked = ("tests/apps", "tests/pages/test_pages.py", "tests/ui/links/test_names.py", "tests/test_language.py")
    done(project, "pytest", "-q", "-p", "no:cacheprovider", "-k", "echo or every_label_has or is_left_over", *asked)
