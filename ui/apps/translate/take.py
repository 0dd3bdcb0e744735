"""What the translator's page gives to take along."""

from collections.abc import Sequence

from rnn_core.apps.translate.reader import Translation
from rnn_core.apps.translate.settings import Settings
from ui.apps.network import Network
from ui.apps.take import offer_answer
from ui.widgets.take_along.view_notebook import Shown, given


def take_translation(
    network: Network[Settings],
    tokens: tuple[int, ...],
    beams: int,
    found: Translation,
    source: Sequence[str],
    output: Sequence[str],
) -> None:
    """`source` and `output`: the symbols as the page shows them."""
    lines = f"found = reader.translate({tokens!r}, {beams})"
    values = {"probabilities": found.probabilities, "attention": found.attention}
    shown = {
        "input": given(list(source)),
        "output": given(list(output)),
        **{name: Shown(value, f"found.{name}") for name, value in values.items() if value is not None},
        "encoder_hs": Shown(found.encoder.hs, "found.encoder.hs"),
        "decoder_hs": Shown(found.decoder.hs, "found.decoder.hs"),
    }
    offer_answer(network, lines, shown)
