"""All exercises: their names, kinds and topics."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from rnn_core.studies.practice.goal_list import GOALS
from rnn_core.studies.practice.orders import MATCHES, ORDERS
from rnn_core.studies.practice.sketches import SKETCHES
from rnn_core.studies.practice.value_tasks import VALUE_TASKS

ExerciseKind = Literal["value", "goal", "sketch", "order"]


@dataclass(frozen=True)
class Entry:
    name: str
    kind: ExerciseKind
    page: str  # the page that teaches it


def _entries() -> tuple[Entry, ...]:
    return (
        *(Entry(task.name, "value", task.page) for task in VALUE_TASKS.values()),
        *(Entry(goal.name, "goal", goal.page) for goal in GOALS.values()),
        *(Entry(sketch.name, "sketch", sketch.page) for sketch in SKETCHES.values()),
        *(Entry(order.name, "order", order.page) for order in ORDERS.values()),
        *(Entry(match.name, "order", match.page) for match in MATCHES.values()),
    )


EXERCISES: Mapping[str, Entry] = MappingProxyType({entry.name: entry for entry in _entries()})
TOPICS = tuple(dict.fromkeys(entry.page for entry in EXERCISES.values()))
LARGEST_SEED = 9999
