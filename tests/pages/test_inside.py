"""The page on looking inside: its sentences are computed, and every view and tool works in both languages."""

import base64
import json
import re
from types import SimpleNamespace

import numpy as np
import pytest
from safetensors.numpy import save

from rnn_core.apps.forecast.reader import Reader
from rnn_core.apps.forecast.settings import SHIPPED as FORECASTS
from rnn_core.apps.forecast.settings import Settings as ForecastSettings
from rnn_core.apps.tensors import network_tensors
from rnn_core.apps.text.settings import SHIPPED, Settings
from rnn_core.apps.trained import load_trained
from rnn_core.apps.translate.settings import Settings as TranslateSettings
from rnn_core.lab import recorded
from rnn_core.learn import runfile
from rnn_core.studies.flip_flop import CELLS
from tests.charts import charts, opened, parts, tables, traces, values, words
from ui.browser import door
from ui.browser.letters import selected_range
from ui.memory.inside import compute_runs, looks, rest_compute, sequences_compute, swap_series, your_runs
from ui.memory.inside.chosen import take_position
from ui.memory.inside.figures import TRAINED
from ui.memory.inside.memories import CUBE
from ui.memory.inside.sequence_networks import application_names
from ui.memory.inside.sequence_text import lines
from ui.memory.inside.sequences import go_to_step
from ui.memory.inside.series_figure import ROWS
from ui.memory.inside.swap import FIRST_SEQUENCES, PAIRS, REVIEWERS
from ui.memory.inside.units import go_to_place


def test_a_learned_unit_is_found_by_a_link_and_its_sentence_is_true() -> None:
    app = opened("inside")
    assert "Unit 10 is **high** where “word with a capital” holds: AUC **0.91**" in words(app)
    assert "this was **learned**" in words(app)
    (coloured,) = [part for part in parts(app) if "values" in part]
    assert coloured["text"].startswith("Now these are the generations of the sons of Noah")
    assert len(coloured["text"]) == len(SHIPPED["english-lstm"].parts.test) > 50_000
    marks = np.unpackbits(np.frombuffer(base64.b64decode(coloured["marks"]), np.uint8), bitorder="little")
    assert [coloured["text"][at] for at in np.flatnonzero(marks)[:7]] == list("NowNoah")
    sent = np.frombuffer(base64.b64decode(coloured["values"]), np.int8)
    assert len(sent) == len(coloured["text"])
    assert sent[marks[: len(sent)] > 0].mean() > 30 > 0 > sent[marks[: len(sent)] == 0].mean()
    trained = next(trace for trace in traces(app, "inside_nulls") if trace["name"] == "trained")
    assert len(values(trained["x"])) == 128
    (strip,) = [part for part in parts(app) if "clear" in part]
    assert strip["names"][0] == "unit 10, AUC 0.91"
    assert len(strip["names"]) == 128
    assert sum(strip["clear"]) == int(re.search(r"(\d+) beat shifted labels", strip["title"])[1])
    shown = np.frombuffer(base64.b64decode(strip["units"]), np.int8).reshape(128, strip["steps"])
    np.testing.assert_array_equal(shown[0], sent[coloured["place"] : coloured["place"] + strip["steps"]])
    (rows,) = tables(app)
    assert rows[1][:2] == ["word with a capital", "**0.91**"]
    assert re.search(r"all 128 units, \d+% lie above the band of shifted labels", app.caption[-1].value)


def test_a_label_that_needs_no_training_is_called_so() -> None:
    app = opened("inside", **{"label_english-lstm": "space", "rank": "5"})
    assert "this needs **no training**" in words(app)


def test_a_click_on_a_dot_shows_its_unit() -> None:
    app = opened("inside")
    assert traces(app, "inside_nulls")[TRAINED]["name"] == "trained"
    for way, unit in (("label", 84), ("unit", 7)):
        app.session_state["ask"] = way
        app.session_state["inside_nulls"] = {"click": {"curve": TRAINED, "row": None, "column": unit, "x": 0.5, "y": 1}}
        app.run()
        assert f"Unit {unit} is" in words(app)


