"""Trains the networks that ship with the applications, and measures them on test data.

python -m rnn_core.apps.make                      all of them (about half an hour on two cores)
python -m rnn_core.apps.make forecast             one application
python -m rnn_core.apps.make forecast gru         one variant of it
python -m rnn_core.apps.make --check forecast     trains again, and compares with the committed results
python -m rnn_core.apps.make --score forecast     measures the committed networks again, where the test data have changed
"""

import sys
import time
from dataclasses import replace
from typing import Any

from rnn_core.apps.application import Application
from rnn_core.apps.registry import APPLICATIONS
from rnn_core.apps.scores import Scores
from rnn_core.apps.trained import About, Trained, load_trained, save_trained
from rnn_core.learn.history import History
from rnn_core.learn.train import advance, start

# The relative difference that the scores of two trainings may have. Another processor rounds differently, and such
# differences grow in training; a score on 500 examples has a standard error of 0.015.
TOLERANCE = 0.03


def train(application: Application[Any], variant: str) -> Trained:
    settings = application.settings.shipped()[variant]
    began = time.process_time()  # processor time of one thread, which does not depend on other processes
    state, metrics = advance(start(settings), settings.budget, view=False)
    seconds = time.process_time() - began
    history = History(views=False)
    history.add(metrics)
    scores = application.scores(state)
    about = About(scores, round(seconds, 1), f"python -m rnn_core.apps.make {application.name} {variant}")
    return Trained(state, history.save(), about)


def scored_again(application: Application[Any], variant: str) -> Trained:
    old = load_trained(application.settings, variant)
    return replace(old, about=replace(old.about, scores=application.scores(old.state)))


def is_similar(new: Scores, old: Scores) -> bool:
    """Whether two trainings came out the same, each score within ALIKE of its size."""
    return all(abs(new[name] - value) <= TOLERANCE * abs(value) for name, value in old.items())


def main(arguments: list[str]) -> None:
    names = [argument for argument in arguments if not argument.startswith("--")]
    different = []
    for app in names[:1] or APPLICATIONS:
        application = APPLICATIONS[app]
        for variant in application.settings.shipped():
            if names[1:] and variant not in names[1:]:
                continue
            made = scored_again(application, variant) if "--score" in arguments else train(application, variant)
            print(f"{app}/{variant}: {made.about.seconds} s, {dict(made.about.scores)}", flush=True)
            if "--check" not in arguments:
                save_trained(variant, made)
            elif not is_similar(made.about.scores, load_trained(application.settings, variant).about.scores):
                different.append(f"{app}/{variant}")
    if different:
        sys.exit(f"not as committed: {', '.join(different)}")


if __name__ == "__main__":
    main(sys.argv[1:])
