"""`pip wheel .` gives a small library that needs NumPy alone: it is built, installed into an empty environment and used."""

import re
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import version
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

import numpy as np
import pytest

import rnn_core
from tests.repository import ROOT
from tests.rnn_core.test_notebooks import NOTEBOOKS, execute

MOST_BYTES = 1_000_000
WITHOUT = ("torch", "streamlit", "plotly", "safetensors")

IMPORT_EVERYTHING = f"""
import importlib, pkgutil, sys, rnn_core
missing = set()
for module in pkgutil.walk_packages(rnn_core.__path__, "rnn_core.", onerror=lambda name: None):
    if not module.name.endswith("__main__"):
        try:
            importlib.import_module(module.name)
        except ModuleNotFoundError as error:
            missing.add(error.name.split(".")[0])
assert missing <= {{"torch", "safetensors"}}, missing
assert not set({WITHOUT}) & set(sys.modules)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Built from a copy, because setuptools leaves files beside what it builds."""
    folder = tmp_path_factory.mktemp("wheel")
    copytree(ROOT / "rnn_core", folder / "rnn_core", ignore=ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        copy(ROOT / name, folder)
    pip("wheel", "--no-build-isolation", "--no-deps", "--wheel-dir", folder / "wheels", folder)
    (built,) = (folder / "wheels").iterdir()
    return built


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory):
    """The interpreter of an environment with the wheel and NumPy, which is linked from the running environment."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    installed = Path(np.__file__).parent.parent
    for name in ("numpy", "numpy.libs", f"numpy-{version('numpy')}.dist-info"):
        if (installed / name).exists():
            (packages / name).symlink_to(installed / name)
    executable = folder / "bin" / "python"
    pip("--python", executable, "install", "--no-index", wheel)  # refuses, should the wheel ask for more than NumPy
    return executable


def pip(*arguments):
    quiet = ("--quiet", "--disable-pip-version-check")
    done = subprocess.run(
        [sys.executable, "-m", "pip", *quiet, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def run(python, code, folder):
    """Isolated (-I): neither the working directory nor an environment variable adds packages."""
    done = subprocess.run([python, "-I", "-c", code], capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_is_small_and_carries_the_core_alone(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert wheel.stat().st_size < MOST_BYTES
    assert wheel.name.startswith(f"unrolled_rnn_core-{rnn_core.__version__}-py3-none-any")
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"rnn_core"}
    assert {Path(name).suffix for name in names if ".dist-info/" not in name} == {".py", ".typed"}
    sources = {path.relative_to(ROOT).as_posix() for path in (ROOT / "rnn_core").glob("*.py")}
    assert not [name for name in names if name.startswith(("rnn_core/apps/text/", "rnn_core/data/"))]
    assert sources | {"rnn_core/py.typed", "rnn_core/cells/lstm_fast.py"} <= set(names)


def test_the_lines_of_the_readme_run_in_an_empty_environment(python, tmp_path):
    (lines,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert "rc.bptt" in lines
    absent = f"import importlib.util; assert not any(map(importlib.util.find_spec, {WITHOUT}))"
    printed = run(python, f"{lines}\n{absent}\nprint(repr(grads.params), rc.__file__)", tmp_path)
    assert printed.startswith("LSTMParams(X=4, H=8) ")
    assert str(python.parent.parent) in printed


def test_a_notebook_runs_in_an_empty_environment(python, tmp_path):
    assert "<svg" in execute(NOTEBOOKS[0], python, ("-I",), tmp_path)


def test_every_module_that_needs_neither_torch_nor_safetensors_can_be_imported(python, tmp_path):
    run(python, IMPORT_EVERYTHING, tmp_path)