def test_every_place_of_the_text_can_be_gone_to() -> None:
    app = opened("inside", **{"place_english-lstm": "other", "at": "50000"})
    (coloured,) = [part for part in parts(app) if "values" in part]
    assert coloured["place"] == 50_000


def test_a_click_on_a_character_and_the_arrow_keys_are_answered() -> None:
    app = opened("inside")
    with pytest.MonkeyPatch.context() as patched:  # what the callbacks of the part do in a session
        patched.setattr("streamlit.session_state", app.session_state)
        go_to_place(33_000, "english-lstm", len(SHIPPED["english-lstm"].parts.test))
        take_position(4)
    app.run()
    (coloured,) = [part for part in parts(app) if "values" in part]
    assert (coloured["place"], coloured["position"], coloured["positions"]) == (33_000, 4, 128)
    assert app.query_params["rank"] == "5"


def test_ask_by_unit_and_by_an_own_pattern() -> None:
    app = opened("inside", ask="unit", unit="10")
    assert "Unit 10 is **high** where “word with a capital” holds" in words(app)
    app = opened("inside", pattern=r"\bsons of\b")
    assert "“own pattern” holds" in words(app)
    app = opened("inside", pattern="(")
    assert len(app.warning) == 1
    assert not app.exception


def test_units_on_a_series_and_a_label_that_the_visitor_marks() -> None:
    app = opened("inside", view="series", inside_series_of="elnino")
    assert "where “rising” holds" in words(app)
    assert "this was **learned**" in words(app)
    rows = traces(app, "inside_series")[ROWS]
    assert values(rows["z"]).shape == (16, len(values(rows["x"])))
    points = [{"curve": 2, "row": None, "column": at, "x": at, "y": 0.0} for at in range(100, 121)]
    app.session_state["inside_series"] = {"select": points}
    app.run()
    assert app.query_params["marked"] == "100-120"
    assert "in both" in " ".join(warning.value for warning in app.warning), "nothing is marked in the later part"
    app.session_state["inside_series"] = {"select": [{**point, "x": point["x"] + 500} for point in points]}
    app.run()
    assert app.query_params["marked"] == "100-120, 600-620"
    assert "where “own ranges” holds" in words(app)
    assert "off beside it" in words(app), "what was brushed is matched"
    row = {"curve": ROWS, "row": 3, "column": 5, "x": 6.0, "y": 3.0}
    order = app.session_state["inside_series_order"]
    app.session_state["inside_series"] = {"click": row}
    app.run()
    assert f"Unit {order[3]} is" in words(app)


def test_over_training_a_unit_learns_its_label_and_a_swap_its_share() -> None:
    before, after = (opened("inside", view="training", moment=step) for step in ("0", "862"))
    assert "After **0** training steps unit 10 reaches an AUC of **0.45** for “word with a capital”" in words(before)
    assert "from step 400 on" in words(before)
    assert "After **862** training steps unit 10 reaches an AUC of **0.91**" in words(after)
    own, best, _probe = traces(after, "inside_over")
    assert values(own["y"])[-1] == pytest.approx(values(best["y"])[-1])
    first, last = (opened("inside", view="training", over="swap", moment=step) for step in ("0", "2000"))
    assert "the clean sentence gets" in words(first)
    ends = [
        [
            values(trace["y"])[-1]
            for trace in traces(app, "inside_over_swap")
            if trace.get("name") in ("clean", "one word changed")
        ]
        for app in (first, last)
    ]
    assert abs(ends[0][0] - ends[0][1]) < 0.1 < 0.8 < abs(ends[1][0] - ends[1][1])


TOOLS = ("inside_back", "inside_change", "inside_importance_open", "inside_match")


@pytest.mark.parametrize("view", ["units", "series"])
def test_every_tool_opens_in_chinese(view: str) -> None:
    app = opened("inside", "zh", view=view)
    for tool in TOOLS:
        app.session_state[tool] = True
    app.run()
    assert not app.exception
    assert {"inside_saliency", "inside_context", "inside_importance"} <= set(charts(app))
    if view == "series":
        own, _count, found, *_others = traces(app, "inside_aligned")
        assert values(own["x"])[0] == values(found["x"])[0] < 0, "what comes before is aligned too"


