"""The widgets that set interventions: the current one, and a list of those that were kept, with undo."""

import streamlit as st

from rnn_core.cells.interventions import Intervention
from rnn_core.studies.sequences import FORMS, SequenceSetup
from ui.browser.dial import page_dial
from ui.i18n import _
from ui.links.kept_settings import in_link, unbound_in_link
from ui.memory.gates import intervention_text
from ui.memory.gates.intervention_text import GATES, MEMORY, SILENCE, Spec, What
from ui.widgets.choices import choice, rerun_page
from ui.widgets.stage import Stage

KEPT = "kept"  # the name in the link
_BRUSHED = "steps_brushed"


def kept_interventions() -> tuple[Spec, ...]:
    try:
        return intervention_text.from_text(unbound_in_link(KEPT))
    except ValueError as problem:
        st.warning(str(problem), icon=":material/link_off:")
        return ()


def steps_key(steps: int) -> str:
    """The bounds of a slider must not change under its key, so each length of run has its own."""
    return f"steps{steps}"


def select_steps(chosen: tuple[int, int], steps: int) -> None:
    """Moves the slider to the steps that were selected on the chart, once for each selection."""
    first, last = max(1, chosen[0]), min(steps, chosen[1])
    if first <= last and st.session_state.get(_BRUSHED) != (first, last):
        st.session_state[_BRUSHED] = (first, last)
        st.session_state[f"{_BRUSHED}_new"] = (first, last)
        rerun_page()


def current_intervention(setup: SequenceSetup, unit: int, stage: Stage) -> Spec | None:
    """The intervention that the widgets describe: what it does above the picture, how much and when in the dock."""
    cell = FORMS[setup.form][0]
    kinds = {
        "gate": _("Clamp a gate"),
        "silence": _("Silence"),
        "overwrite": _("Overwrite the memory"),
        "none": _("Nothing"),
    }
    what: What = MEMORY[cell]
    with stage.top:
        kind = choice(st.segmented_control, _("What to do"), kinds, "gate", "do", label_visibility="collapsed")
        if kind == "none":
            return None
        if kind == "gate":
            letters = {letter: letter for letter in GATES[cell]}
            what = choice(
                st.segmented_control, _("Gate"), letters, next(iter(letters)), "held", label_visibility="collapsed"
            )
        everyone = {"all": _("all units"), "one": _("unit {unit}").format(unit=unit)}
        who = choice(st.segmented_control, _("Which units"), everyone, "all", "who", label_visibility="collapsed")
    if kind == "silence":
        what = SILENCE
    value = 0.0
    with stage.dock:
        if kind != "silence":
            signed = kind == "overwrite" or what in ("g", "n")
            low, key = (-1.0, "value") if signed else (0.0, "open")
            value = page_dial(_("Value"), low, 1.0, 0.0, 0.01, key=key)
        first, last = _steps(setup.steps, one=kind == "overwrite")
    return Spec(what, None if who == "all" else unit, first, last, value)


def _steps(steps: int, one: bool) -> tuple[int, int]:
    if one:
        at = int(page_dial(_("At step"), 1, steps, steps // 3 + 1, key=f"step{steps}"))
        return at, at
    key = steps_key(steps)
    brushed = st.session_state.pop(f"{_BRUSHED}_new", None)
    if brushed:
        st.session_state[key] = brushed
    chosen: tuple[int, int] = st.slider(
        _("During steps"),
        1,
        steps,
        (steps // 3 + 1, max(steps // 2, steps // 3 + 1)),
        **in_link(key),
        help=_("Or brush the steps on the chart."),
    )
    return chosen


def interventions_in_force(setup: SequenceSetup, current: Spec | None) -> tuple[Spec, ...]:
    """Buttons to keep the current intervention and to undo, and the kept ones in words. Returns all that the run has."""
    kept = kept_interventions()
    row = st.container(horizontal=True)
    row.button(
        _("Keep this and add another"),
        icon=":material/add:",
        disabled=current is None or len(kept) >= intervention_text.MOST,
        on_click=_keep,
        args=(kept, current),
    )
    row.button(
        _("Undo"), icon=":material/undo:", disabled=current is None and not kept, on_click=_undo, args=(kept, current)
    )
    if kept:
        cell = FORMS[setup.form][0]
        words = [
            intervention_text.in_words(spec)
            + ("" if intervention_text.to_core(spec, cell, setup.hidden_size, setup.steps) else _(" (not in this run)"))
            for spec in kept
        ]
        st.markdown(_("Kept: {holds}").format(holds=_("; ").join(words)))
    return kept if current is None else (*kept, current)


def interventions_of(in_force: tuple[Spec, ...], setup: SequenceSetup) -> tuple[Intervention, ...]:
    cell = FORMS[setup.form][0]
    made = (intervention_text.to_core(spec, cell, setup.hidden_size, setup.steps) for spec in in_force)
    return tuple(each for each in made if each is not None)


def _keep(kept: tuple[Spec, ...], current: Spec) -> None:
    st.query_params[KEPT] = intervention_text.to_text((*kept, current))
    st.session_state["do"] = "none"


def _undo(kept: tuple[Spec, ...], current: Spec | None) -> None:
    """Takes away the current intervention, or else the last one kept."""
    if current is not None:
        st.session_state["do"] = "none"
    elif len(kept) > 1:
        st.query_params[KEPT] = intervention_text.to_text(kept[:-1])
    else:
        st.query_params.pop(KEPT, None)
