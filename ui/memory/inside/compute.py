"""Cached results of looking into a network."""

from dataclasses import dataclass, replace

import numpy as np

from rnn_core.analysis.inside import changes, context, labels, ranking, saliency
from rnn_core.analysis.inside.activations import activations
from rnn_core.analysis.inside.answers import LastState
from rnn_core.analysis.inside.network import Network, Symbols
from rnn_core.analysis.inside.ranking import Finding, Gram, Ranked, Values
from rnn_core.apps.forecast.settings import Settings as ForecastSettings
from rnn_core.apps.look_inside import network_of_run
from rnn_core.apps.opened import opened
from rnn_core.apps.registry import APPLICATIONS
from rnn_core.apps.tensors import settings_of
from rnn_core.apps.text.settings import Settings as TextSettings
from rnn_core.arrays import Array, Mask
from rnn_core.errors import CoreError
from rnn_core.formats.state_dict import open_state_dict
from rnn_core.formats.state_layout import Layout
from rnn_core.lab.settings import KINDS
from rnn_core.learn import runfile
from rnn_core.learn.state import RunState
from ui.cache.kept import kept, kept_for_visitor
from ui.cache.read_only import make_read_only
from ui.cache.shipped import shipped

CHOSEN_ON, MEASURED_ON = 8_000, 12_000  # characters of the validation part, and at the beginning of the test part
CHOSEN_OF_OWN = 20_000  # characters of a visitor's text
LONGEST = 100_000  # characters that are shown
ABLATED_ON = 600  # characters of the test part
CONTEXTS = (1, 2, 4, 8, 16, 32, 64)  # characters
LOOKED_BACK = 60  # characters before a prediction


@dataclass(frozen=True)
class Subject:
    """A network that predicts characters, and two texts on which it was not trained: the first decides, the beginning of the
    second measures, and all of the second is shown."""

    network: Network
    first: str
    second: str
    first_symbols: Symbols
    second_symbols: Symbols


@dataclass(frozen=True)
class Spread:
    """Of each unit over all that is shown."""

    mean: Array  # (H,)
    deviation: Array  # (H,)


@dataclass(frozen=True)
class Pass:
    """A network's units over both texts."""

    first: Values  # (H, T)
    second: Values
    spread: Spread  # of the second
    ranks: tuple[Ranked, Ranked]  # of the second text, where it measures
    gram: Gram


@dataclass(frozen=True)
class Units:
    subject: Subject
    value: str
    run: Pass
    findings: tuple[Finding, ...]
    untrained: tuple[Finding, ...]
    marks: tuple[tuple[str, Mask], ...]  # of every label over the second text

    @property
    def network(self) -> Network:
        return self.subject.network


def subject_of(settings: TextSettings) -> Subject:
    """A text model that ships."""
    trained = shipped(settings)
    if trained is None:
        raise CoreError("settings", settings, "those of a network that ships")
    return _subject_of_run(trained.state)


def _subject_of_run(state: RunState) -> Subject:
    settings = settings_of(state, TextSettings)
    if settings.merges:
        raise CoreError("network", "one that reads word pieces", "one that reads characters: each has a colour here")
    corpus, parts = settings.corpus, settings.parts
    return Subject(
        network_of_run(state),
        parts.validation[:CHOSEN_ON],
        parts.test[:LONGEST],
        corpus.validation[:CHOSEN_ON],
        corpus.test[:LONGEST],
    )


@kept(2)
def units(settings: TextSettings, value: str) -> Units:
    return make_read_only(units_of(subject_of(settings), value))


@kept_for_visitor(4)
def units_with(settings: TextSettings, value: str, pattern: str) -> Units:
    """The same with the visitor's own label; the passes are not made again."""
    return make_read_only(with_pattern(units(settings, value), pattern))


