"""The readers of a link's parameters, of short typed texts, and of requests over the preview socket."""

import base64
import json
import zlib
from collections.abc import Callable
from typing import Any

from rnn_core.analysis.inside.pattern import matches
from rnn_core.apps.caption.scenes import read_scene
from rnn_core.apps.finding.scenes import read_scene as read_digits
from rnn_core.apps.multimodal.questions import read_words, split_words, unknown_words
from rnn_core.apps.recommend.own import item_number
from rnn_core.apps.sentiment import words
from rnn_core.apps.text.settings import standard as text_settings
from rnn_core.apps.translate.own import OwnText, own_text, truths
from rnn_core.apps.translate.settings import standard as translate_settings
from rnn_core.lab.comparison import Comparison
from rnn_core.lab.ready import READY
from tests.outside.reader import Reader
from ui.apps.recommend import basket
from ui.apps.watch.own_path import unpacked
from ui.browser import previews
from ui.browser.previews import Slider
from ui.cells import setup as setups
from ui.cells.setup import CellSetup, Edit, SetupProblem
from ui.lab import settings as lab_settings
from ui.lab.comparison.names import short_names
from ui.memory.gates import intervention_text
from ui.memory.gradients import controls
from ui.memory.inside.series_compute import read_ranges
from ui.widgets.tours import shipped
from ui.widgets.tours.fields import TourProblem
from ui.widgets.tours.tour import pack, read_tour, unpack


class ReportedToReader(Exception):
    """A plain ValueError whose message is for the reader: the page shows it."""


LATCH = CellSetup("lstm", "latch")
EDITED = CellSetup("lstm", "latch", edits=(Edit("W_xf", 0, 2.0), Edit("b_f", 0, -1.5)))


def weights(text: str) -> object:
    return setups.params_of(CellSetup("lstm", "latch", edits=setups.unpack_edits(text, LATCH)))


def unpacked_weights(raw: bytes) -> object:
    return weights(base64.urlsafe_b64encode(zlib.compress(raw)).decode().rstrip("="))


def raw_weights() -> bytes:
    packed = setups.pack_edits(EDITED)
    return zlib.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))


def kept(text: str) -> object:
    try:
        found = intervention_text.from_text(text)
    except ValueError as problem:
        if "interventions in this link" not in str(problem):
            raise
        raise ReportedToReader from problem
    return [
        (intervention_text.in_words(each), intervention_text.to_core(each, cell, 3, 40))
        for each in found
        for cell in intervention_text.GATES
    ]


def comparison(text: str) -> object:
    found = Comparison.unpack(text)
    return found.pack(), found.runs(), short_names(found.settings), found.differences()


def lab_more(text: str) -> object:
    values = lab_settings.DEFAULTS | {"more": text}
    settings = lab_settings.settings_of(values)
    return lab_settings.without_widgets(values), lab_settings.values_of(settings)


def gradient_value(text: str) -> object:
    """Every value of that page's link, which falls back to its default at a ValueError of the kind that int and float raise."""

    def value(read: Callable[[str], Any]) -> object:
        try:
            return read(text)
        except ValueError:
            return None

    return {name: value(read) for name, read in controls._READ.items()}


def translated(text: str) -> object:
    found = {}
    for task in ("en-zh", "zh-en", "dates"):
        settings = translate_settings(task, "gru", True)
        own = own_text(text, settings)
        found[task] = own, truths(own.text if isinstance(own, OwnText) else text[:400], settings)
    return found


def question(text: str) -> object:
    split = split_words(text)
    return read_words(split), unknown_words(split)


def beginning(text: str) -> object:
    return {name: text_settings(name).corpus.encode(text) for name in ("english", "chinese", "python")}


def _seen(**values: float) -> None:
    """A page that draws nothing."""
    assert all(Slider(40, 1, 200).read(str(value)) == value for value in values.values())


VISITOR = previews._Visitor()
VISITOR.page = previews._Page(_seen, {"T": Slider(40, 1, 200)}, "en")
previews._visitors[VISITOR.token] = VISITOR


