"""The page on variants: every view opens from a link, computes only its own runs, and shows their numbers."""

from dataclasses import replace
from urllib.parse import parse_qs

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.studies import variants as runs
from rnn_core.studies.sequences import SequenceSetup
from tests.charts import charts, opened, set_dial, title, traces, values, words
from ui.cells.setup import CellSetup, inputs_of, params_of
from ui.figures.words import number
from ui.i18n import LANGUAGES
from ui.memory.variants import views

OPENED = SequenceSetup("gru", 8, 40, signal="noise")
SHOWS = {
    "both": {"readers", "moved"},
    "deep": {"layer1", "layer2", "layer3", "scales"},
    "attention": {"shortcut", "weights"},
    "forms": {"form_cells", "form_gates"},
    "padding": {"pad_forward", "pad_backward", "mask"},
    "chunks": {"chunk_states", "chunk_gradient"},
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", views.VIEWS)
def test_a_link_opens_every_view_with_its_own_charts_only(view, lang):
    app = opened("variants", lang, view=view)
    assert not app.error
    assert set(charts(app)) == SHOWS[view]


@pytest.mark.parametrize("view", views.VIEWS)
@pytest.mark.parametrize(
    "link",
    [
        {"init": "zeros", "cell": "rnn", "input": "silence"},
        {"init": "chrono", "T": "8", "H": "2"},
        {"gain": "4.0", "T": "120", "H": "32", "cell": "lstm", "init": "identity"},
    ],
    ids=["nothing moves", "chrono", "largest"],
)
def test_extreme_settings_raise_no_exception(view, link):
    app = opened("variants", view=view, **link)
    assert not app.error
    assert set(charts(app)) == SHOWS[view]


def test_layers_that_do_not_move_have_no_time_scale_and_the_page_says_why():
    sentence = "A layer without a bar"
    assert sentence in words(opened("variants", view="deep", init="zeros", input="silence"))
    assert sentence not in words(opened("variants", view="deep"))


def test_only_the_shown_view_is_computed(monkeypatch):
    for name in ("deep", "attention_run", "lstm_forms", "padded", "chunked_run"):
        monkeypatch.setattr(runs, name, None)
    assert set(charts(opened("variants", seed="77"))) == SHOWS["both"]


def test_an_invalid_link_gives_the_default():
    app = opened("variants", view="<b>", cell="perceptron", T="9999", H="-3", seed="x")
    assert (app.session_state["view"], app.session_state["cell"], app.session_state["T"]) == ("both", "gru", 40)
    assert not app.error


def test_a_changed_step_affects_later_forward_and_earlier_backward_states():
    app = opened("variants", at40="15")
    assert "the forward states of steps 15 to 40 (→)" in title(app, "readers")
    assert "the backward states of steps 1 to 15 (←)" in title(app, "readers")
    set_dial(app, at40=30)
    forward, backward = np.split(values(traces(app, "readers")[0]["z"]), 2)
    assert not forward[:, :29].any()
    assert forward[:, 29].any()
    assert backward[:, 29].any()
    assert not backward[:, 30:].any()


def test_the_number_of_layers_is_the_number_of_pictures():
    app = opened("variants", view="deep", layers="4")
    assert {"layer1", "layer2", "layer3", "layer4", "scales"} == set(charts(app))
    np.testing.assert_array_equal(values(traces(app, "scales")[0]["y"]), runs.deep(OPENED, 4).scales)


def test_attention_shows_both_gradients_and_is_uniform_at_sharpness_0():
    found, text = runs.attention_run(OPENED, 20.0), words(opened("variants", view="attention"))
    assert f"**{number(found.without_attention[1])}** from" in text
    assert f"**{number(found.with_attention[1])}** with" in text
    shares = values(traces(opened("variants", view="attention", sharp="0"), "weights")[0]["z"])
    np.testing.assert_allclose(shares[np.tril_indices(40)], 1.0)


def test_peepholes_of_weight_0_change_nothing():
    app = opened("variants", view="forms", peep="0")
    lines = {trace["name"]: values(trace["y"]) for trace in traces(app, "form_cells") if "name" in trace}
    np.testing.assert_array_equal(lines["peepholes"], lines["2000"])
    assert "| Peepholes | 344 |" in words(app)


def test_each_form_opens_in_the_stepping_diagram():
    links = opened("variants", view="forms", seed="3").get("page_link")
    wanted = [link.proto.query_string for link in links if "form=" in link.proto.query_string]
    assert [query.split("form=")[1].split("&")[0] for query in wanted] == [
        "standard",
        "no_forget",
        "peephole",
        "coupled",
    ]
    assert all("preset=random" in query and "seed=3" in query for query in wanted)


def test_a_form_link_opens_the_same_run():
    """Without peepholes, whose weights the stepping diagram draws by chance."""
    links = opened("variants", view="forms", seed="3", T="12").get("page_link")
    query = next(link.proto.query_string for link in links if "form=coupled" in link.proto.query_string)
    setup = SequenceSetup("lstm", 8, 12, 3, signal="noise")
    ours = runs.lstm_forms(setup, 1.0)["coupled"].trace
    linked = {name: value for name, (value, *_) in parse_qs(query).items()}
    cell = CellSetup("lstm", "random", int(linked["H"]), 1, int(linked["T"]), int(linked["seed"]), linked["init"])
    cell = replace(cell, form=linked["form"], signal=linked["input"])
    np.testing.assert_array_equal(rc.run(params_of(cell), inputs_of(cell)).hs, ours.hs)
    assert opened("lstm", **linked).session_state["form"] == "coupled"


@pytest.mark.parametrize("length", ["1", "20", "40"])
def test_packed_and_masked_agree_for_any_padding_value(length):
    zeros, twos = (opened("variants", view="padding", length40=length, filler=filler) for filler in ("0.0", "2.0"))
    assert "with a mask at every step | 0 |" in words(zeros)
    packed = [values(traces(app, "pad_backward")[1]["y"]) for app in (zeros, twos)]
    read = [values(traces(app, "pad_backward")[0]["y"]) for app in (zeros, twos)]
    np.testing.assert_array_equal(*packed)
    assert len(packed[0]) == int(length)
    assert np.array_equal(*read) == (length == "40")


def test_a_chunk_as_long_as_the_run_truncates_nothing():
    app = opened("variants", view="chunks", chunk="40")
    assert "100.0% of the full norm, and points 0.00° away" in words(app)


def test_the_gradient_ends_at_the_last_edge_when_the_loss_is_at_the_end():
    app = opened("variants", view="chunks", loss="last")
    cut = next(trace for trace in traces(app, "chunk_gradient") if trace.get("name") == "in chunks")
    drawn = np.isfinite(values(cut["y"]).astype(float))
    assert drawn.tolist() == [False] * 31 + [True] * 10
    assert "of the whole run: **0**" in words(app)
