"""What the page of an application gives to take along: its numbers, and a notebook that runs the page's network on the page's input.

The notebook reads a network that ships from rnn_core, and one of the visitor's own from the file that the page saves.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from rnn_core.apps.scores import Measure
from ui.apps.figures.score_bars import Row, scores_in_numbers
from ui.apps.network import Network
from ui.i18n import _
from ui.widgets.take_along.offers import offer_numbers
from ui.widgets.take_along.view_notebook import Shown, given, offer_view


def offer_answer(network: Network[Any], lines: str, shown: Mapping[str, Shown], part: str = "view") -> None:
    """`lines` may use `state`, `settings` and `reader`. Without a network there is nothing to run, so there is no notebook."""
    if network.state is None:
        offer_numbers({name: each.value for name, each in shown.items()}, part)
        return
    offer_view(lines, shown, _needed_file(network), part=part, setup=network_lines(network))


def offer_scores(network: Network[Any], rows: Sequence[Row], measures: Sequence[Measure]) -> None:
    """Of the baselines, and of the network where it is scored."""
    numbers = scores_in_numbers(rows, measures)
    if network.state is None or not any(row.is_network for row in rows):
        offer_numbers(numbers, "scores")
        return
    lines = (
        "answers = [*APPLICATION.baselines(settings).values(), APPLICATION.scores(state)]\n"
        "measures = [measure.name for measure in APPLICATION.measures]\n"
        'scores = [[answer.get(measure, float("nan")) for measure in measures] for answer in answers]'
    )
    shown = {"scored": given(numbers["scored"]), "measures": Shown(numbers["measures"], "measures")}
    shown["scores"] = Shown(numbers["scores"], "scores")
    offer_view(lines, shown, _("On the test data:"), part="scores", setup=network_lines(network))


def network_lines(network: Network[Any]) -> str:
    """Python that leaves the network: `state`, its `settings`, and its `reader`."""
    name, variant = network.application.name, network.settings.shipped_as()
    imports = f"from rnn_core.apps.{name}.application import APPLICATION\n"
    if network.trained_here:
        imports = f"from pathlib import Path\n\n{imports}from rnn_core.learn import runfile\n"
        kinds = f"{{{name!r}: APPLICATION.settings.read}}"
        read = f"state, _curves = runfile.load(Path({_file(network)!r}).read_bytes(), {kinds})"
        read += "\nstate = state.at_best" if network.is_at_best else ""
    else:
        imports += "from rnn_core.apps.trained import load_trained\n"
        read = f"state = load_trained(APPLICATION.settings, {variant!r}).state"
    return f"{imports}\n{read}\nsettings, reader = state.settings, APPLICATION.reader(state)"


def _needed_file(network: Network[Any]) -> str:
    if not network.trained_here:
        return ""
    words = _("It runs your own network: save it on the page, and put the file `{file}` beside this notebook.")
    return words.format(file=_file(network))


def _file(network: Network[Any]) -> str:
    """As the page saves it."""
    return f"unrolled-{network.application.name}.safetensors"