def asked_ahead(text: str) -> object:
    return previews.answer(VISITOR.token, text)


MORE = (
    '{"task":{"name":"copy","blanks":20,"symbols":4}}',
    '{"check_every":7}',
    '{"task":{"name":"latch","steps":30,"noise":0.2}}',
    '{"task":{"name":"adding","steps":30},"check_every":3}',
)

LINKS = (
    Reader("link: w", weights, (setups.pack_edits(EDITED),), (SetupProblem,), ("w",)),
    Reader("link: w, unpacked", unpacked_weights, (raw_weights(),), (SetupProblem,)),
    Reader(
        "link: numbers",
        lambda text: setups.parse_numbers(text, 2),
        ("1 2; 3 4", "0.5, -1, 2e-3, 4"),
        (SetupProblem,),
        ("xs",),
    ),
    Reader(
        "link: wave",
        lambda text: setups.parse_numbers(text, 1),
        ("1,2,3", ",".join(["0.25"] * 40)),
        (SetupProblem,),
        ("wave",),
    ),
    Reader(
        "link: kept",
        kept,
        ("f.all.21-30.0", "s.3.1-60~c.2.40.1.5", "z.1.2-3.0.5~h.1.4.-1"),
        (ReportedToReader,),
        ("kept",),
    ),
    Reader("link: list", comparison, tuple(each.pack() for each in READY.values()), enters=("list",)),
    Reader(
        "link: list, as values",
        lambda value: comparison(json.dumps(value)),
        tuple(json.loads(READY[name].pack()) for name in ("cells", "forget")),
        share=2.0,
    ),
    Reader("link: more", lab_more, MORE, enters=("more",)),
    Reader("link: more, as values", lambda value: lab_more(json.dumps(value)), tuple(map(json.loads, MORE)), share=2.0),
    Reader(
        "link: gradients", gradient_value, ("1.5", "100", "relu", "lstm"), enters=("kind", "size", "preset", "seed")
    ),
    Reader("link: clicks", basket._unpacked, ("0.13.14.0", "119.5"), enters=("clicks",)),
    Reader(
        "text to translate",
        translated,
        ("three hundred and forty-two", "三万六千五百零九", "march 9th, 1987", "342"),
        enters=("say_",),
    ),
    Reader(
        "a review",
        lambda text: words.write(words.read(text)),
        ("not at all boring, but can't be slow", "一点也不无聊，但是有点慢"),
        enters=("review_",),
        share=0.3,
    ),
    Reader(
        "a question on a picture",
        question,
        ("Is the digit greater than 5?", "这个数字是偶数吗"),
        enters=("typed_question",),
    ),
    Reader("a beginning", beginning, ("And God said", "明月"), enters=("begin_",), share=0.5),
    Reader("an item", item_number, ("camera", "Coffee  Beans", "帐篷"), enters=("item_typed",)),
    Reader(
        "a pattern",
        lambda pattern: matches(pattern, "In 1492 (or so) he sailed.\n" * 100),
        (r"\b[A-Z]\w*", r"\d{2,4}", r"\(([^)]*)\)|he"),
        enters=("pattern",),
        share=0.5,
    ),
    Reader("link: watch_path", unpacked, ("045080050085055090", "100100" * 12), enters=("watch_path",)),
    Reader("link: finding_scene", read_digits, ("7am1618", "4bl22309am4222"), enters=("finding_scene",)),
    Reader("link: scene", read_scene, ("0crl4sbs", "0xbs2xbl7xbs"), enters=("scene",)),
    Reader("marked ranges", read_ranges, ("10-25, 60-80", "1–3；7-9"), enters=("marked",)),
    Reader(
        "link: own_tour",
        lambda text: read_tour(unpack(text)),
        (pack((shipped.FOLDER / "rnn.toml").read_bytes()),),
        (TourProblem,),
        ("own_tour", "plan"),
        0.2,
    ),
    Reader("the socket", asked_ahead, ("T 30", "T 200"), enters=("ahead",)),
)
