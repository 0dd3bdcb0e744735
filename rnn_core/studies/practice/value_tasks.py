"""The exercises in which one number is computed, with their topics. The numbers follow from a seed."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from rnn_core.arrays import Cell
from rnn_core.studies.practice.values import ValueExercise, ValueTask, make_exercise

RELU, PEEPHOLE, COUPLED, BEFORE = (
    {"activation": "relu"},
    {"variant": "peephole"},
    {"variant": "coupled"},
    {"reset": "before"},
)


def _task(name: str, page: str, cell: Cell, asked: str, step: int | None = 2, **options: Any) -> ValueTask:
    return ValueTask(name, page, cell, asked, step, **options)


_TASKS = (
    _task("rnn_sum", "rnn", "rnn", "pre"),
    _task("rnn_state", "rnn", "rnn", "hs"),
    _task("rnn_relu", "rnn", "rnn", "hs", form=RELU),
    _task("rnn_two_steps", "rnn", "rnn", "hs", sizes=(1, 1, 2), hidden=("hs",)),
    _task("lstm_forget", "lstm", "lstm", "forget_gate"),
    _task("lstm_input", "lstm", "lstm", "input_gate"),
    _task("lstm_candidate", "lstm", "lstm", "candidate"),
    _task("lstm_output", "lstm", "lstm", "output_gate"),
    _task("lstm_cell", "lstm", "lstm", "cs"),
    _task("lstm_hidden", "lstm", "lstm", "hs", hidden=("tanh_c",)),
    _task("lstm_cell_and_hidden", "lstm", "lstm", "hs", hidden=("tanh_c", "cs")),
    _task("lstm_peephole", "variants", "lstm", "forget_gate", form=PEEPHOLE),
    _task("lstm_coupled", "variants", "lstm", "cs", form=COUPLED, hidden=("input_gate",)),
    _task("gru_reset", "gru", "gru", "reset_gate"),
    _task("gru_update", "gru", "gru", "update_gate"),
    _task("gru_candidate_after", "gru", "gru", "candidate", hidden=("reset_h", "candidate_h"), sizes=(1, 2, 3)),
    _task("gru_candidate_before", "variants", "gru", "candidate", form=BEFORE, hidden=("reset_h",), sizes=(1, 2, 3)),
    _task("gru_state", "gru", "gru", "hs"),
    _task("rnn_back_state", "bptt", "rnn", "dhs", 1),
    _task("rnn_back_sum", "bptt", "rnn", "dpre"),
    _task("rnn_back_sum_relu", "bptt", "rnn", "dpre", form=RELU),
    _task("rnn_back_input", "bptt", "rnn", "dxs"),
    _task("rnn_back_weight", "bptt", "rnn", "dW_hh", None),
    _task("rnn_back_input_weight", "bptt", "rnn", "dW_xh", None),
    _task("rnn_back_bias", "bptt", "rnn", "db_h", None),
    _task("rnn_back_two_steps", "gradients", "rnn", "dhs", 1, sizes=(1, 1, 2), hidden=("dhs", "dpre")),
    _task("rnn_back_three_steps", "gradients", "rnn", "dhs", 0, sizes=(1, 1, 2), hidden=("dhs", "dpre")),
    _task("lstm_back_cell", "gradients", "lstm", "dcs", hidden=("dcs_through_forget",)),
    _task("lstm_back_through_output", "bptt", "lstm", "dcs_through_output", hidden=("dtanh_c",)),
    _task("lstm_back_forget", "gates", "lstm", "dforget_gate"),
    _task("lstm_back_forget_sum", "gates", "lstm", "dforget_gate_pre", hidden=("dforget_gate",)),
    _task("lstm_back_candidate", "gates", "lstm", "dcandidate_pre", hidden=("dcandidate",)),
    _task("lstm_back_weight", "bptt", "lstm", "dW_hf", None),
    _task("gru_back_state", "gradients", "gru", "dhs_through_carry", 1),
    _task("gru_back_update", "gates", "gru", "dupdate_gate"),
    _task("gru_back_candidate", "gates", "gru", "dcandidate_pre", hidden=("dcandidate",)),
)
VALUE_TASKS: Mapping[str, ValueTask] = MappingProxyType({task.name: task for task in _TASKS})


@lru_cache(maxsize=256)
def value_exercise(name: str, seed: int) -> ValueExercise:
    return make_exercise(VALUE_TASKS[name], seed)
