"""The tasks, by name. They generate their data with NumPy only, so that the app's process can show them."""

from rnn_core.errors import CoreError, check_option
from rnn_core.lab.tasks.adding import Adding
from rnn_core.lab.tasks.base import Baseline, Batch, Task
from rnn_core.lab.tasks.characters import Characters
from rnn_core.lab.tasks.copying import Copying, VariableCopying
from rnn_core.lab.tasks.counting import Counting
from rnn_core.lab.tasks.latch import Latch
from rnn_core.lab.tasks.parity import Parity
from rnn_core.lab.tasks.sea import Sea
from rnn_core.lab.tasks.temporal_order import TemporalOrder
from rnn_core.lab.tasks.waves import Waves
from rnn_core.learn.fields import plain

__all__ = ["TASKS", "Baseline", "Batch", "Task", "task_from_plain", "task_to_plain"]

TASKS: dict[str, type[Task]] = {
    task.name: task
    for task in (
        Adding,
        Copying,
        VariableCopying,
        TemporalOrder,
        Parity,
        Counting,
        Latch,
        Waves,
        Sea,
        Characters,
    )
}


def task_to_plain(task: Task) -> dict[str, object]:
    return {"name": task.name, **plain(task)}


def task_from_plain(given: object) -> Task:
    if not isinstance(given, dict):
        raise CoreError("task", type(given).__name__, 'an object such as {"name": "adding", "steps": 50}')
    check_option("task: its name", given.get("name"), TASKS)
    options = {name: value for name, value in given.items() if name != "name"}
    return TASKS[given["name"]].from_plain(options, f"task {given['name']!r}")
