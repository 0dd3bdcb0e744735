"""The run of the training lab: its buttons, and its state in words."""

import streamlit as st

from rnn_core.lab.fork import can_continue_with
from rnn_core.lab.settings import RunSettings
from rnn_core.learn.advice import advice
from ui.figures.words import number
from ui.i18n import _
from ui.lab import controls
from ui.lab.compute import LabRun, visitor
from ui.lab.guess import guess_dial, guess_in_words
from ui.lab.names import cell_labels
from ui.lab.views import Seen, answer, below_the_stage, charts
from ui.links.kept_settings import in_session
from ui.runs.faults import report_run_problems
from ui.runs.pace import seconds_between_looks, time_left, with_jitter
from ui.runs.run_button import run_button
from ui.runs.training import Phase, Progress
from ui.widgets.stage import stage_note

NAME, BEFORE = "lab", "lab before"
SECONDS_FOR_THE_FIRST = 0.3


def current_run(settings: RunSettings | None) -> LabRun | None:
    """The run of these settings. The run before is paused and kept, and comes back with its settings."""
    this_visitor = visitor()
    run, before = this_visitor.runs.get(NAME), this_visitor.runs.get(BEFORE)
    if settings is None or (run is not None and run.settings == settings):
        return run
    if before is not None and before.settings == settings:
        return _back()
    if run is not None and _has_begun(run):
        run.pause_for_other_run()
        this_visitor.rename(NAME, BEFORE)
    return this_visitor.new_run(NAME, settings)


def _has_begun(run: LabRun) -> bool:
    return run.progress().phase != "new"


def _back() -> LabRun:
    """Goes back to the run before. The present one takes its place if it has begun."""
    this_visitor = visitor()
    if NAME in this_visitor.runs and _has_begun(this_visitor.runs[NAME]):
        this_visitor.runs[NAME].pause_for_other_run()
        this_visitor.swap(NAME, BEFORE)
    else:
        this_visitor.rename(BEFORE, NAME)
    run = this_visitor.runs[NAME]
    if run.progress().pause_reason == "other run":
        run.resume()
    return run


def _undo() -> None:
    controls.show(_back().settings)


def _go_on_as_set(settings: RunSettings) -> None:
    visitor().fork(BEFORE, NAME, settings).resume()


def _from_the_seed(run: LabRun) -> None:
    this_visitor = visitor()
    this_visitor.rename(NAME, BEFORE)
    this_visitor.new_run(NAME, run.settings).resume()


def buttons(run: LabRun, progress: Progress) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="run_buttons"):
        run_button(progress.phase, _("Train"), go=run.resume, pause=run.pause, key="run")
        _step_buttons(run, disabled=progress.phase in ("running", "ended"))
        st.button(
            _("Stop"),
            on_click=run.pause,
            args=("stopped",),
            icon=":material/stop:",
            disabled=progress.phase in ("new", "ended") or progress.pause_reason == "stopped",
            key="stop",
        )
        _restart_buttons(run, progress)
    if progress.phase == "new":
        guess_dial(run.settings.task)


def _step_buttons(run: LabRun, disabled: bool) -> None:
    st.button(_("One step"), on_click=run.step, icon=":material/skip_next:", disabled=disabled, key="one_step")
    count = st.session_state.get("lab_steps", 50)
    st.button(
        _("{count} steps").format(count=count),
        on_click=run.step,
        args=(count,),
        icon=":material/fast_forward:",
        disabled=disabled,
        key="some_steps",
    )
    with st.popover("", icon=":material/tune:", help=_("Training steps per press of that button"), disabled=disabled):
        st.number_input(_("Steps"), 2, 100_000, 50, **in_session("lab_steps"))


def _restart_buttons(run: LabRun, progress: Progress) -> None:
    is_new, label, icon = progress.phase == "new", _("From the start"), ":material/replay:"
    if run.began_at:
        back = _("Back to step {step}").format(step=run.began_at)
        st.button(back, on_click=run.restart, icon=":material/undo:", disabled=is_new, key="restart")
        st.button(label, on_click=_from_the_seed, args=(run,), icon=icon, disabled=is_new, key="from_the_seed")
    else:
        st.button(label, on_click=run.restart, icon=icon, disabled=is_new, key="restart")


def buttons_of_the_run_before(run: LabRun) -> None:
    """After a change of settings: back to the run before, or on from its present step with the new settings."""
    before, progress = visitor().runs.get(BEFORE), run.progress()
    if before is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="run_before"):
        state = before.state
        if progress.phase == "new" and state is not None and state.step and can_continue_with(state, run.settings):
            st.button(
                _("Go on from step {step} with the new settings").format(step=state.step),
                on_click=_go_on_as_set,
                args=(run.settings,),
                icon=":material/call_split:",
                key="fork",
            )
        st.button(_back_label(before), on_click=_undo, icon=":material/undo:", type="tertiary", key="undo")


