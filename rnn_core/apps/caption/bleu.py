"""How good sentences are: whether they are exactly right, and BLEU (Papineni et al. 2002)."""

import math
from collections import Counter
from collections.abc import Callable, Sequence

from rnn_core.apps.caption import data
from rnn_core.apps.caption.data import Part
from rnn_core.apps.caption.grammar import Words
from rnn_core.apps.caption.settings import MEASURES
from rnn_core.apps.scores import Scores

_LONGEST = 4  # words in a row


def bleu(written: Sequence[Words], right: Sequence[Words]) -> float:
    """BLEU of all sentences together, from 0 to 1.

    The geometric mean of four shares: of all runs of one, two, three and four words in the written sentences, how many are in the
    right sentence too. Sentences that are too short together are multiplied by exp(1 - right length / written length).
    """
    lengths = sum(map(len, written)), sum(map(len, right))
    logs = 0.0
    for n in range(1, _LONGEST + 1):
        common = total = 0
        for one, other in zip(written, right, strict=True):
            found = _runs(one, n)
            common += (found & _runs(other, n)).total()
            total += found.total()
        if not common:
            return 0.0
        logs += math.log(common / total) / _LONGEST
    return math.exp(logs + min(0.0, 1.0 - lengths[1] / lengths[0]))


def _runs(words: Words, n: int) -> Counter[Words]:
    return Counter(words[at : at + n] for at in range(len(words) - n + 1))


def scores_of(language: str, answers: Callable[[Part], Sequence[Words]]) -> Scores:
    exact, overlap, *others = (measure.name for measure in MEASURES)
    found = {part: answers(part) for part in data.TESTS}
    right = {part: data.sentences(data.held_out(part).scenes, language) for part in data.TESTS}
    shares = [
        sum(one == other for one, other in zip(found[part], right[part], strict=True)) / len(right[part])
        for part in data.TESTS
    ]
    return {exact: shares[0], overlap: bleu(found["test"], right["test"])} | dict(zip(others, shares[1:], strict=True))
