"""How a notebook computes the numbers of a page again: of each part of the page a recipe, and of all of them one notebook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rnn_core.formats.notebook import NotebookCell, code, markdown, written
from ui.i18n import _

WITH_DATA = ("rnn_core.apps", "rnn_core.lab", "flip_flop", "studies.tracking")  # `pip install .` installs no data
Files = Mapping[str, Callable[[], bytes]]  # by name; a file is made when it is asked for


@dataclass(frozen=True)
class Recipe:
    setup: str  # Python that several parts of a page may share: it is written once
    lines: str  # Python of this part alone
    expressions: Mapping[str, str]  # by the name of the number
    said: str = ""  # what the part shows, in a sentence
    files: Files = field(default_factory=dict)  # which the Python reads from the notebook's folder


def notebook_of(recipes: Sequence[Recipe], link: str) -> str:
    """It leaves `numbers`: what the page shows, by name."""
    needs = _("This notebook needs NumPy and rnn_core, which `pip install .` installs from the app’s folder.")
    code_of_parts = "\n".join(each for recipe in recipes for each in (recipe.setup, recipe.lines))
    if any(name in code_of_parts for name in WITH_DATA):
        needs = _("This notebook needs the app’s folder, with its data: `PYTHONPATH=FOLDER jupyter lab`.")
    setups = [setup for setup in dict.fromkeys(recipe.setup for recipe in recipes) if setup]
    return written(
        [
            markdown(f"# {_('A view of Unrolled, to be run again')}\n\n{needs}\n\n`{link}`"),
            markdown("## " + _("The settings")),
            code("\n\n".join(["import numpy as np", *setups])),
            *(cell for place, recipe in enumerate(recipes) for cell in _part(recipe, is_first=place == 0)),
        ]
    )


def _part(recipe: Recipe, *, is_first: bool) -> list[NotebookCell]:
    heading = "## " + _("The numbers that the page shows")
    words = "\n\n".join(filter(None, (heading if is_first else "", recipe.said)))
    named = "\n".join(f'    "{name}": {expression},' for name, expression in recipe.expressions.items())
    shown = (
        f'shown = {{\n{named}\n}}\nfor name, values in shown.items():\n    print(f"{{name}}: {{np.asarray(values)}}")'
    )
    kept = "numbers = shown" if is_first else "numbers |= shown"
    return [*([markdown(words)] if words else []), code(f"{recipe.lines}\n\n{shown}\n{kept}")]
