"""What the recommender's page gives to take along."""

from collections.abc import Sequence

from rnn_core.apps.recommend.settings import Settings
from rnn_core.arrays import Array
from ui.apps.network import Network
from ui.apps.recommend.compute import Clicked, Known
from ui.apps.take import offer_answer
from ui.widgets.take_along.view_notebook import Shown, given


def take_session(
    network: Network[Settings], items: Sequence[str], clicks: Clicked, predicted: Array | None, known: Known
) -> None:
    """`items`: their names as the page shows them."""
    lines = (
        "from rnn_core.apps.recommend.baselines import AFTER_LAST, predictions\n"
        "from rnn_core.apps.recommend.process import beliefs\n\n"
        f"clicks = {clicks!r}\n"
        "session = np.array([clicks], dtype=np.int64).reshape(1, -1)"
    )
    shown = {
        "items": given(list(items)),
        "clicks": Shown(clicks, "clicks"),
        "best_possible": Shown(known.best, "beliefs(session).next_click[0, -1]"),
    }
    if predicted is not None:
        shown["probability"] = Shown(predicted, "reader.read(clicks).chances[-1]")
    if clicks:
        shown["followed_the_last_click"] = Shown(known.followed, "predictions(settings, session)[AFTER_LAST][0, -1]")
    offer_answer(network, lines, shown)
