"""The lab's further curves: what plotly knows, what stands still, what is marked, and how a sample is made short."""

import numpy as np
import plotly.graph_objects as go

from rnn_core.lab.observe import observe
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks.characters import Characters
from rnn_core.lab.tasks.waves import Waves
from rnn_core.learn.history import Curves
from rnn_core.learn.train import start
from tests.charts import values
from ui.figures.marks import marked
from ui.lab.figures.run_lines import sizes_chart, success_chart, tensor_label, tensor_names
from ui.lab.figures.training import example_chart
from ui.lab.views import without_waits

COLUMNS = (
    "step",
    "loss",
    "measure",
    *(f"{what} layers.0.{kind}_l0" for what in ("update", "weight") for kind in ("bias_hh", "weight_hh")),
)
STEPS = np.column_stack([np.arange(1, 61), np.ones(60), np.linspace(-3, 0.5, 60), np.ones(60), np.ones(60)])
CHECKS = np.column_stack(
    [np.arange(0, 61, 20), *np.full((2, 4), 0.25), [0, 1, 2, 3], [0, 1, 1, 1], *np.full((2, 4), 2.0)]
)
CURVES = Curves(STEPS, CHECKS, COLUMNS)


def test_plotly_knows_every_setting() -> None:
    for chart in (success_chart(CURVES, 60, "sums"), sizes_chart(CURVES, tensor_names(CURVES), "update")):
        go.Figure(marked(chart, [(20, "here")]).figure.to_dict())


def test_success_ends_at_one_and_far_below_zero_is_not_drawn_to_scale() -> None:
    layout = success_chart(CURVES, 60, "sums").figure.to_dict()["layout"]
    assert layout["yaxis"]["range"] == [-1.04, 1.04]
    assert (
        layout["xaxis"]["range"][1] == success_chart(CURVES, 70, "sums").figure.to_dict()["layout"]["xaxis"]["range"][1]
    )


def test_sizes_are_those_of_the_tensors_and_no_update_comes_before_the_first() -> None:
    assert tensor_names(CURVES) == ["layers.0.bias_hh_l0", "layers.0.weight_hh_l0"]
    bias, _matrix = sizes_chart(CURVES, tensor_names(CURVES), "update").figure.data
    assert (values(bias.x).tolist(), values(bias.y).tolist()) == ([20, 40, 60], [1, 2, 3])
    assert bias.name == "b_h, layer 1"
    assert tensor_label("layers.2.weight_ih_l0_reverse") == "W_x, layer 3 ←"


def test_a_marked_step_has_a_line_and_is_told() -> None:
    chart = success_chart(CURVES, 60, "sums")
    assert marked(chart, []) is chart
    reported = marked(chart, [(20, "new settings")])
    (shape,) = reported.figure.layout.shapes
    assert (shape["x0"], shape["x1"]) == (20, 20)
    assert reported.alt.endswith("new settings at 20.")


def test_the_waiting_steps_of_a_sample_are_shortened() -> None:
    read, asked, said = "AB" + "·" * 20 + "!··", "··" + "·" * 21 + "AB", "··" + "·" * 21 + "AC"
    assert without_waits((read, asked, said)) == ("AB·…·!··", "···…··AB", "···…··AC")
    assert without_waits(("ABCDEFGH", "A", "A")) == ("ABCDEFGH", "A", "A")


def test_only_answers_that_are_somewhere_right_are_drawn() -> None:
    task = Characters(steps=20)
    view = observe(start(RunSettings(task=task, hidden=4)))
    cells, wanted = example_chart(view, task.output_names, squared=False).figure.data
    assert set(cells.y) == set(wanted.y) < set(task.output_names)
    row = list(cells.y).index(wanted.y[3])
    place = task.output_names.index(wanted.y[3])
    assert np.array_equal(values(cells.z)[row], view.outputs[:, place])


def test_a_wave_that_goes_on_by_itself_begins_where_the_true_inputs_end() -> None:
    settings = RunSettings(task=Waves(steps=20), hidden=4, batch=2)
    view = observe(start(settings))
    chart = example_chart(view, ["x"], squared=True)
    said, alone = ({float(x): float(y) for x, y in zip(line.x, line.y, strict=True)} for line in chart.figure.data[1:3])
    assert min(alone) == 11
    assert alone[11] == said[11], "the first answer of its own was made from true inputs alone"
    assert max(alone) == 20
