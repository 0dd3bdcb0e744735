"""What visitors do in a lesson: look at pages, move dials, choose, train, lose the connection."""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import WebSocketException

from benchmarks.visits.measured import Waits
from benchmarks.visits.tab import Tab, Widget

SECONDS_BETWEEN_ACTIONS = 3.0
LESSON = (
    "",
    "rnn",
    "lstm",
    "gru",
    "compare",
    "gradients",
    "states",
    "gates",
    "bptt",
    "variants",
    "history",
    "glossary",
)
CELLS = ("rnn", "lstm", "gru", "compare")
VALUES_OF_A_DRAG = 5  # that a page which answers while its dial moves is asked for
TRAINED = "cell=lstm&clip=1&budget=1000000"
Action = Callable[[Tab, random.Random, Waits], Awaitable[None]]


@dataclass
class Visit:
    """One visitor."""

    tab: Tab
    waits: Waits
    chance: random.Random

    async def act_until(self, end: float, actions: dict[Action, float], every: float = SECONDS_BETWEEN_ACTIONS) -> None:
        """An action every few seconds, drawn by these weights. The first one comes at a random time of the first seconds."""
        next_at = time.monotonic() + self.chance.uniform(0, every)
        while next_at < end:
            await asyncio.sleep(max(0.0, next_at - time.monotonic()))
            (action,) = self.chance.choices(list(actions), list(actions.values()))
            await self.attempt(action(self.tab, self.chance, self.waits))
            next_at = max(next_at + every * self.chance.uniform(0.8, 1.2), time.monotonic())

    async def train_until(self, end: float) -> None:
        await self.attempt(_measured(self.tab.press("run"), self.waits, "press Train"))
        while time.monotonic() < end:
            await asyncio.sleep(self.tab.again[1] if self.tab.again else SECONDS_BETWEEN_ACTIONS)
            await self.attempt(_measured(self.tab.look_again(), self.waits, "look at a training run"))

    async def attempt(self, waiting: Awaitable[Any]) -> None:
        """Counts an error, and lets the visitor go on."""
        try:
            await waiting
        except (OSError, TimeoutError, WebSocketException, LookupError) as problem:
            self.waits.errors[f"{type(problem).__name__}: {problem}"] += 1
        for problem in self.tab.problems:
            self.waits.errors[problem] += 1
        self.tab.problems.clear()


async def step(_tab: Tab, _chance: random.Random, waits: Waits) -> None:
    """Step in a diagram, which sends no message."""
    waits.of["step (no message)"].append(0.0)


async def move_dial(tab: Tab, chance: random.Random, waits: Waits) -> None:
    """A cell page gets one message, where the dial rests; other pages are asked for a value as soon as they have answered the last."""
    movable = dials(tab)
    if not movable:
        return await change_page(tab, chance, waits)
    part, spec = chance.choice(movable)
    values = [new_value(spec, chance) for _ in range(VALUES_OF_A_DRAG if spec["asks_page"] else 1)]
    for value in values:
        kept = json.dumps({"moved": {"value": value, "at": int(1000 * time.time())}})
        part = tab.widgets[_key(part)]  # as the page's last run has made it
        await _measured(tab.set(part, WidgetState(json_value=kept)), waits, "dial")


async def choose(tab: Tab, chance: random.Random, waits: Waits) -> None:
    """A preset, or another option of a menu."""
    menus = [each for each in tab.widgets.values() if _options(each)]
    if not menus:
        return await change_page(tab, chance, waits)
    menu = chance.choice(menus)
    option = chance.choice(_options(menu))
    match menu.kind:
        case "bidi_component":
            await _measured(tab.trigger(menu, "chosen", option), waits, "choice")
        case "selectbox":
            await _measured(tab.set(menu, WidgetState(string_value=option)), waits, "choice")


async def change_page(tab: Tab, chance: random.Random, waits: Waits) -> None:
    await _measured(tab.go_to(chance.choice(LESSON) or "home"), waits, "page")


async def lose_connection(tab: Tab, _chance: random.Random, waits: Waits) -> None:
    await _measured(tab.reconnect(), waits, "reconnect")


EXPLORING: dict[Action, float] = {step: 4, move_dial: 8, choose: 4, change_page: 3, lose_connection: 0.2}
ON_CELL_PAGES: dict[Action, float] = {step: 2, move_dial: 1}


async def _measured(waiting: Awaitable[float], waits: Waits, kind: str) -> None:
    waits.add(kind, await waiting)


def dials(tab: Tab) -> list[tuple[Widget, dict[str, Any]]]:
    """The dials that can be moved, with their ranges: parts of their own, and the one in a cell's diagram."""
    found = []
    for key, part in tab.widgets.items():
        if part.kind == "bidi_component" and (key == "stepper" or key.startswith("dial_")):
            spec = part.data.get("dial") if key == "stepper" else part.data
            if spec and not spec["disabled"]:
                found.append((part, spec))
    return found


def new_value(spec: dict[str, Any], chance: random.Random) -> float:
    places = round((spec["high"] - spec["low"]) / spec["step"])
    value = spec["low"] + spec["step"] * chance.randint(0, places)
    return int(value) if spec["step"] == 1 else round(value, 9)


def _options(widget: Widget) -> list[str]:
    if widget.kind == "selectbox" and not widget.element.disabled:
        return list(widget.element.options)
    if widget.kind == "bidi_component" and _key(widget).startswith("thumbnails_"):
        return [each["name"] for each in widget.data["options"]]
    return []


def _key(widget: Widget) -> str:
    return widget.id.partition("ID-")[2].partition("-")[2]
