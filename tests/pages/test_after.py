"""The page after the LSTM: every part opens in both languages, and its numbers are the core's."""

import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.learn.history import History
from rnn_core.learn.train import advance, start
from rnn_core.studies.maze.settings import POLICIES, MazeSettings
from rnn_core.studies.modern.comparison import CLASSICAL, PRESETS
from tests.charts import charts, opened, parts, tables, traces, values
from ui.memory.after import maze, page, track


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("part", page.INSTRUMENTS)
def test_a_part_opens_by_link_with_its_instrument(part: str, lang: str) -> None:
    app = opened("after", lang, part=part)
    assert not app.exception
    assert app.session_state["part"] == part
    assert charts(app) or trees(app)


def trees(app: AppTest) -> list[dict[str, Any]]:
    return [part for part in parts(app) if "rounds" in part]


def test_every_cell_is_compared_and_the_chosen_one_shows_its_equation() -> None:
    app = opened("after", after_cell="delta_net")
    (rows,) = tables(app)
    assert len(rows) == 1 + len(PRESETS)
    by_name = {row[0].strip("*"): row for row in rows[1:]}
    assert by_name["DeltaNet"][2] == "16"  # 4 x 4
    assert by_name["Softmax attention"][2] == "320"  # 40 keys and 40 values of 4
    assert any("S_{t-1}" in each.value for each in app.latex)


def diagram(app: AppTest) -> dict[str, Any]:
    (found,) = [part for part in parts(app) if "tables" in part]
    return found


@pytest.mark.parametrize("preset", [preset for preset in PRESETS if preset not in CLASSICAL])
def test_every_modern_cell_has_a_diagram_whose_blocks_are_values_of_its_equations(preset: str) -> None:
    found = diagram(opened("after", after_cell=preset, after_T="5"))
    (cell,) = found["cells"]
    table, words = json.loads(found["tables"][0]), found["words"]
    names = {name for column in cell["blocks"]["columns"] for block in column for name in block["names"]}
    states = {name for state in cell["blocks"]["states"] for name in state}
    assert states | {cell["blocks"]["output"]} <= names <= set(cell["arrays"]) & set(table["recipes"])
    assert "dxs" in cell["arrays"]
    assert cell["kind"] in words["kinds"]
    assert {f"blocks.{part}" for part in cell["blocks"]["parts"]} <= set(words["stage_names"])
    assert f"{cell['kind']}.whole.forward" in words["sentences"]


def test_a_link_that_asks_the_diagram_for_nonsense_is_told_so() -> None:
    app = opened("after", after_cell="delta_net", value="memory.2.9.9", stage="shares")
    said = " ".join(each.value for each in app.warning)
    assert "value" in said
    assert "stage" in said
    assert not opened("after", after_cell="delta_net", value="dmemory.2.2.3", stage="compare").warning


@pytest.mark.parametrize("preset", PRESETS)
def test_every_cell_opens(preset: str) -> None:
    assert not opened("after", after_cell=preset, after_T="5").exception


def test_a_scan_has_its_rounds_and_the_clock_of_the_link() -> None:
    [tree] = trees(opened("after", part="scan", scan_T="16", scan_round="4"))
    assert "After 4 of 4 rounds 16 of 16 states are known; the loop knows 5." in tree["sentences"][tree["moment"]]
    [tree] = trees(opened("after", part="scan", scan_T="16", scan_round="1", scan_plan="least", scan_of="sum"))
    assert "After 1 of 7 rounds 2 of 16 states are known" in tree["sentences"][tree["moment"]]
    np.testing.assert_allclose(tree["rounds"][-1]["B"], np.cumsum(tree["rounds"][0]["B"]), rtol=1e-12)


def test_the_delta_rule_keeps_nothing_of_the_old_value() -> None:
    (rows,) = tables(opened("after", part="pairs"))
    by_rule = {row[0]: row for row in rows[1:]}
    assert by_rule["delta rule"][3:] == ["0%", "100%"]
    assert by_rule["softmax attention"][3:] == ["50%", "50%"]


