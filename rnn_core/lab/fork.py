"""Continuing from a run's state with other settings: the network is kept, and whatever no longer fits is reset."""

import math
from dataclasses import replace

from safetensors.numpy import load, save

from rnn_core.errors import CoreError
from rnn_core.lab.settings import RunSettings, lab_settings
from rnn_core.learn.state import RunState
from rnn_core.learn.state_tensors import MOMENTS


def can_continue_with(state: RunState, settings: RunSettings) -> bool:
    """Whether `fork` accepts this state with these settings."""
    old = lab_settings(state)
    same_network = settings.cell == old.cell and settings.network_shapes() == old.network_shapes()
    return same_network and settings.budget > state.step


def fork(state: RunState, settings: RunSettings) -> RunState:
    """The same weights at the same step with new settings. The optimiser's state is kept if the new optimiser has the same."""
    old = lab_settings(state)
    if settings.cell != old.cell or settings.network_shapes() != old.network_shapes():
        raise CoreError(
            "settings", "a network of another shape", "the same cell, layers and sizes as the run it goes on from"
        )
    if settings.budget <= state.step:
        raise CoreError("budget", settings.budget, f"more than the {state.step} steps already made")
    tensors = load(state.tensors)
    if MOMENTS[settings.optimiser] != MOMENTS[old.optimiser]:
        tensors = {name: value for name, value in tensors.items() if name.startswith("network.")}
    # The best loss belongs to the old task, so the new task's patience must not use it.
    best = (state.best_loss, state.best_step) if settings.task == old.task else (math.inf, state.step)
    return replace(state, settings=settings, tensors=save(tensors), best_loss=best[0], best_step=best[1], ending=None)
