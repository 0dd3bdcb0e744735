"""The bar of the sum: as wide as what each step adds, in both rows, with the place of what truncation has cut off."""

import numpy as np
import pytest

from rnn_core.studies.sequences import SequenceSetup
from rnn_core.studies.two_steps import two_steps
from ui.memory.bptt import compute
from ui.memory.bptt.figures import ribbons
from ui.memory.bptt.figures.ribbons import ADDS, TAKES, Lane
from ui.memory.bptt.lane import hand_chart, network_chart


def lane(adds: list[float], whole: list[float]) -> Lane:
    T = len(adds)
    some = np.ones(T)
    return Lane(np.ones((T + 1, 2)), some, np.ones(T + 1), some, some, np.array(adds), np.array(whole))


def widths(parts: list[ribbons.Segment], row: tuple[float, float]) -> dict[int, float]:
    return {step: right - left for step, at, (left, right) in parts if at == row}


def test_parts_are_as_wide_as_their_shares_and_do_not_overlap() -> None:
    found = ribbons._segments(lane([0.5, -0.25, 0.75], [0.5, -0.25, 0.75]))
    above, below = widths(found["kept"], ADDS), widths(found["kept"], TAKES)
    assert above[3] / above[1] == pytest.approx(1.5)
    assert below[2] / above[1] == pytest.approx(0.5)
    ends = [end for _step, row, places in found["kept"] if row == ADDS for end in places]
    assert ends == sorted(ends)
    assert found["lost"] == []


def test_what_truncation_cuts_off_keeps_its_place() -> None:
    whole = ribbons._segments(lane([0.5, -0.25, 0.75], [0.5, -0.25, 0.75]))
    cut = ribbons._segments(lane([0.0, 0.0, 0.75], [0.5, -0.25, 0.75]))
    assert {step for step, _row, _places in cut["lost"]} == {1, 2}
    for (step, row, places), (other, same_row, there) in zip(
        sorted([*cut["lost"], *cut["kept"]]), sorted(whole["kept"]), strict=True
    ):
        assert (step, row) == (other, same_row)
        assert places == pytest.approx(there)


def test_on_paper_the_numbers_and_the_sum_are_told() -> None:
    chart = hand_chart(two_steps(0.5))
    words = [text for trace in chart.figure.to_plotly_json()["data"] for text in trace.get("text", [])]
    for wanted in ("0.5 · 4 + 1 = <b>3</b>", "1 · 4 = <b>4</b>", "2 · 3 = <b>6</b>", "∂L/∂w = 4 + 6 = <b>10</b>"):
        assert wanted in words
    assert "together 10" in chart.alt.replace("<b>", "")
    assert "(−0.2) · 4" not in words
    negative = hand_chart(two_steps(-0.2)).figure.to_plotly_json()["data"]
    assert any("(−0.2)" in text for trace in negative for text in trace.get("text", []))


@pytest.mark.parametrize("form", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize(("steps", "behind"), [(2, 1), (12, 4), (24, 24)])
def test_the_sentence_says_what_truncation_cuts_off(form: str, steps: int, behind: int) -> None:
    setup = SequenceSetup(form, 3, steps, 0, "torch", signal="noise")  # type: ignore[arg-type]
    run = compute.run(setup, (steps,), behind)
    chart = network_chart(run)
    if behind == steps:
        assert chart.alt.startswith("Not truncated")
    else:
        assert f"{run.cut.lost / run.cut.whole:.0%}" in chart.alt
    assert len(chart.figure.layout.shapes) == len(run.cut.boundaries)


def test_a_gradient_of_zero_is_drawn() -> None:
    chart = network_chart(compute.run(SequenceSetup("rnn", 2, 5, signal="silence"), (5,), 5))
    assert chart.figure.data
