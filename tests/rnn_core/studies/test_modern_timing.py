"""The times of recurrences: what is compared computes the same, and where one becomes faster is read correctly."""

import torch

from rnn_core.studies.modern.contenders import contenders, kept_numbers
from rnn_core.studies.modern.timing import STEPS, Timing


def test_loop_and_scan_compute_the_same_and_attention_keeps_the_square_of_the_steps():
    torch.manual_seed(0)
    named = contenders(64)
    torch.testing.assert_close(named["loop"](), named["scan"](), rtol=1e-4, atol=1e-5)
    longer = contenders(256)
    assert kept_numbers(longer["attention"]) > 8 * kept_numbers(named["attention"])
    assert kept_numbers(longer["loop"]) < 5 * kept_numbers(named["loop"])


def test_one_is_faster_from_the_last_crossing_on():
    found = Timing(1, {"scan": (2.0, 1.0, 3.0, 4.0), "loop": (1.0, 2.0, 4.0, 9.0), "same": (1.0, 2.0, 4.0, 9.0)}, {})
    assert found.faster_from("scan", "loop") == STEPS[1]
    assert found.faster_from("loop", "scan") is None
    assert found.faster_from("loop", "same") is None
