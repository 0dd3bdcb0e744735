"""Who may import whom: pages -> ui -> rnn_core, and torch only where training and conversion live."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TORCH_LIVES_IN = ("rnn_core/learn/", "rnn_core/formats/torch_io.py")
FORBIDDEN = {  # folder -> what its files must not import
    "rnn_core": {"streamlit", "plotly", "ui", "pages", "app"},
    "ui": {"torch", "pages", "app"},
    "ui/figures": {"streamlit"},
    "pages": {"torch", "pages", "app"},
}


def imported(path):
    """The first words of every module that a file imports, wherever in the file it does so."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            names.add(node.module)
    return {name.split(".")[0] for name in names}


def sources(folder):
    found = sorted((ROOT / folder).rglob("*.py"))
    assert found
    return found


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_imports_point_one_way(folder):
    wrong = {
        str(path.relative_to(ROOT)): bad for path in sources(folder) if (bad := imported(path) & FORBIDDEN[folder])
    }
    assert wrong == {}


def test_torch_is_imported_where_it_lives_and_nowhere_else():
    wrong = [
        name
        for path in sources("rnn_core")
        if not (name := path.relative_to(ROOT).as_posix()).startswith(TORCH_LIVES_IN) and "torch" in imported(path)
    ]
    assert wrong == []


def test_the_core_needs_numpy_and_nothing_else():
    """safetensors, which reads and writes weights, needs numpy only."""
    allowed = sys.stdlib_module_names | {"numpy", "rnn_core", "safetensors"}
    wrong = {
        name: extra
        for path in sources("rnn_core")
        if not (name := path.relative_to(ROOT).as_posix()).startswith(TORCH_LIVES_IN)
        and (extra := imported(path) - allowed)
    }
    assert wrong == {}


def test_importing_the_core_loads_numpy_alone():
    others = ("torch", "streamlit", "plotly", "safetensors")
    code = f"import sys; from rnn_core import *; print([name for name in {others} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"