def test_the_context_that_short_sequences_need_is_measured() -> None:
    app = opened("inside", view="sequences")
    assert re.search(r"Within a sequence its values resemble each other over about [\d.]+ steps", words(app))
    app.session_state["inside_back"] = True
    app.run()
    (bars,) = traces(app, "inside_context")
    losses = values(bars["y"])
    assert losses[-1] == losses.min() < 0.2 < losses[:4].min(), "a review is judged by more than its last four words"
    (length,) = re.findall(r"the last \*\*(\d+)\*\* steps come within 0.02", words(app))
    assert losses[list(bars["customdata"]).index(length)] <= losses[-1] + 0.02


def test_swapping_one_unit_brings_back_most_of_the_answer() -> None:
    app = opened("inside", view="swap")
    assert "Swap **unit 24** alone after **think**, and **73%** of the answer comes back" in words(app)
    names = [trace.get("name") for trace in traces(app, "inside_swap")]
    assert names[1:4] == ["clean", "one word changed", "swapped"]
    assert "99% clean, 9% with the word changed, 92% swapped" in charts(app)["inside_swap"]["alt"]


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("cell", REVIEWERS)
def test_every_pair_of_sentences_has_known_words_and_two_answers(pair: str, cell: str) -> None:
    settings = REVIEWERS[cell]
    assert all(settings.vocabulary.knows(word) for sentence in PAIRS[pair] for word in sentence.split())
    swap = compute_runs.swapped(settings, *PAIRS[pair], "state")
    assert swap.map.whole[-1] == pytest.approx(1.0)


def test_own_sentences_that_cannot_be_compared_get_a_sentence() -> None:
    app = opened("inside", view="swap", pair="own", clean_own="a good film", other_own="a film")
    assert len(app.info) == 1
    assert "as many as the clean sequence has" in app.info[0].value


@pytest.mark.parametrize("cell", CELLS)
def test_the_fixed_points_form_a_cube_as_the_page_says(cell: str) -> None:
    found = compute_runs.memories(cell)
    ways = [int((abs(row) > 1).sum()) for row in found.points.eigenvalues]
    assert {count: ways.count(count) for count in CUBE} == CUBE
    assert found.points.stable.sum() == 8


def test_a_visitor_s_network_is_shown_with_its_layout() -> None:
    state = load_trained(Settings, "english-gru").state
    data = save({name: value.astype("float32") for name, value in network_tensors(state).items()})
    app = opened("inside", view="yours")
    app.file_uploader[0].upload("model.safetensors", data, "application/octet-stream").run()
    assert not app.exception
    assert any(row[0].startswith("layers") for table in tables(app) for row in table)
    app.file_uploader[0].upload("other.safetensors", b"\x80" + data, "application/octet-stream").run()
    assert not app.exception
    assert len(app.error) == 1


def test_runs_that_this_app_saved_are_looked_into_too() -> None:
    app = opened("inside", view="yours")
    run = runfile.save(load_trained(Settings, "english-rnn-tanh").state)
    app.file_uploader[0].upload("run.safetensors", run, "application/octet-stream").run(timeout=90)
    assert not app.exception
    assert "on the test text" in words(app)
    app = opened("inside", view="yours")
    run = runfile.save(recorded.network("counting-lstm"))
    app.file_uploader[0].upload("lab.safetensors", run, "application/octet-stream").run()
    assert not app.exception
    assert [row[0] for row in tables(app)[0][1:]] == ["0", "1", "2"]  # the three outputs of the counter


def test_a_saved_forecast_and_a_network_of_numbers_are_looked_into() -> None:
    app = opened("inside", view="yours")
    run = runfile.save(load_trained(ForecastSettings, "sunspots-gru").state)
    app.file_uploader[0].upload("run.safetensors", run, "application/octet-stream").run()
    assert "on later values" in words(app)
    app = opened("inside", view="yours")
    data = save({name: value.astype("float32") for name, value in numbers_network().items()})
    app.file_uploader[0].upload("model.safetensors", data, "application/octet-stream").run()
    typed = next(each for each in app.text_area if each.key == "inside_numbers")
    typed.set_value("1 2 three").run()
    assert "Only numbers" in app.warning[0].value
    series = np.sin(np.arange(200) / 3)
    next(each for each in app.text_area if each.key == "inside_numbers").set_value(" ".join(map(str, series))).run()
    assert not app.exception
    assert "on later values" in words(app)
    assert len(values(traces(app, "inside_series")[ROWS]["x"])) == 200


