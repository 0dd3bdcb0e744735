"""The list of pages: their order, their place in the menu, their titles and their ideas in one line each."""

from functools import cache
from typing import Literal, NamedTuple

from ui.i18n import Language, _, language

Part = Literal["start", "cells", "memory", "lab", "apps", "after", "practice"]


class PageInfo(NamedTuple):
    slug: str  # the address, and the name of the file in pages/
    part: Part
    icon: str


PAGES: tuple[PageInfo, ...] = (
    PageInfo("home", "start", ":material/home:"),
    PageInfo("before", "cells", ":material/flag:"),
    PageInfo("rnn", "cells", ":material/replay:"),
    PageInfo("answer", "cells", ":material/output:"),
    PageInfo("lstm", "cells", ":material/memory:"),
    PageInfo("gru", "cells", ":material/tune:"),
    PageInfo("compare", "cells", ":material/compare_arrows:"),
    PageInfo("gates", "memory", ":material/sensor_door:"),
    PageInfo("bptt", "memory", ":material/undo:"),
    PageInfo("gradients", "memory", ":material/trending_down:"),
    PageInfo("states", "memory", ":material/grid_on:"),
    PageInfo("clipping", "memory", ":material/content_cut:"),
    PageInfo("lab", "lab", ":material/science:"),
    PageInfo("runs", "lab", ":material/stacked_line_chart:"),
    PageInfo("experiments", "lab", ":material/experiment:"),
    PageInfo("variants", "lab", ":material/account_tree:"),
    PageInfo("text", "apps", ":material/edit_note:"),
    PageInfo("forecast", "apps", ":material/show_chart:"),
    PageInfo("sentiment", "apps", ":material/thumbs_up_down:"),
    PageInfo("speech", "apps", ":material/graphic_eq:"),
    PageInfo("recommend", "apps", ":material/shopping_cart:"),
    PageInfo("vision", "apps", ":material/draw:"),
    PageInfo("multimodal", "apps", ":material/quiz:"),
    PageInfo("translate", "apps", ":material/translate:"),
    PageInfo("caption", "apps", ":material/image_search:"),
    PageInfo("watch", "apps", ":material/animation:"),
    PageInfo("finding", "apps", ":material/center_focus_strong:"),
    PageInfo("inside", "apps", ":material/troubleshoot:"),
    PageInfo("after", "after", ":material/update:"),
    PageInfo("history", "after", ":material/timeline:"),
    PageInfo("exercises", "practice", ":material/task_alt:"),
    PageInfo("worksheets", "practice", ":material/print:"),
    PageInfo("lesson", "practice", ":material/school:"),
    PageInfo("room", "practice", ":material/co_present:"),
    PageInfo("claims", "practice", ":material/gavel:"),
    PageInfo("frameworks", "practice", ":material/code:"),
    PageInfo("choose", "practice", ":material/alt_route:"),
    PageInfo("glossary", "practice", ":material/dictionary:"),
    PageInfo("reading", "practice", ":material/menu_book:"),
)
BY_SLUG = {page.slug: page for page in PAGES}


def title(slug: str) -> str:
    return _titles(language())[slug]


@cache
def _titles(_in: Language) -> dict[str, str]:
    return {
        "home": _("Home"),
        "before": _("Before the cell"),
        "rnn": _("RNN"),
        "answer": _("From state to answer"),
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
        "multimodal": _("Visual question answering"),
        "translate": _("Translation"),
        "caption": _("Image captioning"),
        "watch": _("Watching motion"),
        "finding": _("Finding digits"),
        "inside": _("Inside a trained network"),
        "after": _("One recurrence, many names"),
        "history": _("A line in time"),
        "exercises": _("Exercises"),
        "worksheets": _("Worksheets"),
        "lesson": _("For teachers"),
        "room": _("Room"),
        "claims": _("Claims, judged"),
        "frameworks": _("One network, three frameworks"),
        "choose": _("Which cell should I use?"),
        "glossary": _("Glossary"),
        "reading": _("Reading and questions"),
    }


