"""What every application page shows of its network: live training, scores beside the baselines, and the program.

network = network_of(APPLICATION, settings)     # trained by the visitor, shipped, or not trained yet
live(network, lambda: show(network))            # drawn repeatedly while the training runs
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rnn_core.apps.scores import Measure, Scores
from rnn_core.learn.state import RunState
from ui.apps import compute
from ui.apps.figures.learning import learning_chart
from ui.apps.figures.score_bars import Row, score_bars
from ui.apps.network import WEIGHTS
from ui.apps.network import Network as Network
from ui.apps.network import network_of as network_of
from ui.apps.on_demand import on_demand
from ui.apps.program import show_program
from ui.apps.saved import save_and_open
from ui.apps.take import offer_scores
from ui.browser.plot import plot
from ui.cache.shipped import shipped
from ui.figures.words import number
from ui.i18n import _, listed
from ui.lab.compute import visitor
from ui.lab.names import cell_labels
from ui.runs.faults import report_run_problems
from ui.runs.pace import seconds_between_looks, time_left, with_jitter
from ui.runs.run_button import run_button
from ui.runs.training import Progress
from ui.widgets.choices import choice
from ui.widgets.tables import table


def live(network: Network[Any], draw: Callable[[], None]) -> None:
    """Draws once, and repeatedly while the training runs; its first step and its end rerun the whole page.

    It is a fragment: a widget inside it reruns nothing else.
    """
    run = network.run
    was_trained = network.trained_here  # as the rest of the page shows it
    pace = seconds_between_looks(run.visitors_per_worker()) if network.phase == "running" else None

    def look() -> None:
        visitor()  # keeps the visitor's runs going
        if pace is not None and (
            run.progress().phase != "running" or seconds_between_looks(run.visitors_per_worker()) > pace
        ):
            st.rerun()
        if network.trained_here and not was_trained:
            st.rerun()
        draw()

    st.fragment(look, run_every=pace and with_jitter(pace))()


@contextmanager
def training_and_scores(network: Network[Any], names: Mapping[str, str], note: str = "") -> Iterator[DeltaGenerator]:
    """Training on the left, scores on the right. The scores are drawn after the body of the `with` statement, because a fresh
    server computes the baselines for a second. Yields the place below the training.
    """
    left, right = st.columns(2, gap="large")
    with left:
        _training(network)
    yield left
    with right:
        _score_board(network, names, note)


def _training(network: Network[Any]) -> None:
    """Buttons, the state of the run in words, and its learning curve."""
    st.subheader(_("Train it yourself"), anchor=False)
    _buttons(network)
    live(network, lambda: _watch(network))


def _buttons(network: Network[Any]) -> None:
    run, phase = network.run, network.phase
    with st.container(horizontal=True, vertical_alignment="center"):
        run_button(phase, _("Train from the start"), go=run.resume, pause=run.pause, key="app_run")
        back = _("Back to the ready-trained network") if shipped(network.settings) else _("Forget it")
        st.button(back, on_click=run.restart, icon=":material/undo:", disabled=phase == "new", key="app_back")
        if network.is_opened:
            close, kind = _("Back to the settings of this page"), network.settings.kind
            st.button(close, on_click=visitor().close_shown, args=(kind,), icon=":material/close:", key="app_close")
    _what_is_shown(network)
    save_and_open(network.application, run)


def _what_is_shown(network: Network[Any]) -> None:
    ready = shipped(network.settings)
    if network.trained_here:
        _which_of_yours(network)
    elif ready is not None:
        st.caption(
            _("The page uses a ready-trained network: {steps} steps of training, {seconds} s on one core.").format(
                steps=ready.state.step, seconds=f"{ready.about.seconds:.{0 if ready.about.seconds >= 1 else 1}f}"
            )
        )
    else:
        st.info(
            _("No network with these settings is ready. Train one: it takes {steps} steps.").format(
                steps=network.settings.budget
            ),
            icon=":material/model_training:",
        )


def _which_of_yours(network: Network[Any]) -> None:
    if network.is_opened:
        st.info(
            _(
                "The page uses a network that you have opened, or trained before you reloaded the page: {cell}, H = {H}."
            ).format(cell=cell_labels()[network.settings.cell], H=network.settings.hidden),
            icon=":material/folder_open:",
        )
    best, last = network.best, network.run.state
    if best is None or last is None:
        st.caption(_("The page uses the network that you are training."))
        return
    labels = {"best": _("best on validation"), "last": _("last")}
    choice(st.segmented_control, _("Weights that the page uses"), labels, "best", WEIGHTS, in_link=False)
    st.caption(
        _(
            "Early stopping: the loss on validation data was lowest at step {best}, and the last step was {last}."
        ).format(best=best.step, last=last.step)
    )


def _watch(network: Network[Any]) -> None:
    progress = network.run.progress()
    if progress.phase != "new":
        st.progress(min(1.0, progress.step / progress.budget), text=status(progress))
    _words(progress)
    curves = network.curves
    if curves is not None and len(curves.steps):
        plot(learning_chart(curves, network.settings.budget, mark_best=network.trained_here), key="learning")


def status(progress: Progress) -> str:
    parts = [_("Step {step} of {budget}").format(step=progress.step, budget=progress.budget)]
    if progress.held_out_loss is not None:
        parts.append(_("validation loss {loss}").format(loss=number(progress.held_out_loss)))
    if progress.place:
        parts.append(_("{count} before you in the queue").format(count=progress.place))
    if progress.seconds_left is not None:
        parts.append(time_left(progress.seconds_left))
    return " · ".join(parts)


def _words(progress: Progress) -> None:
    report_run_problems(progress.lost, progress.problem)
    if progress.pause_reason == "not watched":
        st.info(
            _("Training paused while this page was closed. It continues from the same step."), icon=":material/bedtime:"
        )
    if progress.ending is not None and progress.ending.reason == "overflow":
        st.warning(_("The numbers became too large, so training ended. A smaller learning rate keeps them in reach."))


def _score_board(network: Network[Any], names: Mapping[str, str], note: str) -> None:
    """The network beside the baselines, on test data. `names`: the labels of measures and baselines."""
    st.subheader(_("How good is it?"), anchor=False)
    found = network.application.measures
    rows = [
        Row(names[name], scores, False)
        for name, scores in compute.baselines(network.application, network.settings).items()
    ]
    is_running = network.phase == "running"
    state = network.state
    if state is not None and not is_running:
        words = _("your network") if network.trained_here else _("this network")
        rows.append(Row(words, _network_scores(network, state), True))
    offer_scores(network, rows, found)
    plot(score_bars(rows, found[0], names[found[0].name]), key="scores")
    table(_table(rows, found, names))
    if is_running:
        st.caption(_("Your network is scored when its training pauses or ends."))
    _verdict(rows, found, names)
    if note:
        st.caption(note)


def _network_scores(network: Network[Any], state: RunState) -> Scores:
    ready = shipped(network.settings)
    if network.trained_here or ready is None:
        return compute.scores(network.application, state)
    return ready.about.scores


def _table(rows: list[Row], found: tuple[Measure, ...], names: Mapping[str, str]) -> dict[str, list[str]]:
    return {_("on test data"): [row.name for row in rows]} | {
        names[measure.name]: [measure.words(row.scores.get(measure.name)) for row in rows] for measure in found
    }


def _verdict(rows: list[Row], found: tuple[Measure, ...], names: Mapping[str, str]) -> None:
    """Which baselines do at least as well as the network, by every measure."""
    ours = next((row for row in rows if row.is_network), None)
    if ours is None:
        return
    measures_of: dict[str, list[str]] = {}  # baselines that are as good -> by which measures
    for measure in found:
        answers = listed(row.name for row in rows if row is not ours and row.is_as_good_as(ours, measure))
        if answers:
            measures_of.setdefault(answers, []).append(f"“{names[measure.name]}”")
    if not measures_of:
        st.success(_("The network is better than every simple method."))
        return
    words = _("Measured by {measures}, the network is no better than: {names}.")
    sentences = [words.format(measures=listed(by), names=answers) for answers, by in measures_of.items()]
    st.info("\n\n".join(sentences))


def code(network: Network[Any]) -> None:
    """The network as programs that run elsewhere."""
    st.subheader(_("The same in code"), anchor=False)
    on_demand(
        _("Show the program"),
        lambda: show_program(network.application, network.settings),
        icon=":material/code:",
        key="app_code_open",
    )
