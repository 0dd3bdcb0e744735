"""A tour as a TOML text, which `read_tour` reads: how a lesson plan is saved and travels in a link."""

import json
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from ui.widgets.tours.ask import Ask, Sketch
from ui.widgets.tours.fields import Words
from ui.widgets.tours.tour import Goal, Step, Tour


def write_tour(tour: Tour) -> bytes:
    lines = [*_words(tour.title), *_minutes(tour.minutes)]
    for step in tour.steps:
        lines += ["", "[[steps]]", *_step(step)]
    return ("\n".join(lines) + "\n").encode()


def view_of(step: Step) -> str:
    """The step's view as a link of the app without its address."""
    return f"{step.page}?{urlencode(step.query)}" if step.query else step.page


def _step(step: Step) -> Iterator[str]:
    yield f"view = {_text(view_of(step))}"
    if step.target != "stage":
        yield f"target = {_text(step.target)}"
    yield from _words(step.text)
    yield from _minutes(step.minutes)
    if step.hide:
        yield "hide = true"
    if step.note.by_language:
        yield f"note = {_table(step.note)}"
    if step.goal:
        yield f"goal = {_goal(step.goal)}"
    if step.ask:
        yield from _ask(step.ask)


def _ask(ask: Ask) -> Iterator[str]:
    yield "[steps.ask]"
    yield from _words(ask.text)
    if ask.answers:
        right = [", right = true" if at == ask.right else "" for at in range(len(ask.answers))]
        tables = [f"{{ {_pairs(words)}{mark} }}" for words, mark in zip(ask.answers, right, strict=True)]
        yield f"answers = [{', '.join(tables)}]"
    if ask.number:
        numbers = {"right": ask.number.right, "within": ask.number.within}
        yield f"number = {_numbers(numbers)}"
    if ask.items:
        yield f"items = [{', '.join(map(_table, ask.items))}]"
    if ask.sketch:
        yield f"sketch = {_sketch(ask.sketch)}"
    if ask.reason.by_language:
        yield f"reason = {_table(ask.reason)}"


def _numbers(found: Mapping[str, float | None]) -> str:
    given = [f"{name} = {value!r}" for name, value in found.items() if value is not None]
    return f"{{ {', '.join(given)} }}"


def _sketch(sketch: Sketch) -> str:
    fields = [f"x = {list(sketch.x)}", f"y = {list(sketch.y)}"]
    names = {"x_name": sketch.x_name, "y_name": sketch.y_name}
    fields += [f"{name} = {_table(words)}" for name, words in names.items() if words.by_language]
    return f"{{ {', '.join(fields)} }}"


def _goal(goal: Goal) -> str:
    fields = [f"setting = {_text(goal.setting)}"]
    if goal.value is not None:
        fields.append(f"value = {_text(goal.value)}")
    bounds = {"least": goal.least, "most": goal.most}
    fields += [f"{name} = {bound!r}" for name, bound in bounds.items() if bound is not None]
    return f"{{ {', '.join(fields)} }}"


def _minutes(minutes: int | None) -> list[str]:
    return [] if minutes is None else [f"minutes = {minutes}"]


def _words(words: Words) -> list[str]:
    return [f"{language} = {_text(text)}" for language, text in words.by_language]


def _pairs(words: Words) -> str:
    return ", ".join(_words(words))


def _table(words: Words) -> str:
    return f"{{ {_pairs(words)} }}"


def _text(text: str) -> str:
    """TOML's basic strings have JSON's escapes."""
    return json.dumps(text, ensure_ascii=False)