def headline(slug: str) -> str:
    """What stands in large type at the top of the page."""
    return _("Draw a wave, and eight numbers carry it on.") if slug == "home" else title(slug)


def idea(slug: str) -> str:
    """The page's idea in one sentence, below its title."""
    return _ideas(language())[slug]


@cache
def _ideas(_in: Language) -> dict[str, str]:
    return {
        "home": _("See how recurrent networks work, one number at a time."),
        "before": _("Order, layers, states and the chain rule: all that the next pages need."),
        "rnn": _("One state, rewritten at every step."),
        "answer": _("Scores, probabilities, a loss, and a gradient that is prediction minus target."),
        "lstm": _("A memory that only gates can change."),
        "gru": _("One gate decides how much of the old state stays."),
        "compare": _("Three cells, one input, step by step."),
        "states": _("The state is all that is left of the past. See how fast it fades."),
        "gates": _("How much a gate keeps per step decides how long a memory lasts."),
        "bptt": _("Every step uses the same weight, so its gradient is a sum over all steps."),
        "gradients": _("Why plain RNNs forget: each step multiplies the gradient by the same matrix."),
        "clipping": _(
            "One huge gradient can undo the training so far. Clipping shortens the step and keeps its direction."
        ),
        "variants": _(
            "The same cells in other arrangements, which decide what each part reads and how far a gradient travels."
        ),
        "lab": _("Train a network, watch its gradient, stop at any step, and change one setting."),
        "runs": _("One run is an anecdote; the same settings from several seeds begin to be a result."),
        "experiments": _("Guess what a change will do, then see what it did."),
        "text": _("The network predicts the next character. Let it read its own prediction, and it writes."),
        "forecast": _("Predict the next value, then read the prediction as the next input."),
        "sentiment": _("The same words in another order can mean the opposite."),
        "speech": _("A spoken word is a sequence of sounds. Say a digit, and watch the prediction form."),
        "recommend": _("Which item is clicked next? The last click tells much, and the clicks before it add to that."),
        "vision": _("Read row by row, a picture is a sequence. With CTC, a line of digits needs no cutting."),
        "multimodal": _("A picture and a question about it: a good answer needs both."),
        "translate": _("One state is a bottleneck. Attention lets the decoder look back at every symbol."),
        "caption": _("A network describes your scene, and attention shows where it looks at each word."),
        "watch": _("The order of the frames tells how the ball moves. Then the network goes on alone."),
        "finding": _("A few glimpses find the digits: the state knows where the network has looked."),
        "inside": _("Find what a unit knows, change it, and see whether the network used it."),
        "after": _("Where a state changes linearly, all its steps can be computed in parallel."),
        "history": _("From 1982 to 2024: one idea per entry, where to try it, and its exact reference."),
        "exercises": _("Compute, set, sketch and order: every answer is checked against the numbers that you see."),
        "worksheets": _("One training step on paper, forward and backward, with its solutions."),
        "lesson": _("Lesson plans with questions, links for a class, and homework that is checked."),
        "room": _("Ask your class, hide the answers until all have thought, and reveal them together."),
        "claims": _("37 sentences from popular tutorials. Vote, then see each of them computed."),
        "frameworks": _("The same numbers from NumPy, PyTorch and Keras, and the differences that cause mistakes."),
        "choose": _("Three questions, an answer, and the numbers behind it."),
        "reading": _("Questions of beginners, routes for a week and a month, and what to take from each paper."),
        "glossary": _("The terms of the field in both languages, with the pages where each can be seen."),
    }


def part_title(part: Part) -> str:
    return {
        "start": "",
        "cells": _("Inside the cell"),
        "memory": _("Memory and gradients"),
        "lab": _("Training lab"),
        "apps": _("Applications"),
        "after": _("After the LSTM"),
        "practice": _("Practice and reference"),
    }[part]


def previous_page(slug: str) -> PageInfo | None:
    at = PAGES.index(BY_SLUG[slug])
    return PAGES[at - 1] if at > 0 else None


def next_page(slug: str) -> PageInfo | None:
    at = PAGES.index(BY_SLUG[slug])
    return PAGES[at + 1] if at + 1 < len(PAGES) else None
