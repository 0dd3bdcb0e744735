"""Labels, values and networks as the page names them."""

from rnn_core.analysis.inside.labels import OWN
from rnn_core.analysis.inside.series_labels import OWN as OWN_RANGES
from rnn_core.apps.caption.inside import START
from rnn_core.apps.passages import CATEGORY, DIGIT, HIGH, INPUT, MOTION, QUESTION, SHAPE, SYMBOL, WORD, Opened
from rnn_core.apps.recommend.items import CATEGORIES_ZH
from ui.figures.motion_names import motion_names
from ui.i18n import _, language


def label_names() -> dict[str, str]:
    return {
        "inside quotation marks": _("inside quotation marks"),
        "inside brackets": _("inside brackets"),
        "brackets in brackets": _("brackets in brackets"),
        "start of a line": _("start of a line"),
        "late in a line": _("late in a line"),
        "indented line": _("indented line"),
        "deeply indented line": _("deeply indented line"),
        "inside a comment": _("inside a comment"),
        "capital letter": _("capital letter"),
        "word with a capital": _("word with a capital"),
        "end of a word": _("end of a word"),
        "vowel": _("vowel"),
        "digit": _("digit"),
        "space": _("space"),
        "punctuation": _("punctuation"),
        "end of a line of verse": _("end of a line of verse"),
        OWN: _("own pattern"),
        "rising": _("rising"),
        "above the value five steps ago": _("above the value five steps ago"),
        "in the upper half": _("in the upper half"),
        "in the highest fifth": _("in the highest fifth"),
        "in the lowest fifth": _("in the lowest fifth"),
        "a large change": _("a large change"),
        "just turned up": _("just turned up"),
        "just turned down": _("just turned down"),
        "first quarter of the season": _("first quarter of the season"),
        "second quarter of the season": _("second quarter of the season"),
        "third quarter of the season": _("third quarter of the season"),
        OWN_RANGES: _("own ranges"),
        "the review is positive": _("the review is positive"),
        "after a negation": _("after a negation"),
        "negation": _("negation"),
        "praising word": _("praising word"),
        "blaming word": _("blaming word"),
        "late in the sequence": _("late in the sequence"),
        "not in the vocabulary": _("not in the vocabulary"),
        "expensive item": _("expensive item"),
        "answers an earlier click": _("answers an earlier click"),
        "seen before in this session": _("seen before in this session"),
        "loud": _("loud"),
        "many a’s wait for their b": _("many a’s wait for their b"),
        "the last b is next": _("the last b is next"),
        "step with ink": _("step with ink"),
        "more ink than usual": _("more ink than usual"),
        "more ink on the left": _("more ink on the left"),
        "more ink at the top": _("more ink at the top"),
        "two strokes": _("two strokes in one step"),
        "between digits": _("between digits"),
        "ball in the right half": _("ball in the right half"),
        "ball in the lower half": _("ball in the lower half"),
        "ball moves right": _("ball moves right"),
        "ball moves down": _("ball moves down"),
        "ball turns clockwise": _("ball turns clockwise"),
        "ball turns anticlockwise": _("ball turns anticlockwise"),
        "ball close to a wall": _("ball close to a wall"),
        "the answer is yes": _("the answer is yes"),
        "the picture’s digit is even": _("the picture’s digit is even"),
        "a number has been read": _("a number has been read"),
        "the question is in English": _("the question is in English"),
        "place word": _("place word"),
        "size word": _("size word"),
        "colour word": _("colour word"),
        "form word": _("form word"),
        "a colour has been read": _("a colour has been read"),
        "a second shape has begun": _("a second shape has begun"),
    }


def label_name(label: str) -> str:
    """Also of the labels that carry a name of the data."""
    categories = CATEGORIES_ZH if language() == "zh" else {}
    for prefix, text, names in (
        (SYMBOL, _("symbol {name}"), {}),
        (CATEGORY, _("category {name}"), categories),
        (WORD, _("word {name}"), {}),
        (INPUT, _("input {name} is on"), {}),
        (HIGH, _("input {name} above its median"), {}),
        (DIGIT, _("digit {name}"), {}),
        (MOTION, _("motion: {name}"), motion_names()),
        (QUESTION, _("question: {name}"), question_names()),
        (SHAPE, _("in the picture: {name}"), shape_names()),
    ):
        if label.startswith(prefix):
            name = label.removeprefix(prefix)
            return text.format(name=names.get(name, shown_character(name)))
    return label_names()[label]


def value_names() -> dict[str, str]:
    return {
        "h": _("hidden state h"),
        "c": _("cell state c"),
        "input_gate": _("input gate i"),
        "forget_gate": _("forget gate f"),
        "candidate": _("candidate"),
        "output_gate": _("output gate o"),
        "reset_gate": _("reset gate r"),
        "update_gate": _("update gate z"),
    }


def text_names() -> dict[str, str]:
    return {
        "english-lstm": _("English, LSTM"),
        "english-gru": _("English, GRU"),
        "english-rnn-tanh": _("English, plain RNN"),
        "python-gru": _("Python code, GRU"),
        "chinese-lstm": _("Chinese poems, LSTM"),
    }


def shown_character(character: str) -> str:
    return {" ": "␣", "\n": "↵"}.get(character, character)


def sequence_title(title: str) -> str:
    return motion_names().get(title, title)


def answer_name(opened: Opened, answer: int) -> str:
    """An answer of a network in the page's language."""
    assert opened.answers is not None
    name = opened.answers.names[answer]
    names = {"yes": _("yes"), "no": _("no"), "positive": _("positive"), "negative": _("negative")}
    names |= {"neutral": _("neutral")}
    if name == START and opened.starts is not None:
        return _("the end")
    known = motion_names() | names if len(opened.answers.names) <= len(motion_names()) else {}
    if language() == "zh":
        known = known | dict(opened.passage.chinese)
    return known.get(name, shown_character(name))


def shape_names() -> dict[str, str]:
    return {
        "red": _("red"),
        "yellow": _("yellow"),
        "green": _("green"),
        "blue": _("blue"),
        "purple": _("purple"),
        "circle": _("circle"),
        "square": _("square"),
        "triangle": _("triangle"),
        "star": _("star"),
    }


def question_names() -> dict[str, str]:
    return {
        "equal": _("equal to"),
        "greater": _("greater than"),
        "less": _("less than"),
        "even": _("even?"),
        "odd": _("odd?"),
    }