def test_a_model_of_words_by_somebody_else_is_looked_into() -> None:
    """The shape of PyTorch's word language model: an encoder, an LSTM of two layers, a decoder; and words of its own."""
    rng, V, H = np.random.default_rng(0), 6, 8
    shapes = {"encoder.weight": (V, H), "decoder.weight": (V, H), "decoder.bias": (V,)}
    for layer in (0, 1):
        shapes |= {f"rnn.weight_ih_l{layer}": (4 * H, H), f"rnn.weight_hh_l{layer}": (4 * H, H)}
        shapes |= {f"rnn.bias_ih_l{layer}": (4 * H,), f"rnn.bias_hh_l{layer}": (4 * H,)}
    data = save({name: rng.normal(size=shape).astype("float32") for name, shape in shapes.items()})
    app = opened("inside", view="yours")
    app.file_uploader[0].upload("model.safetensors", data, "application/octet-stream").run()
    typed = next(each for each in app.text_area if str(each.key).startswith("inside_vocabulary"))
    typed.set_value('["<unk>", "the", "cat", "sat", "on", "mat"]').run()
    text = "\n".join(" ".join(rng.choice(["the", "cat", "sat", "on", "mat", "dog"], 9)) for _ in range(70))
    next(each for each in app.text_area if each.key == "inside_text").set_value(text).run()
    assert not app.exception
    assert "on the test sequences" in words(app)
    assert any("not in the vocabulary" in row[0] for table in tables(app) for row in table)


def numbers_network() -> dict[str, np.ndarray]:
    """The state_dict of a GRU of five units that reads a number and outputs one."""
    rng = np.random.default_rng(0)
    shapes = {
        "gru.weight_ih_l0": (15, 1),
        "gru.weight_hh_l0": (15, 5),
        "gru.bias_ih_l0": (15,),
        "gru.bias_hh_l0": (15,),
    }
    shapes |= {"fc.weight": (1, 5), "fc.bias": (1,)}
    return {name: rng.normal(size=shape) for name, shape in shapes.items()}


@pytest.mark.parametrize("name", ["latch", "counter"])
def test_a_latch_and_a_counter_rest_wherever_they_were_put(name: str) -> None:
    found = rest_compute.preset(name)
    np.testing.assert_allclose(np.abs(found.points.eigenvalues[:, 0]), 1.0, atol=0.01)
    app = opened("inside", view="memories", rests=name)
    assert f"**{len(found.answers)}** slow points" in words(app)
    assert set(charts(app)) == {"inside_rest"}


def test_slow_points_of_the_review_network_are_within_reach_of_its_runs() -> None:
    found = rest_compute.reviews("rnn-tanh")
    assert np.all(np.abs(found.points.points[:, :32]) <= 1.0)
    app = opened("inside", view="memories", rests="review", rests_cell="rnn-tanh")
    assert f"**{len(found.answers)}** slow points that a run can reach" in words(app)


def test_three_cells_look_back_at_one_sentence() -> None:
    app = opened("inside", view="looks", looked="own", looked_own="the film is good")
    assert values(traces(app, "inside_looks")[0]["z"]).shape == (12, 4)
    for look in looks.looks(("the", "film", "is", "good")):
        assert look.found.integrated.sum() == pytest.approx(look.found.value - look.found.value_at_zero, abs=0.02)
    assert "methods differ most on" in words(app)
    assert "Two words or more" in opened("inside", view="looks", looked="own", looked_own="film").info[0].value


