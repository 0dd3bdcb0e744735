"""The page that compares the cells: one slider for all three, and how many numbers each of them learns."""

from tests.charts import charts, opened, words


def test_one_slider_lengthens_all_three_runs():
    app = opened("compare")
    app.session_state["T"] = 12  # as when the dial rests there
    app.run()
    assert not app.exception
    assert all("12" in charts(app)[f"states_{cell}"]["alt"] for cell in ("rnn", "gru", "lstm"))


def test_two_layers_of_600_over_600_inputs():
    said = words(opened("compare"))
    assert "| RNN | 1,441,200 | 1,442,400 |\n| GRU | 4,323,600 | 4,327,200 |\n| LSTM | 5,764,800 | 5,769,600 |" in said
