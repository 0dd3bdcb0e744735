"""The stage of the page: the picture as the network reads it, its beliefs, its answer, and what happened in a sentence."""

from collections.abc import Sequence

import numpy as np

from rnn_core.apps.digits.pictures import DIGITS, SIDE
from rnn_core.apps.vision.calibration import group_of
from rnn_core.apps.vision.data import as_steps
from rnn_core.apps.vision.reader import DigitReading, StripReading
from rnn_core.apps.vision.settings import BLANK, Settings
from rnn_core.arrays import Array
from rnn_core.blocks.readout import softmax
from rnn_core.learn.state import RunState
from ui.apps.digit_drawing import PEN, digit_hint, no_network
from ui.apps.vision import compute
from ui.apps.vision.source import Shown, field_of
from ui.browser.paint import Answer, Board, Stream
from ui.figures.words import certainty
from ui.i18n import _
from ui.lab.comparison.names import cell_kind

NAMES = tuple(str(digit) for digit in range(DIGITS))


def empty_board(settings: Settings, shown: Shown) -> Board:
    """The picture alone: nothing is drawn yet, or no network is trained."""
    _key, size = field_of(settings)
    sentence = no_network() if shown.image is not None else ""
    return Board(size, PEN, *_asks(settings), shown.image, shown.is_own, sentence=sentence, covered=shown.covered)


def digit_board(state: RunState, settings: Settings, shown: Shown, reading: DigitReading) -> Board:
    temperature, _error = compute.calibrated(state)
    beliefs = softmax(reading.scores / temperature)
    first = softmax(compute.digit_reader(state).first_scores[None] / temperature)[0]
    share = float(beliefs[-1].max())
    _key, size = field_of(settings)
    return Board(
        size,
        PEN,
        *_asks(settings),
        reading.image,
        shown.is_own,
        order=_order(settings),
        stream=Stream(
            NAMES,
            beliefs,
            (reading.answer,),
            cell_kind(settings.cell),
            label=_("The prediction after each step"),
            after=_steps()[_unit(settings)],
            before=first,
        ),
        answer=_answer((reading.answer,), shown, share, _how_right(state, share, shown)),
        sentence=_course(settings, beliefs, share),
        covered=shown.covered,
    )


def strip_board(settings: Settings, shown: Shown, reading: StripReading, share: float) -> Board:
    """`share`: the probability of all paths that read as the answer does."""
    _key, size = field_of(settings)
    path = reading.scores.argmax(axis=1)
    blanks = float((path == BLANK).mean())
    sentence = _(
        "At {share} of the {frames} frames the likeliest output is the blank, nothing new. Repeats are merged, and blanks are dropped: **{digits}**."
    )
    return Board(
        size,
        PEN,
        *_asks(settings),
        reading.image,
        shown.is_own,
        stream=Stream(
            (*NAMES, "–"),
            reading.beliefs,
            tuple(sorted(set(reading.answer))),
            cell_kind(settings.cell),
            label=_("The prediction at each frame"),
            after=_("frame {step}"),
            across=True,
            blank=BLANK,
        ),
        answer=_answer(reading.answer, shown, share, _("All paths that read so have together this probability.")),
        sentence=sentence.format(share=f"{blanks:.0%}", frames=len(path), digits=spoken(reading.answer)),
    )


def spoken(digits: Sequence[int]) -> str:
    return "".join(map(str, digits)) or _("nothing")


def _asks(settings: Settings) -> tuple[str, str]:
    """The label of the pad, and what to draw on it."""
    if settings.task == "digit":
        return _("Draw a digit here"), digit_hint()
    hint = _("Draw up to five digits of about the same height side by side; they may touch.")
    return _("Draw up to five digits here"), hint


def _order(settings: Settings) -> tuple[int, ...]:
    """The pixel that is read at each place; () where they are read row by row."""
    if settings.order in ("rows", "pixels"):
        return ()
    places = np.arange(SIDE * SIDE, dtype=np.float64).reshape(1, SIDE, SIDE)
    return tuple(as_steps(places, settings.order).ravel().astype(int).tolist())


def _unit(settings: Settings) -> str:
    return settings.order if settings.order in ("rows", "columns") else "pixels"


def _steps() -> dict[str, str]:
    return {
        "rows": _("after row {step}"),
        "columns": _("after column {step}"),
        "pixels": _("after pixel {step}"),
    }


def _answer(answer: tuple[int, ...], shown: Shown, share: float, note: str) -> Answer:
    is_right = answer == shown.wanted
    verdict = ""
    if shown.wanted is not None:
        verdict = _("right") if is_right else _("wrong, it is {digits}").format(digits=spoken(shown.wanted))
    sure = _("{share} sure").format(share=certainty(share))
    return Answer(_("It predicts"), spoken(answer), sure, verdict, is_right, note)


def _how_right(state: RunState, share: float, shown: Shown) -> str:
    if shown.covered:
        return _("Its certainty was fitted on whole digits, not on covered ones.")
    group = group_of(compute.certainty(state), share)
    words = _("Of {count} unseen digits that it read with {low} to {high} certainty, {right} were right.")
    return words.format(count=group.pictures, low=f"{group.low:.0%}", high=f"{group.high:.0%}", right=group.right)


def _course(settings: Settings, beliefs: Array, share: float) -> str:
    """Since which step the network has predicted its answer, and what it predicted before."""
    best = beliefs.argmax(axis=1)
    others = np.flatnonzero(best != best[-1])
    unit = _unit(settings)
    if not len(others):
        words = {
            "rows": _("From the first row on it predicts **{digit}**, in the end with a probability of **{share}**."),
            "columns": _(
                "From the first column on it predicts **{digit}**, in the end with a probability of **{share}**."
            ),
            "pixels": _(
                "From the first pixel on it predicts **{digit}**, in the end with a probability of **{share}**."
            ),
        }[unit]
        return words.format(digit=best[-1], share=certainty(share))
    step = int(others[-1]) + 1
    words = {
        "rows": _(
            "Until row {step} it predicts **{old}**; row {next} turns it to **{digit}**, **{share}** in the end."
        ),
        "columns": _(
            "Until column {step} it predicts **{old}**; column {next} turns it to **{digit}**, **{share}** in the end."
        ),
        "pixels": _(
            "Until pixel {step} it predicts **{old}**; pixel {next} turns it to **{digit}**, **{share}** in the end."
        ),
    }[unit]
    return words.format(step=step, next=step + 1, old=best[others[-1]], digit=best[-1], share=certainty(share))
