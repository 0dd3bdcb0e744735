"""The run in the training lab: its buttons, what is said about it, its live charts, and its file."""

import math

import streamlit as st

from rnn_core.errors import CoreError
from rnn_core.learn.settings import RunSettings
from rnn_core.learn.state import View
from ui import lab_controls
from ui.components.plot import plot
from ui.compute.lab import baseline, visitor
from ui.figures import training as figures
from ui.figures.words import number
from ui.i18n import _
from ui.training import Progress, TrainingRun

NAME = "lab"
SECONDS_BETWEEN_LOOKS = 0.5


def come_back() -> None:
    """A visitor who was on another page finds the run as it was left: the widgets, some of whose names other pages use
    too, get its settings again, and so does the link."""
    run = visitor().runs.get(NAME)
    if run is None or st.session_state.get("page of cell") == st.session_state["page"]:
        return
    for name, value in lab_controls.values_of(run.settings).items():
        if name not in st.query_params:
            st.session_state[name] = value
            if isinstance(value, str) and value != lab_controls.DEFAULTS[name]:
                st.query_params[name] = value  # a choice starts from the link; bound numbers write it themselves


def current_run(settings: RunSettings) -> TrainingRun:
    """The run of these settings. A changed setting begins a new one and leaves the old one's curve for comparison."""
    mine = visitor()
    run = mine.runs.get(NAME)
    if run is not None and settings == st.session_state.get("lab_asked", settings):
        st.session_state["lab_asked"] = settings
        return run
    st.session_state["lab_earlier"] = _earlier(run, settings)
    st.session_state["lab_asked"] = settings
    return mine.new_run(NAME, settings)


def _earlier(run: TrainingRun | None, settings: RunSettings) -> figures.Earlier | None:
    if run is None or run.settings.task != settings.task:
        return None
    curves = run.history.curves()
    if len(curves.checks) < 2:
        return st.session_state.get("lab_earlier")
    name = _("before: {cell}").format(cell=lab_controls.cell_labels()[run.settings.cell])
    return figures.Earlier(name, curves.of_checks("step"), curves.of_checks("loss"))


def buttons(run: TrainingRun) -> None:
    phase = run.progress().phase
    with st.container(horizontal=True, vertical_alignment="center"):
        if phase == "running":
            st.button(_("Pause"), on_click=run.pause, icon=":material/pause:", type="primary", key="pause")
        else:
            go = _("Train") if phase == "new" else _("Go on")
            st.button(
                go,
                on_click=run.resume,
                icon=":material/play_arrow:",
                type="primary",
                disabled=phase == "ended",
                key="resume",
            )
        st.button(
            _("One step"),
            on_click=run.step,
            icon=":material/skip_next:",
            disabled=phase in ("running", "ended"),
            key="one_step",
        )
        st.button(
            _("From the start"), on_click=run.restart, icon=":material/replay:", disabled=phase == "new", key="restart"
        )


def live(run: TrainingRun) -> None:
    """Looks again by itself while the run goes on; when it stops, the page is drawn once more, at rest."""
    running = run.progress().phase == "running"
    st.fragment(_look, run_every=SECONDS_BETWEEN_LOOKS if running else None)(run, running)


def _look(run: TrainingRun, was_running: bool) -> None:
    visitor()  # is seen
    progress = run.progress()
    if was_running and progress.phase != "running":
        st.rerun()
    _words(progress)
    _charts(run, progress)


def _words(progress: Progress) -> None:
    st.progress(progress.step / progress.budget, text=_status(progress))
    if progress.lost:
        st.info(
            _("A worker was lost, and its steps were sent to another: the numbers are the same as without that."),
            icon=":material/healing:",
        )
    if progress.why == "away":
        st.info(_("Nobody was looking, so the run waits. It goes on where it was."), icon=":material/bedtime:")
    if progress.why == "error":
        st.error(_("The run stopped: {problem}").format(problem=progress.problem), icon=":material/error:")
    if progress.ending is not None:
        (st.warning if progress.ending.reason == "overflow" else st.success)(_ending(progress))


