"""What a network answers after each step of a sequence, what explains the answer, and what a change does to it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.analysis.inside import saliency
from rnn_core.analysis.inside.answers import LastState, ablated_answers, answers_along, states_with
from rnn_core.analysis.inside.changes import Change
from rnn_core.analysis.inside.context import ContextLoss, answers_by_context, by_length
from rnn_core.analysis.inside.saliency import Explained, Saliency
from rnn_core.apps.passages import Answers, Opened, handing_on
from rnn_core.arrays import Array

MOVED_OVER, CHANGED_OVER = 40, 80  # sequences of the part that measures
CONTEXTS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)  # steps
NODES = 24


@dataclass(frozen=True)
class Roads:
    """After each step (T, A): the shares of the answers, as they are and with a change."""

    before: Array
    after: Array

    @property
    def first(self) -> int:
        """The answer at the end, as it is."""
        return best(self.before[-1])

    @property
    def second(self) -> int:
        """The same with the change."""
        return best(self.after[-1])


@dataclass(frozen=True)
class Everywhere:
    """Over some sequences: how many last answers change, and how many are right before and after."""

    sequences: int
    changed: float
    right_before: float  # NaN where the data have no right answers
    right_after: float


def best(shares: Array) -> int:
    return int(shares.argmax())


def steps_of(opened: Opened, sequence: int) -> slice:
    return slice(int(opened.passage.starts[sequence]), int(opened.passage.ends[sequence]))


def measured(opened: Opened, most: int) -> range:
    """The first sequences of the part that measures."""
    first = opened.passage.sequence_of(opened.passage.first)
    return range(first, min(len(opened.passage.ends), first + most))


def states_of(opened: Opened, sequence: int, changes: Sequence[Change] = ()) -> Array:
    inputs = opened.passage.inputs[steps_of(opened, sequence)]
    return states_with(opened.network, inputs, changes, opened.h_0(sequence))


def shares_along(opened: Opened, answers: Answers, sequence: int, changes: Sequence[Change] = ()) -> Array:
    """(T, A)"""
    return answers.shares(answers_along(answers.head(sequence), states_of(opened, sequence, changes)))


def roads(opened: Opened, answers: Answers, sequence: int, changes: Sequence[Change]) -> Roads:
    return Roads(*(shares_along(opened, answers, sequence, each) for each in ((), changes)))


def everywhere(opened: Opened, answers: Answers, changes: Sequence[Change]) -> Everywhere:
    chosen = measured(opened, CHANGED_OVER)
    found = np.array(
        [
            [best(answers.shares(answers.head(each).scores(states_of(opened, each, made)))) for made in ((), changes)]
            for each in chosen
        ]
    )
    changed = float((found[:, 0] != found[:, 1]).mean())
    if not answers.right:
        return Everywhere(len(chosen), changed, np.nan, np.nan)
    right = np.array([answers.right[each] for each in chosen])
    return Everywhere(len(chosen), changed, *(float((each == right).mean()) for each in found.T))


def moved_by(opened: Opened, value: str, held: Array) -> Array:
    """(H,) how much of the probability moves to other answers at the end if a unit is held at `held` (H,), on average. Of numbers: the
    root mean square change in standard deviations."""
    answers = opened.answers
    assert answers is not None
    rows = np.array(
        [
            answers.shares(
                ablated_answers(
                    opened.network,
                    answers.head(each),
                    opened.passage.inputs[steps_of(opened, each)],
                    value,
                    held,
                    opened.h_0(each),
                )
            )
            for each in measured(opened, MOVED_OVER)
        ]
    )  # (N, H + 1, A)
    changes = rows[:, :-1] - rows[:, -1:]
    if answers.output == "identity":
        spread = max(1e-12, float(rows[:, -1].std()))
        return np.asarray(np.sqrt((changes**2).mean(axis=(0, 2))) / spread)
    return np.asarray(np.abs(changes).sum(axis=2).mean(axis=0) / 2)


def state_distance(opened: Opened, sequence: int, changes: Sequence[Change]) -> Array:
    """(T,) how far a change moves the state, as a share of the state's norm."""
    before, after = (states_of(opened, sequence, each) for each in ((), changes))
    norms = np.maximum(1e-12, np.linalg.norm(before, axis=1))
    return np.asarray(np.linalg.norm(after - before, axis=1) / norms)


def explain_answer(opened: Opened, answers: Answers, step: int, answer: int) -> Saliency:
    """What the answer after a step looks back at: its log probability, or the score of one of two answers, or a number."""
    if answers.output == "softmax":
        wanted = Explained(output=answer)
    else:
        outputs = opened.network.outputs if answers.output == "identity" else 1
        weights = np.zeros(outputs)
        weights[0 if answers.output == "sigmoid" else answer] = (
            -1.0 if answers.output == "sigmoid" and not answer else 1.0
        )
        wanted = Explained(weights)
    return _saliency(opened, step, wanted, answers)


def explain_unit(opened: Opened, step: int, unit: int) -> Saliency:
    """What the unit's hidden state after a step looks back at."""
    return _saliency(opened, step, Explained(np.eye(opened.network.hidden_size)[unit]), None)


def _saliency(opened: Opened, step: int, wanted: Explained, answers: Answers | None) -> Saliency:
    read = opened.passage
    sequence = read.sequence_of(step)
    start = max(int(read.starts[sequence]), step + 1 - saliency.LONGEST)
    head = LastState(handing_on(opened.network.layers)) if answers is None else answers.head(sequence)
    return saliency.saliency(opened.network, read.inputs[start : step + 1], wanted, NODES, head, opened.h_0(sequence))


def context_of(opened: Opened) -> ContextLoss:
    """The loss of the answers at the end against the last steps that were read, over some sequences: see `context_loss`. Without an
    answer: how far the state is from that after the whole sequence, as a share of its norm."""
    chosen, whole = measured(opened, MOVED_OVER), longest_of(opened)
    lengths = (*(length for length in CONTEXTS if length < whole), whole)
    answers = opened.answers
    rows = []
    for each in chosen:
        head = LastState(handing_on(opened.network.layers)) if answers is None else answers.head(each)
        inputs = opened.passage.inputs[steps_of(opened, each)]
        scores = answers_by_context(opened.network, head, inputs, lengths, opened.h_0(each))
        rows.append(scores if answers is None else answers.shares(scores))
    found = np.array(rows)  # (N, n, A)
    return by_length(lengths, context_loss(found, answers, chosen).T)


def longest_of(opened: Opened) -> int:
    chosen = measured(opened, MOVED_OVER)
    return int(max(opened.passage.ends[each] - opened.passage.starts[each] for each in chosen))


def context_loss(found: Array, answers: Answers | None, chosen: Sequence[int]) -> Array:
    """(N, n) of shares or numbers (N, n, A). With right answers: the bits of the right one. With other answers: the bits by which the
    shares miss those after the whole sequence (Kullback-Leibler divergence). Of numbers: the distance in standard deviations."""
    last = found[:, -1:]
    if answers is None:
        return np.asarray(np.linalg.norm(found - last, axis=2) / np.maximum(1e-12, np.linalg.norm(last, axis=2)))
    if answers.output == "identity":
        return np.asarray(np.sqrt(((found - last) ** 2).mean(axis=2)) / max(1e-12, float(last.std())))
    logs = np.log2(np.maximum(found, 1e-12))
    if answers.right:
        right = np.array([answers.right[each] for each in chosen])
        return np.asarray(-logs[np.arange(len(chosen)), :, right])
    return np.asarray((last * (logs[:, -1:] - logs)).sum(axis=2))
