"""How a notebook computes the numbers of a page again: of each part of the page a recipe, and of all of them one notebook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rnn_core.formats.notebook import NotebookCell, code, markdown, written
from ui.i18n import _


@dataclass(frozen=True)
class Recipe:
    setup: str  # Python that several parts of a page may share: it is written once
    lines: str  # Python of this part alone
    expressions: Mapping[str, str]  # by the name of the number
    said: str = ""  # what the part shows, in a sentence


def notebook_of(recipes: Sequence[Recipe], link: str) -> str:
    """It leaves `numbers`: what the page shows, by name."""
    needs = _("This notebook needs NumPy and rnn_core, which `pip install .` installs from the app’s folder.")
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
