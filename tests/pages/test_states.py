"""The page on hidden states: its views, its examples, and that the numbers in its sentences are those of its networks."""

import numpy as np
import pytest

from rnn_core.analysis import trajectories
from rnn_core.studies.sequences import SequenceSetup, run_of, with_difference
from tests.charts import charts, opened, selected, set_dial, title, traces, values, words
from ui.i18n import LANGUAGES
from ui.memory.states import presets, views

VIEWS = tuple(views.VIEWS)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_a_link_opens_every_view_in_both_languages(view, lang):
    app = opened("states", lang, view=view)
    assert app.session_state["view"] == view
    assert not app.error
    assert charts(app)


def test_a_link_names_choices_in_no_language():
    link = {"view": "path", "cell": "gru", "input": "wave", "init": "chrono", "dims": "3"}
    english, chinese = (values(traces(opened("states", lang, **link), "path3")[0]["x"]) for lang in LANGUAGES)
    np.testing.assert_array_equal(english, chinese)


def test_an_invalid_link_gives_the_default():
    app = opened("states", view="nothing", cell="perceptron", init="<b>", T="soon", H="9999")
    assert (app.session_state["view"], app.session_state["cell"]) == ("time", "rnn")
    assert not app.error


@pytest.mark.usefixtures("pictures_are_buttons")
@pytest.mark.parametrize("name", presets.EXAMPLES)
def test_an_example_sets_the_page_and_is_marked(name):
    app = opened("states", view="path", gain="2.0")
    app.button(key=f"picture_{name}").click().run()
    assert not app.exception
    assert selected(app) == name
    wanted = {**presets.DEFAULTS, **presets.EXAMPLES[name]}
    assert app.session_state["view"] == wanted["view"]
    if wanted["view"] != "plane":
        assert app.session_state["T"] == wanted["T"]


def test_a_moved_slider_is_no_longer_the_example():
    app = opened("states")
    assert selected(app) == "echo"
    set_dial(app, gain=0.8)
    assert selected(app) is None


def visible_steps(gain, units):
    setup = SequenceSetup("rnn", units, 300, first_weights="orthogonal", gain=gain)
    apart = trajectories.distances(run_of(setup).hs, run_of(setup, with_difference(setup, 0, -1.0)).hs)
    return trajectories.visible_until(apart, 0.01)


def test_the_question_is_right():
    """Nine steps at 0.6, whatever the size; about forty at 0.9; and at 1.2 the state never comes to rest."""
    assert [visible_steps(0.6, units) for units in (16, 128)] == [9, 9]
    assert all(40 <= visible_steps(0.9, units) <= 45 for units in (16, 128))
    restless = run_of(SequenceSetup("rnn", 16, 1000, first_weights="orthogonal", gain=1.2)).hs
    assert np.ptp(restless[500:], axis=0).min() > 0.1


def test_a_small_change_makes_the_rnn_diverge_and_not_the_gated_cells():
    app = opened("states", view="apart", gain="2.2", T="200", H="64", input="noise", size="1e-09")
    last = {trace["name"]: values(trace["y"])[-1] for trace in traces(app, "distance") if "name" in trace}
    assert last["RNN"] > 1.0
    assert max(last["GRU"], last["LSTM"]) < 1e-8


def test_the_difference_is_zero_before_the_step_and_not_after():
    difference = values(traces(opened("states", view="apart", at60="20"), "difference")[0]["z"])
    assert (difference[:, :20] == 0.0).all()
    assert (np.abs(difference[:, 20]) > 0.0).any()


def test_sorting_moves_the_rows_and_keeps_their_names():
    plain, sorted_rows = (traces(opened("states", sort=order), "states")[0] for order in ("none", "similarity"))
    rows = {name: row for name, row in zip(plain["y"], values(plain["z"]), strict=True)}
    assert plain["y"] != sorted_rows["y"]
    for name, row in zip(sorted_rows["y"], values(sorted_rows["z"]), strict=True):
        np.testing.assert_array_equal(row, rows[name])


def test_a_long_run_is_thinned_and_says_so():
    app = opened("states", T="1000", H="128", input="noise")
    assert "1000" in charts(app)["states"]["note"] or "1001" in charts(app)["states"]["note"]


def test_the_title_of_a_path_gives_its_share_of_the_variance():
    app = opened("states", view="path", input="wave")
    shares = trajectories.principal_components(
        run_of(SequenceSetup(first_weights="orthogonal", gain=0.9, signal="wave")).hs, 2
    ).shares
    assert f"{shares.sum():.1%}" in charts(app)["path2"]["figure"]


def test_two_units_have_no_third_direction():
    app = opened("states", view="path", H="2", dims="3")
    assert "path2" in charts(app)
    assert "path3" in charts(opened("states", view="path", H="3", dims="3"))


def test_two_bits_have_four_stable_points_in_the_table():
    text = words(opened("states", view="plane", plane="two_bits"))
    assert text.count("| stable |") == 4
    assert text.count("| saddle |") == 4
    assert text.count("| unstable |") == 1


def test_the_title_says_what_has_become_of_the_state():
    app = opened("states")
    norms = np.linalg.norm(values(traces(app, "states")[0]["z"]), axis=0)
    last = np.flatnonzero(norms >= 0.01 * norms.max())[-1]
    assert last < 60
    assert f"after step <b>{last}</b> less than 1%" in title(app, "states")
    assert "At the last step the state’s norm is still" in title(opened("states", view="time", input="noise"), "states")
