"""The list of pages: their order, their place in the menu, their titles and their ideas in one line each."""

from functools import cache
from typing import Literal, NamedTuple

from ui.i18n import Language, _, language

Part = Literal["start", "cells", "memory", "lab", "apps"]


class PageInfo(NamedTuple):
    slug: str  # the address, and the name of the file in pages/
    part: Part
    icon: str


PAGES: tuple[PageInfo, ...] = (
    PageInfo("home", "start", ":material/home:"),
    PageInfo("rnn", "cells", ":material/replay:"),
    PageInfo("lstm", "cells", ":material/memory:"),
    PageInfo("gru", "cells", ":material/tune:"),
    PageInfo("compare", "cells", ":material/compare_arrows:"),
    PageInfo("states", "memory", ":material/grid_on:"),
    PageInfo("gates", "memory", ":material/sensor_door:"),
    PageInfo("bptt", "memory", ":material/undo:"),
    PageInfo("gradients", "memory", ":material/trending_down:"),
    PageInfo("clipping", "memory", ":material/content_cut:"),
    PageInfo("variants", "memory", ":material/account_tree:"),
    PageInfo("lab", "lab", ":material/science:"),
    PageInfo("runs", "lab", ":material/stacked_line_chart:"),
    PageInfo("experiments", "lab", ":material/experiment:"),
    PageInfo("text", "apps", ":material/edit_note:"),
    PageInfo("forecast", "apps", ":material/show_chart:"),
    PageInfo("sentiment", "apps", ":material/thumbs_up_down:"),
    PageInfo("speech", "apps", ":material/graphic_eq:"),
    PageInfo("recommend", "apps", ":material/shopping_cart:"),
    PageInfo("vision", "apps", ":material/draw:"),
    PageInfo("multimodal", "apps", ":material/quiz:"),
    PageInfo("translate", "apps", ":material/translate:"),
)
BY_SLUG = {page.slug: page for page in PAGES}


def title(slug: str) -> str:
    return _titles(language())[slug]


@cache
def _titles(_in: Language) -> dict[str, str]:
    return {
        "home": _("Home"),
        "rnn": _("RNN"),
        "lstm": _("LSTM"),
        "gru": _("GRU"),
        "compare": _("Compare"),
        "states": _("Hidden states over time"),
        "gates": _("Gates over time"),
        "bptt": _("Back-propagation through time"),
        "gradients": _("Vanishing and exploding gradients"),
        "clipping": _("Clipping and the cliff"),
        "variants": _("Variants"),
        "lab": _("Training lab"),
        "runs": _("Compare runs"),
        "experiments": _("Experiments"),
        "text": _("Text generation"),
        "forecast": _("Forecasting"),
        "sentiment": _("Sentiment"),
        "speech": _("Speech"),
        "recommend": _("Recommendation"),
        "vision": _("Reading pictures"),
        "multimodal": _("Pictures with questions"),
        "translate": _("Translation"),
    }


def idea(slug: str) -> str:
    """The page's idea in one sentence, below its title."""
    return _ideas(language())[slug]


@cache
def _ideas(_in: Language) -> dict[str, str]:
    return {
        "home": _("See how recurrent networks work, one number at a time."),
        "rnn": _("One state, rewritten at every step."),
        "lstm": _("A memory that only gates may touch."),
        "gru": _("One gate decides how much of the old state stays."),
        "compare": _("Three cells, one input, step by step."),
        "states": _("The state is all that is left of the past. See how fast it fades."),
        "gates": _("What a gate keeps at each step decides how long a memory lives."),
        "bptt": _("One weight, used at every step: its gradient is the sum of what each step adds."),
        "gradients": _("Why plain RNNs forget: one matrix, multiplied once for every step."),
        "clipping": _("One steep step can throw everything away. A shorter step keeps its direction."),
        "variants": _("The same cells, wired in other ways: who may read which state, and how the gradient gets home."),
        "lab": _("A network learns by its own gradient. Watch it happen, stop it anywhere, and change one thing."),
        "runs": _("One run is an anecdote. The same settings from several seeds begin to be a result."),
        "experiments": _("Guess what a change will do, then see what it did."),
        "text": _("It only says which character comes next. Let it read its own answer, and it writes."),
        "forecast": _("Say the next value, then read your own answer as if it were true."),
        "sentiment": _("The same words in another order can mean the opposite."),
        "speech": _("A word is a path through time. Say a digit, and watch the answer form."),
        "recommend": _("What will be clicked next? The last click says much, and those before it say more."),
        "vision": _("One row at a time, a picture becomes a sequence; and a line of digits needs no cutting."),
        "multimodal": _("Look and read, then answer: what neither says alone, both say together."),
        "translate": _("One state is a narrow door. Attention lets the decoder look back at every word."),
    }


def part_title(part: Part) -> str:
    return {
        "start": "",
        "cells": _("Inside the cell"),
        "memory": _("Memory and gradients"),
        "lab": _("Training lab"),
        "apps": _("Applications"),
    }[part]


def previous_page(slug: str) -> PageInfo | None:
    at = PAGES.index(BY_SLUG[slug])
    return PAGES[at - 1] if at > 0 else None


def next_page(slug: str) -> PageInfo | None:
    at = PAGES.index(BY_SLUG[slug])
    return PAGES[at + 1] if at + 1 < len(PAGES) else None
