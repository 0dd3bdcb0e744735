"""Where a network comes to rest: a flip-flop of three bits, film reviews, a latch and a counter."""

from collections import Counter

import numpy as np
import streamlit as st

from ui.browser.plot import plot
from ui.figures.words import number
from ui.i18n import _
from ui.memory.inside import compute_runs, rest_compute
from ui.memory.inside.compute_runs import Memories
from ui.memory.inside.figures import memories_in_a_plane
from ui.memory.inside.rest_compute import Rest
from ui.memory.inside.rest_figure import points_in_a_plane
from ui.memory.inside.take_runs import take_flip_flop, take_preset, take_reviews
from ui.widgets.choices import choice
from ui.widgets.stage import Stage, stage_note
from ui.widgets.tables import table

CUBE = {0: 8, 1: 12, 2: 6}  # how many points with as many ways out: corners, edges and faces


def view(stage: Stage) -> None:
    networks = {
        "flip": _("three-bit flip-flop"),
        "review": _("film reviews"),
        "latch": _("a latch"),
        "counter": _("a counter"),
    }
    with stage.top:
        name = choice(st.segmented_control, _("Network"), networks, "flip", "rests", label_visibility="collapsed")
    match name:
        case "flip":
            _flip_flop(stage)
        case "review":
            with stage.dock:
                cells = {"rnn-tanh": _("RNN"), "gru": _("GRU"), "lstm": _("LSTM")}
                cell = choice(st.segmented_control, _("Cell"), cells, "gru", "rests_cell")
            with stage.picture, st.spinner(_("Looking for fixed points …")):
                found = rest_compute.reviews(cell)
            take_reviews(cell, found)
            _show(found, _reviews_sentence(found), _("score"), stage)
        case _:
            found = rest_compute.preset(name)
            take_preset(name, found)
            _show(found, _preset_sentence(name, found), _("cell state c"), stage)


def _show(found: Rest, sentence: str, answer: str, stage: Stage) -> None:
    with stage.picture:
        stage_note().markdown(sentence)
        plot(points_in_a_plane(found, answer), key="inside_rest", height="stage")


def _reviews_sentence(found: Rest) -> str:
    stable = int(found.points.stable.sum())
    return _(
        "While it reads the mean of all words, the state has **{count}** slow points that a run can reach, {stable} of them stable. Networks trained on real reviews keep their score along a line of such points (Maheswaranathan et al. 2019). This one does not: its reviews end at scores from {low} to {high}, before the state comes to rest."
    ).format(
        count=len(found.points.points),
        stable=stable,
        low=number(float(found.ends.min())),
        high=number(float(found.ends.max())),
    )


def _preset_sentence(name: str, found: Rest) -> str:
    low, high = float(found.answers.min()), float(found.answers.max())
    if name == "latch":
        says = _(
            "With no signal the forget gate is nearly 1, so the cell state stays where it was written: **{count}** slow points from {low} to {high}, each with an eigenvalue of {eigenvalue}."
        )
    else:
        says = _(
            "Between two symbols the forget gate is nearly 1, so every count is a point of rest: **{count}** slow points from {low} to {high} on one line, with an eigenvalue of {eigenvalue}."
        )
    return says.format(
        count=len(found.answers),
        low=number(low),
        high=number(high),
        eigenvalue=number(float(found.points.eigenvalues[0, 0].real)),
    )


def _flip_flop(stage: Stage) -> None:
    with stage.dock:
        cells = {"rnn-tanh": _("RNN"), "gru": _("GRU"), "lstm": _("LSTM")}
        cell = choice(st.segmented_control, _("Cell"), cells, "gru", "flip")
    with stage.picture, st.spinner(_("Looking for fixed points …")):
        found = compute_runs.memories(cell)
    take_flip_flop(cell, found)
    ways = [int((np.abs(row) > 1.0).sum()) for row in found.points.eigenvalues]
    with stage.picture:
        _picture(found, ways)
    _points(ways)


def _picture(found: Memories, ways: list[int]) -> None:
    stable = found.points.stable
    stage_note().markdown(
        _(
            "Three inputs send pulses of +1 and −1; three outputs remember the last pulse of each. With no pulse, the network has **{stable} stable states**, one for each combination, and {others} other points where it stands still."
        ).format(stable=int(stable.sum()), others=int((~stable).sum()))
    )
    plot(
        memories_in_a_plane(found.runs, found.places, stable.tolist(), found.answers, found.shares, ways),
        key="inside_memories",
        height="stage",
    )


def _points(ways: list[int]) -> None:
    counted = sorted(Counter(ways).items())
    table(
        {
            _("directions that lead away"): [str(count) for count, _number in counted],
            _("fixed points"): [str(number) for _count, number in counted],
        }
    )
    if all((ways_out, number) in counted for ways_out, number in CUBE.items()):
        st.markdown(
            _(
                "The points form a cube: a stable state in each of 8 corners, a saddle with one way out on each of 12 edges, and one with two ways out on each of 6 faces. A pulse must push the state over an edge: that is how a bit flips."
            )
        )
