"""What the page that compares runs gives to take along: every evaluation of every run, and the runs as a notebook."""

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from rnn_core.lab.comparison import Comparison
from rnn_core.lab.outcomes import COLUMNS, Outcome
from rnn_core.lab.settings import RunSettings
from ui.lab.comparison.names import short_names
from ui.lab.comparison.notebook import notebook
from ui.widgets.take_along.offers import Offer, offer


def take_comparison(comparison: Comparison, outcomes: Mapping[RunSettings, Sequence[Outcome]]) -> None:
    """A row for each evaluation. The notebook trains the runs again; the last digits follow the processor."""
    names = short_names(comparison.settings)
    runs = [(at, run) for at, each in enumerate(comparison.settings) for run in outcomes.get(each, ())]
    numbers = {}
    if runs:
        numbers = {
            "settings": np.array(names),
            "setting": np.concatenate([np.full(len(run.steps), at) for at, run in runs]),
            "seed": np.concatenate([np.full(len(run.steps), run.settings.seed) for _at, run in runs]),
            "step": np.concatenate([run.steps for _at, run in runs]),
            **{column: np.concatenate([getattr(run, column) for _at, run in runs]) for column in COLUMNS},
        }
    offer(Offer(numbers, {"PyTorch": partial(notebook, comparison, names)}))