def _status(progress: Progress) -> str:
    parts = [_("Step {step} of {budget}").format(step=progress.step, budget=progress.budget)]
    if progress.held_out_loss is not None:
        parts.append(_("held-out loss {loss}").format(loss=number(progress.held_out_loss)))
    if progress.held_out_measure is not None and progress.held_out_measure > -math.inf:
        parts.append(_("success {share}").format(share=f"{progress.held_out_measure:.0%}"))
    if progress.place:
        parts.append(_("{count} before you in the queue").format(count=progress.place))
    if progress.seconds_left is not None:
        parts.append(_("about {seconds} s left").format(seconds=math.ceil(progress.seconds_left)))
    return " · ".join(parts)


def _ending(progress: Progress) -> str:
    if progress.ending is None:
        raise ValueError("the run has not ended")
    match progress.ending.reason:
        case "budget":
            return _("The budget of {steps} steps is used up. A larger one lets it go further.").format(
                steps=progress.budget
            )
        case "target":
            return _("The held-out loss has reached its target.")
        case "patience":
            return _("The held-out loss has not become better for a long time, so the run ended.")
        case "overflow":
            what = {"loss": _("the loss"), "gradient": _("the gradient"), "weights": _("the weights")}
            return _(
                "At step {step} {what} became larger than any number a computer holds. The last good state is kept. "
                "Try clipping, or a smaller learning rate."
            ).format(step=progress.ending.step + 1, what=what[progress.ending.what])


def _charts(run: TrainingRun, progress: Progress) -> None:
    curves, settings = run.history.curves(), run.settings
    if not len(curves.steps):
        st.markdown(_("Press Train. The curves grow here while the network learns."))
        return
    line = baseline(settings.task)
    plot(figures.loss_chart(curves, progress.step, line, st.session_state.get("lab_earlier")), key="loss")
    view = _moment(run, progress)
    left, right = st.columns(2)
    with left:
        plot(figures.gradient_chart(curves, progress.step, settings.clip_norm), key="gradient")
    if view is None:
        return
    with right:
        names = [lab_controls.answer_label(name) for name in settings.task.output_names]
        plot(figures.example_chart(view, names, squared=settings.task.loss == "squared error"), key="example")
    felt, *beside = st.columns(2) if view.samples else [st.container()]
    with felt:
        plot(figures.state_gradient_chart(view.layers), key="felt")
    for place in beside:
        with place:
            _samples(view)


def _moment(run: TrainingRun, progress: Progress) -> View | None:
    """The newest view while the run goes on; afterwards any, by a slider over its history."""
    steps = run.history.view_steps()
    if not steps:
        return None
    shown = steps[-1]
    if progress.phase != "running" and len(steps) > 1:
        shown = st.select_slider(
            _("The example after so many steps of training"), steps, steps[-1], key=f"moment_{steps[-1]}"
        )
    return run.history.view_at(shown)


def _samples(view: View) -> None:
    """Of a task about symbols: what was read, what was asked for, and what the network said."""
    st.caption(_("Other sequences it was never trained on"))
    for sample in view.samples:
        verdict = "✓" if sample.said == sample.wanted else "✗"
        st.code(f"{sample.given}\n{sample.wanted}  ←\n{sample.said}  {verdict}", language=None)


def file_of(run: TrainingRun) -> None:
    """Save and load."""
    saved = run.save() if run.progress().phase != "running" else None
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    with left:
        st.download_button(
            _("Save this run"),
            saved or b"",
            "unrolled-run.safetensors",
            icon=":material/download:",
            disabled=saved is None,
            on_click="ignore",
        )
    with right:
        st.file_uploader(_("Open a saved run"), type=["safetensors"], key="run_file", on_change=_open_file)
    if problem := st.session_state.pop("run_file_problem", None):
        st.error(problem, icon=":material/error:")


def _open_file() -> None:
    given = st.session_state["run_file"]
    if given is None:
        return
    try:
        run = visitor().load(NAME, given.getvalue())
    except CoreError as problem:
        st.session_state["run_file_problem"] = _(
            "This is not a run that was saved here, or it is damaged. Nothing was changed. ({why})"
        ).format(why=problem)
        return
    st.session_state.update(lab_controls.values_of(run.settings))
    st.session_state.pop("lab_asked", None)  # what the widgets say now belongs to the run of the file
    st.session_state["lab_earlier"] = None
