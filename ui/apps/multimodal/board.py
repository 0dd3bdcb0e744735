"""The stage of the page: the picture, the question word by word beside it, and the answer with what each input contributes."""

import numpy as np

from rnn_core.apps.multimodal.reader import Ablation, Reading
from rnn_core.apps.multimodal.settings import Settings
from ui.apps.digit_drawing import FIELD, PEN, digit_hint, no_network
from ui.apps.multimodal import compute
from ui.apps.multimodal.controls import Picture, Question
from ui.browser.paint import Answer, Board, Stream
from ui.figures.words import certainty
from ui.i18n import _
from ui.lab.comparison.names import cell_kind


def empty_board(shown: Picture) -> Board:
    sentence = no_network() if shown.image is not None else ""
    return Board(FIELD, PEN, _("Draw a digit here"), digit_hint(), shown.image, shown.is_own, sentence=sentence)


def board(settings: Settings, shown: Picture, asked: Question, reading: Reading, without: Ablation) -> Board:
    steps = step_names(reading, asked)
    names = (_("no"), _("yes"))
    return Board(
        FIELD,
        PEN,
        _("Draw a digit here"),
        digit_hint(),
        shown.image,
        shown.is_own,
        stream=Stream(
            names,
            np.stack([1.0 - reading.yes, reading.yes], axis=1),
            (int(reading.answer),),
            cell_kind(settings.cell),
            label=_("The prediction after each word"),
            after=_("after “{step}”"),
            steps=steps,
        ),
        answer=_answer(shown, asked, reading, without, names),
        sentence=_course(reading, steps, names),
    )


def step_names(reading: Reading, asked: Question) -> tuple[str, ...]:
    """A network that is given the picture alone reads one empty word instead."""
    return asked.words if len(reading.yes) == len(asked.words) else (_("no question"),) * len(reading.yes)


def _answer(shown: Picture, asked: Question, reading: Reading, without: Ablation, names: tuple[str, str]) -> Answer:
    def share(yes: float) -> float:
        return yes if reading.answer else 1.0 - yes

    known = compute.known_question(list(asked.words))
    verdict, is_right, notes = "", False, []
    if known is None:
        notes.append(_("This question is not from its grammar, so no answer to it was ever trained."))
    elif shown.digit is not None:
        is_right = known.asked.is_true_for(shown.digit) == reading.answer
        verdict = _("That is right.") if is_right else _("That is wrong.")
        if known.new_wording:
            notes.append(_("It was never trained on this wording."))
        if known.new_pair(shown.digit):
            notes.append(_("It was never asked this about this digit."))
    return Answer(
        _("It answers"),
        names[int(reading.answer)],
        _("{share} sure").format(share=certainty(share(without.both))),
        verdict,
        is_right,
        " ".join(notes),
        parts=(
            (_("mean picture"), share(without.no_picture)),
            (_("no question"), share(without.no_question)),
            (_("neither"), share(without.neither)),
        ),
        parts_title=_("This answer, with one input taken away:"),
    )


def _course(reading: Reading, steps: tuple[str, ...], names: tuple[str, str]) -> str:
    """Which word decided."""
    said = reading.scores > 0
    others = np.flatnonzero(said != said[-1])
    answer = names[int(said[-1])]
    if not len(others):
        return _("From the first word on the likelier answer is **{answer}**.").format(answer=answer)
    words = _("The word “{word}” decides: before it the likelier answer was **{old}**, with it **{answer}**.")
    return words.format(word=steps[int(others[-1]) + 1], old=names[int(not said[-1])], answer=answer)