def test_letters_are_swapped_in_a_text_model() -> None:
    app = opened("inside", view="swap", reviewer="text")
    assert not app.exception
    swap, answers = compute_runs.swapped_symbols("text", tuple("and thou shal"), tuple("and they shal"), "state")
    assert answers == ("t", "l")  # shalt and shall
    assert swap.map.whole[-1] == pytest.approx(1.0)
    assert "brings back" in words(app) or "comes back" in words(app)
    app = opened("inside", view="swap", reviewer="text", clean_text="one", other_text="four")
    assert "cannot be compared" in app.info[0].value


@pytest.mark.parametrize("reader", FIRST_SEQUENCES)
def test_symbols_are_swapped_in_sessions_and_strings(reader: str) -> None:
    app = opened("inside", view="swap", reviewer=reader)
    assert "comes back" in words(app) or "come back" in words(app)
    assert charts(app)["inside_swap"]
    names = parts(opened("inside", "zh", view="swap", reviewer=reader))
    assert ("相机 → 帐篷" in json.dumps(names, ensure_ascii=False)) == (reader == "shop")
    app = opened("inside", "zh", view="swap", reviewer=reader, **{f"clean_{reader}": "? 1", f"other_{reader}": "? 2"})
    assert len(app.info) == 1


@pytest.mark.parametrize("application", application_names())
def test_other_sequences_are_coloured_and_compared(application: str) -> None:
    app = opened("inside", view="sequences", sequences_of=application)
    assert "on the test sequences" in words(app)
    (coloured,) = [part for part in parts(app) if "positions" in part]
    assert len(np.frombuffer(base64.b64decode(coloured["values"]), np.int8)) == len(coloured["text"]) > 500
    assert not opened("inside", "zh", view="sequences", sequences_of=application).exception


TOOLS = ("inside_back", "inside_change", "inside_swap_open", "inside_importance_open", "inside_match")


@pytest.mark.parametrize(("application", "answers"), [("watch", True), ("translate", False)])
def test_every_tool_of_other_sequences_opens(application: str, answers: bool) -> None:
    app = opened("inside", view="sequences", sequences_of=application, lang="zh" if answers else "en")
    for tool in TOOLS:
        app.session_state[tool] = True
    app.run(timeout=90)
    assert not app.exception
    drawn = set(charts(app))
    assert "inside_saliency" in drawn
    assert ("inside_answer" in drawn, "inside_distance" in drawn) == (answers, not answers)
    assert ("inside_importance" in drawn) == ("inside_swap" in drawn) == answers
    app.session_state["change"] = "overwrite"
    app.run(timeout=90)
    assert not app.exception


def test_overwriting_the_state_at_the_end_gives_the_other_answer() -> None:
    app = opened("inside", view="sequences", sequences_of="watch", change="overwrite")
    app.session_state["inside_change"] = True
    app.run(timeout=90)
    (before, after) = [values(trace["y"]) for trace in traces(app, "inside_answer")[:2]]
    np.testing.assert_array_equal(before[:-1], after[:-1])
    assert before[-1] > 0.5 > after[-1]


def test_a_click_on_a_step_and_an_own_pattern_in_sequences() -> None:
    app = opened("inside", view="sequences", pattern="not|never")
    assert "“own pattern” holds" in words(app)
    assert "After the marked step the network answers" in words(app)
    found = sequences_compute.units("sentiment", "lstm", "c")
    step = int(found.passage.ends[found.passage.sequence_of(found.passage.first) + 2]) - 1
    with pytest.MonkeyPatch.context() as patched:  # what the callback of the part does in a session
        patched.setattr("streamlit.session_state", app.session_state)
        go_to_step(step, "sentiment-lstm")
    app.session_state["inside_sequences"] = {"range": [3, 12]}
    app.run(timeout=90)
    (coloured,) = [part for part in parts(app) if "positions" in part]
    assert coloured["place"] == lines(found.opened).character_of(step)
    assert any(each.label == "First step" for each in app.number_input)


def test_a_run_of_this_visit_is_looked_into_without_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    run = SimpleNamespace(state=load_trained(TranslateSettings, "dates-gru").state)
    run.settings = run.state.settings
    monkeypatch.setattr(your_runs, "visitor", lambda: SimpleNamespace(runs={"translate/1": run}))
    app = opened("inside", view="yours")
    assert "on the test sequences" in words(app)
    assert "training steps" in app.selectbox(key="inside_own_run").options[1]
    app.selectbox(key="inside_own_run").select("file").run()
    assert app.file_uploader


