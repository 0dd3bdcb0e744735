"""What the page on text gives to take along."""

from collections.abc import Mapping

from rnn_core.apps.text.settings import Settings
from rnn_core.apps.text.writing import Manner, Written
from rnn_core.arrays import Array
from ui.apps.network import Network
from ui.apps.take import offer_answer
from ui.widgets.take_along.view_notebook import Shown


def take_text(
    network: Network[Settings], written: Written, manner: Manner, forced: Mapping[int, str], states: Array
) -> None:
    """A row for each option of each written character, and all states. `forced`: the characters that the visitor chose."""
    lines = (
        "from rnn_core.apps.text.writing import Manner, write\n\n"
        f"beginning = {written.beginning!r}\n"
        f"written = write(reader, beginning, {len(written.choices)}, {manner!r}, {dict(forced)!r})\n"
        "choices = written.choices\n"
        "rows = [(place, choice, at) for place, choice in enumerate(choices) for at in range(len(choice.options))]"
    )
    rows = [(place, choice, at) for place, choice in enumerate(written.choices) for at in range(len(choice.options))]
    shown = {
        "beginning": Shown(written.beginning, "beginning"),
        "characters": Shown(
            [choice.character for choice in written.choices], "[choice.character for choice in choices]"
        ),
        "bits": Shown([choice.bits for choice in written.choices], "[choice.bits for choice in choices]"),
        "option_place": Shown([place for place, _choice, _at in rows], "[place for place, _choice, _at in rows]"),
        "option": Shown(
            [each.options[at] for _place, each, at in rows], "[each.options[at] for _place, each, at in rows]"
        ),
        "option_probability": Shown(
            [each.predicted[at] for _place, each, at in rows], "[each.predicted[at] for _place, each, at in rows]"
        ),
        "option_probability_used": Shown(
            [each.used[at] for _place, each, at in rows], "[each.used[at] for _place, each, at in rows]"
        ),
        "states": Shown(states, "reader.states(written.beginning, written.symbols)"),
    }
    offer_answer(network, lines, shown)