def test_parity_of_ones_is_too_much_for_the_positive_gate_alone() -> None:
    alt = charts(opened("after", part="track", parity_bits="ones"))["parity"]["alt"]
    assert all(f"{cell}: 64 of 64 right." in alt for cell in ("sign ±1", "LSTM", "GRU"))
    assert "positive gate: 33 of 64 right." in alt


def test_a_click_flips_a_bit_and_the_link_keeps_it() -> None:
    app = opened("after", part="track", parity_bits="ones", parity_flips="2-64")
    assert np.flatnonzero(bits_of(app) == 0).tolist() == [1, 63]
    app.session_state["parity"] = {"click": {"curve": 0, "row": 0, "column": 4, "x": 5, "y": 0}}
    app.run()
    assert np.flatnonzero(bits_of(app) == 0).tolist() == [1, 4, 63]
    assert app.query_params["parity_flips"] in ("2-5-64", ["2-5-64"])


def bits_of(app: AppTest) -> np.ndarray:
    return values(traces(app, "parity")[0]["z"])[0]


@pytest.mark.parametrize("text", ["65", "0", "1--2", "-1", "x", "1-2-", "1" * 5000, "１"])
def test_nonsense_flips_nothing(text: str) -> None:
    assert track.flips_of(text) == []


def test_the_study_has_a_cell_for_each_recorded_length() -> None:
    app = opened("after", part="track", track="study")
    tasks = json.loads(charts(app)["study"]["figure"])["data"]
    assert [values(task["z"]).shape for task in tasks[:-1]] == [(12, 4)] * 4 + [(12, 3)]
    alone = charts(opened("after", part="track", track="study", track_task="recall"))["study"]
    assert len(json.loads(alone["figure"])["data"]) == 2
    assert "recall of pairs: at length 32 most are right with Softmax attention, 99%" in alone["alt"]


def test_facts_beside_a_cell_are_computed() -> None:
    assert any("becomes 50.25 without" in each.value and "1.00 with it" in each.value for each in after("lru").markdown)
    assert any("no number from step 1 on" in each.value for each in after("slstm").markdown)
    (rows,) = tables(after("min_gru"))
    by_name = {row[0].strip("*"): row[-1] for row in rows[1:]}
    wanted = {"minGRU": "33,280", "GRU": "246,528", "minLSTM": "49,920", "LSTM": "328,704"}
    assert {name: by_name[name] for name in wanted} == wanted


def after(cell: str) -> AppTest:
    return opened("after", after_cell=cell)


@pytest.mark.parametrize(
    "link",
    [
        {"part": "attention", "attend": "cost"},
        {"part": "attention", "attend": "live"},
        {"part": "track", "track": "live"},
    ],
    ids=str,
)
def test_every_other_picture_opens(link: dict[str, str]) -> None:
    app = opened("after", "zh", **link)
    assert not app.exception
    assert charts(app)


def test_times_are_measured_only_on_request() -> None:
    app = opened("after", part="scan", read="timed")
    assert not app.exception
    assert not charts(app)
    assert any("Nothing has been measured yet" in each.value for each in app.info)


def test_the_maze_draws_each_policy_and_seed_beside_the_line_of_theory() -> None:
    curves = {}
    for policy in POLICIES:
        settings = MazeSettings(policy=policy, length=2, hidden=4, batch=2, check_every=1, budget=3)
        history = History(views=False)
        history.add(advance(start(settings), 3, view=False)[1])
        curves[policy, 1] = history.curves()
    chart = maze.success_chart(curves, 3)
    drawn = chart.figure.to_plotly_json()["data"]
    names = [trace["name"] for trace in drawn if trace.get("name")]
    assert names == ["at best without memory: 50%", "without memory, seed 1", "GRU, seed 1"]
    assert set(values(drawn[0]["y"]).tolist()) == {0.5}
    assert np.allclose(values(drawn[2]["y"]), curves["gru", 1].of_checks("measure"))
