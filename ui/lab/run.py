"""The run in the training lab: which one it is, its buttons, and what is said about it."""

import streamlit as st

from rnn_core.lab.fork import can_continue_with
from rnn_core.lab.settings import RunSettings
from ui.figures.words import number
from ui.i18n import _
from ui.lab import controls
from ui.lab.compute import visitor
from ui.lab.names import cell_labels
from ui.lab.views import charts
from ui.links.kept_settings import in_session
from ui.runs.faults import show_faults
from ui.runs.pace import in_own_time, pace_in, time_left
from ui.runs.run_button import run_button
from ui.runs.training import Progress, TrainingRun

NAME, BEFORE = "lab", "lab before"
SECONDS_FOR_THE_FIRST = 0.3


def current_run(settings: RunSettings | None) -> TrainingRun | None:
    """The run of these settings. Whatever the run before has done is set aside, and is there again with its settings."""
    mine = visitor()
    run, before = mine.runs.get(NAME), mine.runs.get(BEFORE)
    if settings is None or (run is not None and run.settings == settings):
        return run
    if before is not None and before.settings == settings:
        return _back()
    if run is not None and _has_begun(run):
        run.set_aside()
        mine.rename(NAME, BEFORE)
    return mine.new_run(NAME, settings)


def _has_begun(run: TrainingRun) -> bool:
    return run.progress().phase != "new"


def _back() -> TrainingRun:
    """To the run before; the one that is left takes its place, when it has done anything."""
    mine = visitor()
    if NAME in mine.runs and _has_begun(mine.runs[NAME]):
        mine.runs[NAME].set_aside()
        mine.swap(NAME, BEFORE)
    else:
        mine.rename(BEFORE, NAME)
    run = mine.runs[NAME]
    if run.progress().why == "aside":
        run.resume()
    return run


def _undo() -> None:
    controls.show(_back().settings)


def _go_on_as_set(settings: RunSettings) -> None:
    visitor().fork(BEFORE, NAME, settings).resume()


def _from_the_seed(run: TrainingRun) -> None:
    mine = visitor()
    mine.rename(NAME, BEFORE)
    mine.new_run(NAME, run.settings).resume()


def buttons(run: TrainingRun) -> None:
    progress = run.progress()
    with st.container(horizontal=True, vertical_alignment="bottom", key="run_buttons"):
        run_button(progress.phase, _("Train"), go=run.resume, pause=run.pause, key="run")
        _step_buttons(run, disabled=progress.phase in ("running", "ended"))
        st.button(
            _("Stop"),
            on_click=run.pause,
            args=("stopped",),
            icon=":material/stop:",
            disabled=progress.phase in ("new", "ended") or progress.why == "stopped",
            key="stop",
        )
        _restart_buttons(run, progress)
    _buttons_of_the_run_before(run, progress)


def _step_buttons(run: TrainingRun, disabled: bool) -> None:
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
    with st.popover("", icon=":material/tune:", help=_("How many steps that button makes"), disabled=disabled):
        st.number_input(_("Steps"), 2, 100_000, 50, **in_session("lab_steps"))


def _restart_buttons(run: TrainingRun, progress: Progress) -> None:
    again = {"icon": ":material/replay:", "disabled": progress.phase == "new"}
    if run.began_at:
        back = _("Back to step {step}").format(step=run.began_at)
        st.button(back, on_click=run.restart, icon=":material/undo:", disabled=again["disabled"], key="restart")
        st.button(_("From the start"), on_click=_from_the_seed, args=(run,), key="from_the_seed", **again)
    else:
        st.button(_("From the start"), on_click=run.restart, key="restart", **again)


def _buttons_of_the_run_before(run: TrainingRun, progress: Progress) -> None:
    """A changed setting may be taken back, or go on from where the run before it stands."""
    before = visitor().runs.get(BEFORE)
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


def _back_label(before: TrainingRun) -> str:
    return _("Back to the run before ({cell}, step {step})").format(
        cell=cell_labels()[before.settings.cell], step=before.progress().step
    )


def live(run: TrainingRun) -> None:
    """Looks again by itself while the run goes on; when it stops, the page is drawn once more, at rest."""
    running = run.progress().phase == "running"
    pace = pace_in(run.crowd()) if running else None
    if running and run.progress().step == run.began_at:
        run.wait_for_news(SECONDS_FOR_THE_FIRST)  # the first point is drawn at once, not at the next look
    st.fragment(_look, run_every=pace and in_own_time(pace))(run, pace)


def _look(run: TrainingRun, pace: float | None) -> None:
    mine = visitor()  # is seen
    progress = run.progress()
    if pace is not None and (progress.phase != "running" or pace_in(run.crowd()) > pace):
        st.rerun()
    _words(progress)
    charts(run, mine.runs.get(BEFORE))


def _words(progress: Progress) -> None:
    st.progress(progress.step / progress.budget, text=_status(progress))
    show_faults(progress.lost, progress.problem)
    if progress.why == "away":
        st.info(_("Nobody was looking, so the run waits. It goes on where it was."), icon=":material/bedtime:")
    if progress.why == "stopped" and progress.phase == "paused":
        st.info(
            _("You ended this run at step {step}. Everything is kept: look back, save it, or go on after all.").format(
                step=progress.step
            ),
            icon=":material/stop_circle:",
        )
    if progress.ending is not None:
        (st.warning if progress.ending.reason == "overflow" else st.success)(_ending(progress))


def _status(progress: Progress) -> str:
    parts = [_("Step {step} of {budget}").format(step=progress.step, budget=progress.budget)]
    if progress.held_out_loss is not None:
        parts.append(_("held-out loss {loss}").format(loss=number(progress.held_out_loss)))
    if progress.held_out_measure is not None and progress.held_out_measure >= 0:
        parts.append(_("success {share}").format(share=f"{progress.held_out_measure:.0%}"))
    if progress.phase == "running" and progress.loss is None and not progress.place:
        parts.append(_("a worker is getting ready"))
    if progress.place:
        parts.append(_("{count} before you in the queue").format(count=progress.place))
    if progress.steps_per_second and progress.phase == "running":
        parts.append(_("{rate} steps a second").format(rate=number(progress.steps_per_second)))
    if progress.seconds_left is not None:
        parts.append(time_left(progress.seconds_left))
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
