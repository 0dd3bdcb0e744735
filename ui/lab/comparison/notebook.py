"""A comparison as a Jupyter notebook that repeats its runs with NumPy and PyTorch alone. No Streamlit.

The cells with the task and the network are the app's own source, taken as it stands, so they cannot drift from what was
run; the first weights and the loop are written out shortly in notebook_code/, and a test compares them with our runs.
"""

import ast
import inspect
import re
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pprint import pformat
from types import ModuleType

from rnn_core.cells.modern.rg_lru import POWER
from rnn_core.formats.notebook import NotebookCell, code, markdown, written
from rnn_core.lab.comparison import Comparison
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks import Task, base
from rnn_core.lab.tasks.files import data_text
from rnn_core.learn.fields import plain
from rnn_core.learn.shapes import MODERN, modern_shapes
from ui.i18n import _

CODE = Path(__file__).parent / "notebook_code"
FILES = "rnn_core.lab.tasks.files"  # replaced by the data themselves
STAND_INS = (
    "rnn_core.learn.fields",
    "rnn_core.errors",
    FILES,
)  # the others by a few lines in notebook_code/start.py.txt


def notebook(comparison: Comparison, names: Sequence[str], link: str) -> str:
    """The file's text; `names`: of the settings."""
    cells = [
        markdown(
            "# "
            + _("A comparison from Unrolled, to be run again")
            + "\n\n"
            + _(
                "This notebook needs NumPy and PyTorch, and nothing of the app. It makes the same data in the same "
                "order and starts from the same weights. The last digits may differ from the app’s, because another "
                "processor or version rounds differently."
            )
            + f"\n\n`{link}`"
        ),
        code(_own("start.py.txt")),
        *_data(comparison.task),
        markdown("## " + _("The task") + "\n\n" + _("The app’s own source.")),
        *[code(_source(name)) for name in _modules_of(comparison.task)],
        markdown("## " + _("The network") + "\n\n" + _("The app’s own source.")),
        *_cells_after_the_lstm(comparison),
        code(_source("rnn_core.lab.models")),
    ]
    if any(each.keep_gradient for each in comparison.settings):
        cells += [code(_source("rnn_core.lab.keep_gradient"))]
    cells += [
        markdown("## " + _("What is compared")),
        code(_settings(comparison, names)),
        markdown("## " + _("The initial weights")),
        code(_own("first_weights.py.txt")),
        *([code(_own("modern_weights.py.txt"))] if _modern(comparison) else []),
        markdown("## " + _("Training")),
        code(_own("training.py.txt")),
        markdown("## " + _("All runs")),
        code(_own("all_runs.py.txt")),
        code(_own("picture.py.txt")),
    ]
    return written(cells)


def _modern(comparison: Comparison) -> list[RunSettings]:
    return [each for each in comparison.settings if each.is_modern]


def _cells_after_the_lstm(comparison: Comparison) -> list[NotebookCell]:
    """Their layers and the drawing of their weights, and the shape of every weight of the layers that are compared."""
    shapes = {
        (each.cell, inputs, each.hidden): modern_shapes(each.cell, inputs, each.hidden)
        for each in _modern(comparison)
        for inputs in (each.input_size, each.hidden)
    }
    if not shapes:
        return []
    constants = (
        f"Array, POWER = np.ndarray, {POWER}\n"
        f"MODERN = { ({cell: MODERN[cell] for cell, _inputs, _hidden in shapes})!r}\n"
        f"SHAPES = {pformat(shapes, sort_dicts=False, width=100)}\n\n\n"
        "def modern_shapes(cell, inputs, hidden):\n    return SHAPES[cell, inputs, hidden]"
    )
    sources = ("rnn_core.learn.layers", "rnn_core.params.modern_weights")
    return [code(constants), *(code(_source(name)) for name in sources)]


def _own(name: str) -> str:
    return (CODE / name).read_text(encoding="utf-8")


def _data(task: Task) -> list[NotebookCell]:
    """The files that the task reads: a notebook has none beside it."""
    if not task.files:
        return []
    texts = "".join(f"DATA[{name!r}] = {data_text(name)!r}\n" for name in task.files)
    reader = "def data_text(name):\n    return DATA[name]"
    return [markdown("## " + _("The data")), code(f"DATA = {{}}\n{texts}\n\n{reader}")]


def _settings(comparison: Comparison, names: Sequence[str]) -> str:
    """The options that all settings share, and those in which each differs."""
    task, standard = comparison.task, plain(comparison.settings[0])
    options = ", ".join(f"{name}={value!r}" for name, value in plain(task).items() if value is not None)
    each = {
        name: {"input_size": settings.input_size, **own}
        for name, settings, own in zip(names, comparison.settings, comparison.differences(), strict=True)
    }
    shared = {name: value for name, value in standard.items() if name not in comparison.differences()[0]}
    return (
        f"TASK = {type(task).__name__}({options})\n"
        f"SHARED = {pformat(shared, sort_dicts=False, width=100)}\n"
        f"SETTINGS = {pformat(each, sort_dicts=False, width=100)}\n"
        f"SEEDS = range({comparison.seeds})"
    )


def _modules_of(task: Task) -> list[str]:
    """The modules of the task, each after the modules that it imports."""
    found: list[str] = []
    _collect(inspect.getmodule(type(task)) or base, found)
    return found


def _collect(module: ModuleType, found: list[str]) -> None:
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("rnn_core"):
            name = node.module or ""
            if name not in STAND_INS and name not in found:
                _collect(import_module(name), found)
    if module.__name__ not in found:
        found.append(module.__name__)


def _source(name: str) -> str:
    """A module's text without its imports of our own modules. It is not imported: torch stays out of this process."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(name)
    text = Path(spec.origin).read_text(encoding="utf-8")
    lines = text.splitlines()
    for node in ast.parse(text).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("rnn_core"):
            for line in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[line] = ""
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines))
