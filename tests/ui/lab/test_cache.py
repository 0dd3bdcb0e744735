"""What the lab keeps for all visitors is of the very task that is asked for, also where two tasks have the same fields."""

from collections import defaultdict
from dataclasses import asdict

import numpy as np

from rnn_core.lab.settings import RunSettings
from ui.lab.compute import baseline, before_training
from ui.lab.names import task_labels
from ui.lab.settings import task_of


def test_tasks_of_the_same_fields_have_their_own_examples_and_baselines() -> None:
    alike = defaultdict(list)
    for name in task_labels():
        task = task_of(name, 10)
        alike[repr(asdict(task))].append(task)
    assert max(map(len, alike.values())) > 1
    for tasks in alike.values():
        for task in tasks:
            view = before_training(RunSettings(task=task, hidden=8))
            assert view is not None
            assert np.shape(view.outputs)[1] == len(task.output_names)
            assert baseline(task) == task.baselines()[0].loss
