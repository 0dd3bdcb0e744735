"""The frame of every application page: a network that is ready at once and can be trained live, how good it is, what goes
on inside it, and the same in code.

    network = network_of(settings)              # trained here, or the one that ships, or None yet
    live(network, lambda: show(network))        # drawn again and again while the training goes on
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from rnn_core.apps.application import Application
from rnn_core.apps.scores import Measure, Scores
from rnn_core.apps.settings import AppSettings
from rnn_core.learn.history import Curves, History
from rnn_core.learn.state import RunState
from ui.apps import compute
from ui.apps.figures.learning import learning_chart
from ui.apps.figures.score_bars import Row, score_bars
from ui.browser.plot import plot
from ui.cache.shipped import shipped
from ui.figures.words import number
from ui.i18n import _, listed
from ui.runs.faults import show_faults
from ui.runs.pace import in_own_time, pace_in, time_left
from ui.runs.run_button import run_button
from ui.runs.training import Progress, TrainingRun
from ui.widgets.choices import choice
from ui.widgets.plain import table


@dataclass(frozen=True)
class Network:
    """What the page plays with."""

    application: Application[Any]
    settings: AppSettings
    run: TrainingRun  # the visitor's own training with these settings

    @property
    def trained_here(self) -> bool:
        return self.run.state is not None

    @property
    def state(self) -> RunState | None:
        """The newest network: trained here, or the one that ships; None before anything was trained."""
        if self.run.state is not None:
            return self.run.state
        ready = shipped(self.settings)
        return None if ready is None else ready.state

    @property
    def reader(self) -> Any:
        """The newest network as its application's reader opens it, every number open; None before anything was trained."""
        return None if self.state is None else compute.reader(self.application, self.state)

    @property
    def curves(self) -> Curves | None:
        if self.trained_here:
            return self.run.history.curves()
        ready = shipped(self.settings)
        if ready is None:
            return None
        history = History(views=False)
        history.add_saved(ready.curves)
        return history.curves()


def network_of(application: Application[Any], settings: AppSettings) -> Network:
    return Network(application, settings, compute.run_of(settings))


def live(network: Network, draw: Callable[[], None]) -> None:
    """`draw` once, and again and again while the training goes on; at its first step and at its end all of the page is drawn anew.

    It is a fragment: a widget inside it reruns nothing else.
    """
    run = network.run
    was_trained = network.trained_here  # what the rest of the page says
    pace = pace_in(run.crowd()) if run.progress().phase == "running" else None

    def look() -> None:
        compute.visitor()  # is seen
        if pace is not None and (run.progress().phase != "running" or pace_in(run.crowd()) > pace):
            st.rerun()
        if network.trained_here and not was_trained:
            st.rerun()
        draw()

    st.fragment(look, run_every=pace and in_own_time(pace))()


def training(network: Network) -> None:
    """Buttons, what is said about the run, and its learning curve."""
    st.subheader(_("Train it yourself"), anchor=False)
    _buttons(network)
    live(network, lambda: _watch(network))


def _buttons(network: Network) -> None:
    run = network.run
    phase = run.progress().phase
    with st.container(horizontal=True, vertical_alignment="center"):
        run_button(phase, _("Train from the start"), go=run.resume, pause=run.pause, key="app_run")
        back = _("Back to the ready-trained network") if shipped(network.settings) else _("Forget it")
        st.button(back, on_click=run.restart, icon=":material/undo:", disabled=phase == "new", key="app_back")
    _what_is_shown(network)


def _what_is_shown(network: Network) -> None:
    ready = shipped(network.settings)
    if network.trained_here:
        st.caption(_("The page uses the network that you are training."))
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


def _watch(network: Network) -> None:
    progress = network.run.progress()
    if progress.phase != "new":
        st.progress(min(1.0, progress.step / progress.budget), text=status(progress))
    _words(progress)
    curves = network.curves
    if curves is not None and len(curves.steps):
        plot(learning_chart(curves, network.settings.budget), key="learning")


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
    show_faults(progress.lost, progress.problem)
    if progress.why == "away":
        st.info(_("Nobody was looking, so the run waits. It goes on where it was."), icon=":material/bedtime:")
    if progress.ending is not None and progress.ending.reason == "overflow":
        st.warning(_("The numbers became too large, so training ended. A smaller learning rate keeps them in reach."))


def score_board(network: Network, names: Mapping[str, str], note: str = "") -> None:
    """The network beside the trivial answers, on data that it never saw. `names`: the reader's words for measures and answers."""
    st.subheader(_("How good is it?"), anchor=False)
    found = network.application.measures
    rows = [
        Row(names[name], scores, False)
        for name, scores in compute.baselines(network.application, network.settings).items()
    ]
    is_running = network.run.progress().phase == "running"
    if network.state is not None and not is_running:
        words = _("your network") if network.trained_here else _("this network")
        rows.append(Row(words, _network_scores(network), True))
    plot(score_bars(rows, found[0], names[found[0].name]), key="scores")
    table(_table(rows, found, names))
    if is_running:
        st.caption(_("Your network is judged when its training pauses or ends."))
    _verdict(rows, found, names)
    if note:
        st.caption(note)


def _network_scores(network: Network) -> Scores:
    ready = shipped(network.settings)
    if network.trained_here or ready is None:
        return compute.scores(network.application, network.state)
    return ready.about.scores


def _table(rows: list[Row], found: tuple[Measure, ...], names: Mapping[str, str]) -> dict[str, list[str]]:
    return {_("on test data"): [row.name for row in rows]} | {
        names[measure.name]: [measure.words(row.scores.get(measure.name)) for row in rows] for measure in found
    }


def _verdict(rows: list[Row], found: tuple[Measure, ...], names: Mapping[str, str]) -> None:
    """Who does better than the network, said plainly, by every measure."""
    ours = next((row for row in rows if row.is_network), None)
    if ours is None:
        return
    measures_of: dict[str, list[str]] = {}  # the answers that are as good -> by which measures
    for measure in found:
        answers = listed(row.name for row in rows if row is not ours and _is_as_good(row, ours, measure))
        if answers:
            measures_of.setdefault(answers, []).append(f"“{names[measure.name]}”")
    if not measures_of:
        st.success(_("The network does better than every one of them."))
        return
    words = _("By {measures} the network does not do better than: {names}.")
    sentences = [words.format(measures=listed(by), names=answers) for answers, by in measures_of.items()]
    st.info("\n\n".join(sentences))


def _is_as_good(row: Row, ours: Row, measure: Measure) -> bool:
    """Where both have this measure."""
    theirs, own = row.scores.get(measure.name), ours.scores.get(measure.name)
    return theirs is not None and own is not None and not measure.is_better(own, theirs)


def code(network: Network) -> None:
    """The same as programs to run elsewhere, written only when they are asked for."""
    st.subheader(_("The same in code"), anchor=False)
    shown = st.expander(_("Show the program"), icon=":material/code:", key="app_code_open", on_change="rerun")
    if not shown.open:
        return
    with shown:
        libraries = {"PyTorch": "PyTorch", "Keras": "Keras"}
        library = choice(st.segmented_control, _("Library"), libraries, "PyTorch", "code")
        programs = network.application.programs
        write = programs.as_torch if library == "PyTorch" else programs.as_keras
        program = write(network.settings, say=_)
        st.code(program, language="python", wrap_lines=True)
        file = f"{network.application.name}_{library.lower()}.py"
        st.download_button(_("Download"), program, file, "text/x-python", icon=":material/download:")