def units_of(subject: Subject, value: str) -> Units:
    """The passes over both texts, trained and untrained, and every label."""
    known = {name: both for name, both in labels.labels((subject.first, subject.second)).items() if _measure(both)}
    if not known:
        raise CoreError("text", "a text in which no label holds often enough", "a longer text, with words or code")
    run, null = _pass(subject.network, subject, value), _untrained(subject, value)
    trained, untrained = (tuple(_finding(name, each, both) for name, both in known.items()) for each in (run, null))
    return Units(subject, value, run, trained, untrained, tuple((name, both[1]) for name, both in known.items()))


def with_pattern(found: Units, pattern: str) -> Units:
    subject = found.subject
    both = tuple(labels.label(labels.OWN, text, pattern) for text in (subject.first, subject.second))
    if not _measure(both):
        raise CoreError(
            "pattern", "one that matches almost nothing, or almost everything, in this text", "another pattern"
        )
    own, null = (_finding(labels.OWN, each, both) for each in (found.run, _untrained(subject, found.value)))
    return replace(
        found,
        findings=(*found.findings, own),
        untrained=(*found.untrained, null),
        marks=(*found.marks, (labels.OWN, both[1])),
    )


def _measure(both: tuple[Mask, ...]) -> bool:
    """Whether a label holds often enough in what decides and in what measures."""
    return all(map(labels.is_measurable, (both[0], both[1][:MEASURED_ON])))


def _finding(name: str, run: Pass, both: tuple[Mask, ...]) -> Finding:
    marks = (both[0], both[1][:MEASURED_ON])
    return ranking.finding(name, run.gram, run.ranks, run.second[:, :MEASURED_ON], marks)


def _untrained(subject: Subject, value: str) -> Pass:
    """Of an untrained network, over what decides and what measures."""
    measured = replace(subject, second_symbols=subject.second_symbols[:MEASURED_ON])
    return _pass(subject.network.untrained(), measured, value)


def _pass(network: Network, subject: Subject, value: str) -> Pass:
    first, second = (
        activations(network, each, value).values for each in (subject.first_symbols, subject.second_symbols)
    )
    return Pass(
        first,
        second,
        spread_of(second),
        (ranking.ranked(first), ranking.ranked(second[:, :MEASURED_ON])),
        ranking.gram(first),
    )


@kept_for_visitor(2)
def own_network(data: bytes, layout: Layout, symbols: tuple[str, ...] | None) -> Network:
    """A visitor's network. Its arrays are read-only, like those of every kept result."""
    return make_read_only(open_state_dict(data).network(layout, symbols))


@kept_for_visitor(2)
def own_units(data: bytes, layout: Layout, symbols: tuple[str, ...] | None, text: str, value: str) -> Units:
    return make_read_only(units_of(subject_of_text(own_network(data, layout, symbols), text), value))


@kept_for_visitor(2)
def own_ablation(
    data: bytes, layout: Layout, symbols: tuple[str, ...] | None, text: str, value: str
) -> changes.Ablation:
    return make_read_only(ablation_of(subject_of_text(own_network(data, layout, symbols), text), value))


@kept_for_visitor(2)
def own_run(data: bytes) -> RunState:
    """A run that the lab or an application saved."""
    kinds = {**KINDS, **{name: application.settings.read for name, application in APPLICATIONS.items()}}
    return runfile.load(data, kinds)[0]


@kept_for_visitor(2)
def network_of(state: RunState) -> tuple[Network, bool]:
    """And whether its outputs can be compared with those of another program: text, numbers or symbols in, a linear readout."""
    if isinstance(state.settings, TextSettings | ForecastSettings):
        return make_read_only(network_of_run(state)), True
    found = opened(state)
    is_linear = found.answers is not None and isinstance(found.answers.head(0), LastState)
    return make_read_only(found.network), is_linear and found.starts is None


@kept_for_visitor(2)
def units_of_run(state: RunState, value: str) -> Units:
    return make_read_only(units_of(_subject_of_run(state), value))


@kept_for_visitor(2)
def ablation_of_run(state: RunState, value: str) -> changes.Ablation:
    return make_read_only(ablation_of(_subject_of_run(state), value))


