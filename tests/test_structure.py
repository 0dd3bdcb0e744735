"""The structure that ARCHITECTURE.md describes: layers, no circles, few entries in each folder, and where torch may be imported."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from rnn_core.apps.registry import APPLICATIONS
from tests.repository import ROOT

TORCH_LIVES_IN = (
    "rnn_core/learn/problem.py",
    "rnn_core/learn/train.py",
    "rnn_core/lab/keep_gradient.py",
    "rnn_core/lab/models.py",
    "rnn_core/lab/problem.py",
    "rnn_core/lab/record.py",
    "rnn_core/studies/make_home_wave.py",
    "rnn_core/studies/maze/problem.py",
    "rnn_core/studies/modern/contenders.py",
    "rnn_core/learn/layers.py",
    "rnn_core/studies/tracking/network.py",
    "rnn_core/studies/tracking/problem.py",
    "rnn_core/studies/tracking/transformer.py",
    "rnn_core/studies/tracking/record.py",
    "rnn_core/formats/torch_cells.py",
    "rnn_core/formats/torch_io.py",
    "rnn_core/apps/torch_parts.py",
    "rnn_core/apps/text/counts.py",
    "rnn_core/apps/speech/teaching/fine_tuning.py",
    *(f"rnn_core/apps/{name}/network.py" for name in APPLICATIONS),
)
FORBIDDEN = {  # folder -> what its files must not import
    "rnn_core": {"streamlit", "plotly", "ui", "pages", "app"},
    "ui": {"torch", "pages", "app"},
    "pages": {"torch", "pages", "app"},
}
MOST_ENTRIES = 15  # of a folder that people look into first
OF_PYTHON = ("__init__.py", "__pycache__")  # and not counted among them
MOST_LINES = 300  # of a file; a longer one gives its reason in its docstring, with the word "lines"


def sources(folder: str) -> list[Path]:
    found = sorted((ROOT / folder).rglob("*.py"))
    assert found
    return found


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules_in(nodes: Iterable[ast.AST], path: Path) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported(path: Path) -> set[str]:
    """The first words of every module that a file imports, wherever in the file it does so."""
    return {name.split(".")[0] for name in modules_in(ast.walk(tree_of(path)), path)}


@cache
def imports() -> Mapping[str, frozenset[str]]:
    """Of every file of the project the files that it imports when it is imported itself."""
    files = {
        name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."): path
        for folder in ("rnn_core", "ui")
        for path in sources(folder)
    }
    found = {}
    for path in files.values():
        names = modules_in(tree_of(path).body, path)
        targets = {name if name in files else name.rpartition(".")[0] for name in names}
        found[name_of(path)] = frozenset(name_of(files[target]) for target in targets & files.keys())
    return found


def circle_in(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """The nodes of one circle, or nothing."""
    state: dict[str, int] = {}  # 1: on the way, 2: done
    way: list[str] = []

    def visit(node: str) -> list[str]:
        state[node] = 1
        way.append(node)
        for target in graph.get(node, ()):
            if state.get(target) == 1:
                return [*way[way.index(target) :], target]
            if target not in state and (found := visit(target)):
                return found
        way.pop()
        state[node] = 2
        return []

    return next((found for node in graph if node not in state and (found := visit(node))), [])


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_imports_follow_the_layers(folder: str) -> None:
    assert {name_of(path): bad for path in sources(folder) if (bad := imported(path) & FORBIDDEN[folder])} == {}


def test_figures_do_not_import_streamlit() -> None:
    figures = [path for path in sources("ui") if "figures" in (path.parent.name, path.stem)]
    assert len(figures) > 30
    assert [name_of(path) for path in figures if "streamlit" in imported(path)] == []


def test_torch_is_imported_in_the_training_folders_only() -> None:
    importing = {name_of(path) for path in sources("rnn_core") if "torch" in imported(path)}
    assert importing == set(TORCH_LIVES_IN)


def test_the_core_needs_numpy_and_nothing_else() -> None:
    """safetensors, which reads and writes weights, needs numpy only."""
    allowed = sys.stdlib_module_names | {"numpy", "rnn_core", "safetensors"}
    wrong = {
        name: extra
        for path in sources("rnn_core")
        if (name := name_of(path)) not in TORCH_LIVES_IN and (extra := imported(path) - allowed)
    }
    assert wrong == {}


def test_importing_the_core_loads_numpy_alone() -> None:
    others = ("torch", "streamlit", "plotly", "safetensors")
    code = f"import sys; from rnn_core import *; print([name for name in {others} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"


def test_nothing_reads_a_clock_that_can_be_set() -> None:
    """`time.monotonic` goes on evenly when the machine's clock jumps: no run stops, and nobody waits for hours. The end of a room is
    a time of day, because rooms outlive a restart and are shared by replicas."""
    setting = re.compile(
        r"\btime\.time\(|\bfrom time import [^\n]*\btime\b(?!_)|\bdatetime\.(now|utcnow|today)\(|\bdate\.today\("
    )
    paths = [*sources("ui"), *sources("rnn_core"), *(ROOT / "pages").glob("*.py")]
    found = [name_of(path) for path in paths if setting.search(path.read_text(encoding="utf-8"))]
    assert found == ["ui/classroom/room/rooms.py"]


def test_no_files_import_each_other_in_a_circle() -> None:
    assert circle_in(imports()) == []


@pytest.mark.parametrize("package", ["rnn_core", "ui"])
def test_no_folders_import_each_other_in_a_circle(package: str) -> None:
    """The folders and files at the top of the package; its own `__init__` may import all of them."""
    graph: dict[str, set[str]] = {}
    for path, targets in imports().items():
        top = path.split("/")[1]
        if path.startswith(f"{package}/") and top != "__init__.py":
            inside = {target.split("/")[1] for target in targets if target.startswith(f"{package}/")}
            graph.setdefault(top, set()).update(inside - {top, "__init__.py"})
    assert len(graph) > 8
    assert circle_in(graph) == []


def test_a_circle_is_found() -> None:
    assert circle_in({"a": ["b"], "b": ["c"], "c": ["b"]}) == ["b", "c", "b"]


@pytest.mark.parametrize("package", ["rnn_core", "ui"])
def test_a_package_has_few_entries_at_its_top(package: str) -> None:
    entries = sorted(path.name for path in (ROOT / package).iterdir() if path.name not in OF_PYTHON)
    assert len(entries) <= MOST_ENTRIES, entries


@pytest.mark.parametrize("name", APPLICATIONS)
def test_an_application_lies_in_three_folders_and_imports_no_other_application(name: str) -> None:
    folders = [path for top in ("rnn_core", "ui", "tests") for path in (ROOT / top).rglob(name) if path.is_dir()]
    assert {name_of(path) for path in folders} == {f"{top}/apps/{name}" for top in ("rnn_core", "ui", "tests")}
    others = tuple(f"{top}/apps/{other}/" for top in ("rnn_core", "ui") for other in APPLICATIONS if other != name)
    for path, targets in imports().items():
        if path.startswith((f"rnn_core/apps/{name}/", f"ui/apps/{name}/")):
            assert [target for target in targets if target.startswith(others)] == [], path


def test_a_long_file_gives_its_reason() -> None:
    long = [
        path
        for folder in ("rnn_core", "ui", "pages", "benchmarks")
        for path in sources(folder)
        if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES
        and "lines" not in (ast.get_docstring(tree_of(path)) or "")
    ]
    assert [name_of(path) for path in long] == []