def test_a_classifier_of_rows_of_numbers_is_looked_into() -> None:
    rng = np.random.default_rng(1)
    shapes = {"lstm.weight_ih_l0": (20, 2), "lstm.weight_hh_l0": (20, 5), "fc.weight": (3, 5), "fc.bias": (3,)}
    data = save({name: rng.normal(size=shape).astype("float32") for name, shape in shapes.items()})
    app = opened("inside", view="yours")
    app.file_uploader[0].upload("model.safetensors", data, "application/octet-stream").run()
    typed = "\n\n".join("\n".join(f"{a:.3f} {b:.3f}" for a, b in rng.normal(size=(6, 2))) for _ in range(40))
    next(each for each in app.text_area if each.key == "inside_text").set_value(typed).run(timeout=90)
    assert not app.exception
    assert "on the test sequences" in words(app)


def test_a_pickle_is_refused_in_words() -> None:
    app = opened("inside", view="yours")
    app.file_uploader[0].upload("model.pt", b"\x80\x04K\x01.", "application/octet-stream").run()
    assert "pickle" in app.error[0].value


def test_a_saved_run_of_any_sequence_is_looked_into() -> None:
    for state in (load_trained(TranslateSettings, "dates-gru").state, recorded.network("counting-gru")):
        app = opened("inside", view="yours")
        app.file_uploader[0].upload("run.safetensors", runfile.save(state), "application/octet-stream").run()
        assert not app.exception
        assert "on the test sequences" in words(app)


@pytest.mark.parametrize(("variant", "back"), [("sunspots-gru", 4), ("co2-lstm", 2), ("nile-rnn-tanh", 0)])
def test_one_value_of_a_series_is_changed_and_a_state_swapped(variant: str, back: int) -> None:
    settings = FORECASTS[variant]
    found, swap = swap_series.swapped(settings, back, 2.0, "state")
    reader = Reader(load_trained(ForecastSettings, variant).state)
    end = reader.forecast(len(reader.parts.read) - 1, 1).ahead[0] - reader.parts.read[-1]
    assert found.unit * swap.map.roads.clean[-1] == pytest.approx(end, rel=1e-6), (
        "the forecast of the application itself"
    )
    differs = np.flatnonzero((found.clean != found.corrupted).any(axis=1))
    first = len(found.clean) - 1 - back
    assert differs.tolist() == ([first, first + 1] if settings.changes else [first])
    assert swap.map.whole[-1] == pytest.approx(1.0)
    assert not swap.map.units[:first].any()
    road = swap_series.road(settings, back, 2.0, "state", first, None)
    assert road[-1] - swap.map.roads.corrupted[-1] == pytest.approx(
        swap.map.whole[first] * (swap.map.roads.clean[-1] - swap.map.roads.corrupted[-1])
    )


def test_the_page_swaps_states_of_a_series() -> None:
    app = opened("inside", view="swap", reviewer="series", swap_back="6")
    assert "of the answer comes back" in words(app)
    assert "with the value changed" in charts(app)["inside_swap"]["alt"]
    assert "2002\\* is" in words(app)
    app = opened("inside", "zh", view="swap", reviewer="series", swap_amount="0")
    assert len(app.info) == 1


def test_a_selected_range_is_compared_and_a_state_overwritten() -> None:
    app = opened("inside")
    app.session_state["inside_letters"] = {"range": [200, 209]}
    app.run()
    assert not app.exception
    assert [each.value for each in app.number_input if each.label in ("First character", "Characters")] == [200, 10]
    app = opened("inside", change="overwrite", overwritten="thou shalt not")
    app.session_state["inside_change"] = True
    app.run()
    assert not app.exception
    assert any(each.value == "thou shalt not" for each in app.text_input)


def test_a_range_that_a_browser_sends_is_checked() -> None:
    assert selected_range([7, 3], 10) == (3, 7)
    for sent in ([1], [1, 10], ["a", 2], None, [1, 2, 3], {"0": 1}):
        with pytest.raises(door.Refused):
            selected_range(sent, 10)