def subject_of_text(network: Network, text: str) -> Subject:
    """A visitor's text: its beginning decides, the rest measures and is shown. Unknown characters are read as symbol 0."""
    known = {symbol: number for number, symbol in enumerate(network.symbols)}
    symbols = np.array([known.get(letter, 0) for letter in text], np.int64)
    cut = min(len(text) // 2, CHOSEN_OF_OWN)
    return Subject(network, text[:cut], text[cut : cut + LONGEST], symbols[:cut], symbols[cut : cut + LONGEST])


@kept(2)
def ablation(settings: TextSettings, value: str) -> changes.Ablation:
    return make_read_only(ablation_of(subject_of(settings), value))


def ablation_of(subject: Subject, value: str) -> changes.Ablation:
    return changes.ablate(subject.network, subject.second_symbols[:ABLATED_ON], value)


@dataclass(frozen=True)
class Texts:
    """What the network writes after the same beginning, and the bits it needs for the text that it reads."""

    before: str
    after: str
    bits_before: float
    bits_after: float


def changed_texts(subject: Subject, at: int, change: changes.Change, length: int) -> Texts:
    """The change holds while the network writes, and while it reads what really follows."""
    network, start = subject.network, max(0, at - LOOKED_BACK)
    beginning = subject.second_symbols[start : at + 1]
    follows = subject.second_symbols[at : at + 1 + length]
    state = changes.state_after(network, beginning[:-1]) if len(beginning) > 1 else None
    written = [
        "".join(network.symbols[symbol] for symbol in changes.write(network, beginning[-1:], length, each, start=state))
        for each in ((), (change,))
    ]
    bits = [float(changes.bits_with(network, follows, each, state).mean()) for each in ((), (change,))]
    return Texts(written[0], written[1], bits[0], bits[1])


def overwritten_texts(subject: Subject, at: int, other: str, length: int) -> Texts:
    """The same where the state after the beginning is replaced by the state after another text. The last character stays."""
    network, start = subject.network, max(0, at - LOOKED_BACK)
    beginning = subject.second_symbols[start : at + 1]
    known = {symbol: number for number, symbol in enumerate(network.symbols)}
    others = np.array([known.get(letter, 0) for letter in other], np.int64)
    follows = subject.second_symbols[at : at + 1 + length]
    states = [changes.state_after(network, each) if len(each) else None for each in (beginning[:-1], others)]
    written = [
        "".join(network.symbols[symbol] for symbol in changes.write(network, beginning[-1:], length, start=state))
        for state in states
    ]
    bits = [float(changes.bits_with(network, follows, (), state).mean()) for state in states]
    return Texts(written[0], written[1], bits[0], bits[1])


def looks_back(subject: Subject, at: int) -> tuple[str, saliency.Saliency]:
    """What explains the prediction of the character behind `at`, over the characters up to there."""
    start, output = max(0, at + 1 - LOOKED_BACK), int(subject.second_symbols[at + 1])
    wanted = saliency.explained(subject.network, output=output)
    return subject.second[start : at + 1], saliency.saliency(
        subject.network, subject.second_symbols[start : at + 1], wanted, nodes=12
    )


def context_loss(subject: Subject) -> context.ContextLoss:
    return context.loss_by_context(subject.network, subject.second_symbols, CONTEXTS, places=300)


def spread_of(values: Values) -> Spread:
    return Spread(values.mean(axis=1, dtype=np.float64), values.std(axis=1, dtype=np.float64))


def around_mean(values: Values, spread: Spread) -> Array:
    """(H, T) around each unit's mean, from -1 to 1 within three standard deviations."""
    mean, deviation = spread.mean[:, None], spread.deviation[:, None]
    return np.asarray(np.clip((values - mean) / (3 * deviation + 1e-12), -1.0, 1.0))


def shown_values(values: Values, unit: int, spread: Spread) -> Array:
    """(T,) of one unit."""
    own = Spread(spread.mean[unit : unit + 1], spread.deviation[unit : unit + 1])
    return np.asarray(around_mean(values[unit : unit + 1], own)[0])
