"""The notebooks in docs/notebooks run from the first cell to the last, and are kept without outputs."""

import json
import subprocess
import sys

import pytest

from tests.repository import ROOT

NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))

# As a notebook does: one namespace, and the value of a cell's last line is shown, as HTML where it has such a form.
RUN_CELLS = """
import ast, json, sys
namespace = {"__name__": "__main__"}
for number, source in enumerate(json.load(sys.stdin), start=1):
    *lines, last = ast.parse(source).body
    if not isinstance(last, ast.Expr):
        lines, last = [*lines, last], None
    exec(compile(ast.Module(lines, []), f"cell {number}", "exec"), namespace)
    if last:
        value = eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), namespace)
        html = getattr(value, "_repr_html_", None)
        print(html() if html else "" if value is None else repr(value))
assert not {"torch", "streamlit", "plotly", "matplotlib"} & set(sys.modules)
"""


def cells(path, kind):
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


def execute(path, python=sys.executable, options=(), folder=ROOT):
    """What the code cells print and show."""
    sources = ["".join(cell["source"]) for cell in cells(path, "code")]
    command = [python, "-W", "error", *options, "-c", RUN_CELLS]
    done = subprocess.run(
        command, input=json.dumps(sources), capture_output=True, text=True, encoding="utf-8", check=False, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_there_are_three_notebooks():
    assert [path.stem for path in NOTEBOOKS] == ["one-cell", "train-and-look-inside", "why-gradients-vanish"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_heat_maps(path):
    assert execute(path).count("<svg") >= 2


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_small_and_without_outputs(path):
    assert path.stat().st_size < 20_000
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells(path, "code"))
    ids = [cell["id"] for kind in ("code", "markdown") for cell in cells(path, kind)]
    assert len(ids) == len(set(ids))