def _back_label(before: LabRun) -> str:
    return _("Back to the run before ({cell}, step {step})").format(
        cell=cell_labels()[before.settings.cell], step=before.progress().step
    )


def live(run: LabRun, shown: Phase, seen: Seen) -> None:
    """Reruns itself while the run goes on; at the end it reruns the whole page once. `shown`: the phase that the buttons show."""
    pace = _pace(run, shown)
    if pace is not None and run.progress().step == run.began_at:
        run.wait_for_chunk(SECONDS_FOR_THE_FIRST)  # so that the first point is drawn at once
    st.fragment(_look, run_every=pace and with_jitter(pace))(run, pace, seen)


def live_below(run: LabRun, shown: Phase, seen: Seen) -> None:
    """The same below the stage."""
    pace = _pace(run, shown)
    st.fragment(below_the_stage, run_every=pace and with_jitter(pace))(run, seen)


def _pace(run: LabRun, shown: Phase) -> float | None:
    return seconds_between_looks(run.visitors_per_worker()) if shown == "running" else None


def _look(run: LabRun, pace: float | None, seen: Seen) -> None:
    this_visitor = visitor()  # keeps its runs going
    progress = run.progress()
    if pace is not None and (progress.phase != "running" or seconds_between_looks(run.visitors_per_worker()) > pace):
        st.rerun()
    with stage_note():
        st.progress(progress.step / progress.budget, text=_status(progress, answer(run, seen)))
    charts(run, this_visitor.runs.get(BEFORE), seen)
    _words(progress, run)


def _words(progress: Progress, run: LabRun) -> None:
    report_run_problems(progress.lost, progress.problem)
    if progress.pause_reason == "not watched":
        st.info(
            _("Training paused while this page was closed. It continues from the same step."), icon=":material/bedtime:"
        )
    if progress.pause_reason == "stopped" and progress.phase == "paused":
        st.info(
            _("You ended this run at step {step}. Everything is kept: look back, save it, or go on after all.").format(
                step=progress.step
            ),
            icon=":material/stop_circle:",
        )
    if progress.ending is not None:
        if progress.ending.reason == "overflow":
            st.warning(_ending(progress, run))
        else:
            st.success(f"{_ending(progress, run)} {guess_in_words(run, progress)}".strip())


def _status(progress: Progress, answer: str) -> str:
    parts = [_("Step {step} of {budget}").format(step=progress.step, budget=progress.budget)]
    if progress.held_out_loss is not None:
        parts.append(_("validation loss {loss}").format(loss=number(progress.held_out_loss)))
    if progress.held_out_measure is not None and progress.held_out_measure >= 0:
        parts.append(_("success {share}").format(share=f"{progress.held_out_measure:.0%}"))
    if progress.phase == "running" and progress.loss is None and not progress.place:
        parts.append(_("a worker is getting ready"))
    if progress.place:
        parts.append(_("{count} before you in the queue").format(count=progress.place))
    if progress.steps_per_second and progress.phase == "running":
        parts.append(_("{rate} training steps per second").format(rate=number(progress.steps_per_second)))
    if progress.seconds_left is not None:
        parts.append(time_left(progress.seconds_left))
    if answer:
        parts.append(answer)
    return " · ".join(parts)


def _ending(progress: Progress, run: LabRun) -> str:
    if progress.ending is None:
        raise ValueError("the run has not ended")
    match progress.ending.reason:
        case "budget":
            used = _("The budget of {steps} steps is used up.").format(steps=progress.budget)
            return f"{used} {_advice(run)}"
        case "target":
            return _("The validation loss has reached its target.")
        case "patience":
            return _("Early stopping: the validation loss has not improved for a long time.")
        case "overflow":
            what = {"loss": _("the loss"), "gradient": _("the gradient"), "weights": _("the weights")}
            return _(
                "At step {step} {what} became larger than any number a computer holds. The last good state is kept. "
                "Try clipping, or a smaller learning rate."
            ).format(step=progress.ending.step + 1, what=what[progress.ending.what])


def _advice(run: LabRun) -> str:
    match advice(run.history.curves().of_checks("loss")):
        case "rate too large":
            return _(
                "The validation loss is no lower than at the start: more steps will not help. Try a smaller learning rate than "
                "{rate}."
            ).format(rate=number(run.settings.rate))
        case "overfitting":
            return _(
                "The validation loss fell and rose again: the network overfits. Try regularisation, or stop earlier."
            )
        case "flat":
            return _("The validation loss has stopped falling: a larger budget alone would change little.")
        case "still falling":
            return _("The validation loss was still falling: a larger budget lets it go further.")
