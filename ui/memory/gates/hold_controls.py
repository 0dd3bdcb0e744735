"""The widgets with which a reader interferes with a run: one hold in the hand, and those that were kept; with undo."""

import streamlit as st

from rnn_core.cells.interventions import Intervention
from rnn_core.studies.sequences import FORMS, SequenceSetup
from ui.i18n import _
from ui.links.kept_settings import in_link, unbound_in_link
from ui.memory.gates import holds
from ui.memory.gates.holds import GATES, MEMORY, SILENCE, Hold, What
from ui.widgets.choices import choice, rerun_page

KEPT = "kept"  # the name in the link
_BRUSHED = "steps_brushed"


def kept_holds() -> tuple[Hold, ...]:
    try:
        return holds.unpacked(unbound_in_link(KEPT))
    except ValueError as problem:
        st.warning(str(problem), icon=":material/link_off:")
        return ()


def steps_key(steps: int) -> str:
    """The bounds of a slider must not change under its key, so each length of run has its own."""
    return f"steps{steps}"


def brush(chosen: tuple[int, int], steps: int) -> None:
    """Steps that were brushed on a chart go into the slider, once for each brush stroke."""
    first, last = max(1, chosen[0]), min(steps, chosen[1])
    if first <= last and st.session_state.get(_BRUSHED) != (first, last):
        st.session_state[_BRUSHED] = (first, last)
        st.session_state[f"{_BRUSHED}_new"] = (first, last)
        rerun_page()


def hold_in_hand(setup: SequenceSetup, unit: int) -> Hold | None:
    """The hold that the widgets describe; it is at work as long as they do."""
    cell = FORMS[setup.form][0]
    kinds = {
        "gate": _("Hold a gate"),
        "silence": _("Silence"),
        "overwrite": _("Overwrite the memory"),
        "none": _("Nothing"),
    }
    kind = choice(st.segmented_control, _("What to do"), kinds, "gate", "do", label_visibility="collapsed")
    if kind == "none":
        return None
    what_column, value_column, steps_column, who_column = st.columns([1, 1, 1.4, 1])
    what: What = SILENCE if kind == "silence" else MEMORY[cell]
    if kind == "gate":
        with what_column:
            letters = {letter: letter for letter in GATES[cell]}
            what = choice(st.segmented_control, _("Gate"), letters, next(iter(letters)), "held")
    value = 0.0
    if kind != "silence":
        with value_column:
            signed = kind == "overwrite" or what in ("g", "n")
            low, key = (-1.0, "value") if signed else (0.0, "open")
            value = st.slider(_("Value"), low, 1.0, 0.0, 0.01, **in_link(key))
    with steps_column:
        first, last = _steps(setup.steps, one=kind == "overwrite")
    with who_column:
        everyone = {"all": _("all units"), "one": _("unit {unit}").format(unit=unit)}
        who = choice(st.segmented_control, _("Which units"), everyone, "all", "who")
    return Hold(what, None if who == "all" else unit, first, last, value)


def _steps(steps: int, one: bool) -> tuple[int, int]:
    if one:
        at = st.slider(_("At step"), 1, steps, steps // 3 + 1, **in_link(f"step{steps}"))
        return at, at
    key = steps_key(steps)
    brushed = st.session_state.pop(f"{_BRUSHED}_new", None)
    if brushed:
        st.session_state[key] = brushed
    return st.slider(
        _("During steps"),
        1,
        steps,
        (steps // 3 + 1, max(steps // 2, steps // 3 + 1)),
        **in_link(key),
        help=_("Or brush the steps on the chart below."),
    )


def kept_list(setup: SequenceSetup, in_hand: Hold | None) -> tuple[Hold, ...]:
    """Buttons to keep the hold in the hand and to undo, and the kept holds in words. Returns all that are at work."""
    kept = kept_holds()
    row = st.container(horizontal=True)
    row.button(
        _("Keep this and add another"),
        icon=":material/add:",
        disabled=in_hand is None or len(kept) >= holds.MOST_HOLDS,
        on_click=_keep,
        args=(kept, in_hand),
    )
    row.button(
        _("Undo"), icon=":material/undo:", disabled=in_hand is None and not kept, on_click=_undo, args=(kept, in_hand)
    )
    if kept:
        cell = FORMS[setup.form][0]
        words = [
            holds.in_words(hold)
            + ("" if holds.intervention(hold, cell, setup.hidden_size, setup.steps) else _(" (not in this run)"))
            for hold in kept
        ]
        st.markdown(_("Kept: {holds}").format(holds=_("; ").join(words)))
    return kept if in_hand is None else (*kept, in_hand)


def interventions_of(at_work: tuple[Hold, ...], setup: SequenceSetup) -> tuple[Intervention, ...]:
    cell = FORMS[setup.form][0]
    made = (holds.intervention(hold, cell, setup.hidden_size, setup.steps) for hold in at_work)
    return tuple(each for each in made if each is not None)


def _keep(kept: tuple[Hold, ...], in_hand: Hold) -> None:
    st.query_params[KEPT] = holds.packed((*kept, in_hand))
    st.session_state["do"] = "none"


def _undo(kept: tuple[Hold, ...], in_hand: Hold | None) -> None:
    """Take away what was done last: the hold in the hand, else the last one kept."""
    if in_hand is not None:
        st.session_state["do"] = "none"
    elif len(kept) > 1:
        st.query_params[KEPT] = holds.packed(kept[:-1])
    else:
        st.query_params.pop(KEPT, None)
