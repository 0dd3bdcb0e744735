"""A guess, before training, of the validation loss that the run will end with."""

from functools import cache

import numpy as np

from rnn_core.lab.tasks import Task
from ui.browser.dial import DialSpec, dial, dial_value
from ui.figures.words import number
from ui.i18n import _
from ui.lab.compute import LabRun, baseline
from ui.lab.figures.training import GUESS_INK
from ui.runs.training import Progress

LOWEST, HIGHEST = 1e-4, 2.0  # of the baseline
LEVELS = 60
NEAR = 1.1  # a smaller factor between guess and loss is close


@cache
def _losses(task: Task) -> tuple[float, ...]:
    """The losses that the dial offers, at equal distances on a logarithmic scale."""
    return tuple(float(f"{loss:.2g}") for loss in baseline(task) * np.geomspace(LOWEST, HIGHEST, LEVELS))


def _dial(task: Task) -> DialSpec:
    """At first it holds no guess, to the left of the smallest loss."""
    return DialSpec(
        _("Guess the final loss"),
        0,
        LEVELS,
        0,
        f"guess_{task.name.replace(' ', '_')}",
        ink=GUESS_INK,
        asks_page=True,
        help=_("Before you train: where will the validation loss end? The dashed line in the chart shows your guess."),
        names=(_("none"), *map(number, _losses(task))),
        in_link=False,
    )


def guess_dial(task: Task) -> None:
    dial(_dial(task))


def guessed(task: Task) -> float | None:
    """The loss that the visitor has guessed."""
    at = int(dial_value(_dial(task)))
    return _losses(task)[at - 1] if at else None


def guess_in_words(run: LabRun, progress: Progress) -> str:
    """How far off the guess was, for a run that has ended. Nothing without a guess."""
    guess, loss = guessed(run.settings.task), progress.held_out_loss
    if guess is None or not loss:
        return ""
    times = f"{max(loss / guess, guess / loss):.2g}"
    if float(times) < NEAR:
        said = _("The validation loss ended at {loss}: your guess of {guess} was close.")
    elif guess < loss:
        said = _("The validation loss ended at {loss}: your guess of {guess} was too low by a factor of {times}.")
    else:
        said = _("The validation loss ended at {loss}: your guess of {guess} was too high by a factor of {times}.")
    return said.format(loss=number(loss), guess=number(guess), times=number(float(times)))
