"""Which settings are compared: one `Comparison`, kept in the session and in the link, and the widgets that change it."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from rnn_core.errors import CoreError
from rnn_core.lab.comparison import MOST_SEEDS, MOST_SETTINGS, Comparison, check_interval
from rnn_core.lab.settings import CELLS, OPTIMISERS, RunSettings
from rnn_core.lab.tasks import Task
from rnn_core.lab.tasks.adding import Adding
from rnn_core.lab.tasks.latch import Latch
from ui.i18n import _
from ui.lab.comparison.names import short_names
from ui.lab.compute import visitor
from ui.lab.names import cell_labels, init_label, optimiser_label, task_labels, told_of_task, too_large
from ui.lab.settings import length_of, task_of
from ui.links.kept_settings import came_by_back
from ui.widgets.choices import is_click, light

LINK = "list"  # the name in the link
SHORTEST, LONGEST = 10, 200
Change = Callable[[Comparison, Any], Comparison]


def _comparison(task: Task, budget: int, shared: dict[str, Any], *own: dict[str, Any]) -> Comparison:
    every = check_interval(budget)
    settings = tuple(RunSettings(task=task, budget=budget, check_every=every, **shared, **each) for each in own)
    return Comparison(settings, seeds=3)


PRESETS: dict[str, Comparison] = {
    "cells": _comparison(
        Adding(steps=30), 600, {"rate": 0.01, "clip_norm": 1.0}, {"cell": "rnn-tanh"}, {"cell": "gru"}, {"cell": "lstm"}
    ),
    "forget": _comparison(
        Latch(steps=60), 300, {"cell": "lstm"}, {"forget_bias": 0.0}, {"forget_bias": 1.0}, {"forget_bias": 3.0}
    ),
    "optimisers": _comparison(
        Adding(steps=20),
        500,
        {"cell": "gru", "rate": 0.01, "clip_norm": 1.0},
        *({"optimiser": name} for name in ("sgd", "momentum", "rmsprop", "adam")),
    ),
    "sizes": _comparison(
        Adding(steps=20),
        500,
        {"cell": "gru", "rate": 0.01, "clip_norm": 1.0},
        *({"hidden": H} for H in (4, 8, 16, 32, 64)),
    ),
}


def preset_labels() -> dict[str, str]:
    return {
        "cells": _("Three cells"),
        "forget": _("Three forget biases"),
        "optimisers": _("Four optimisers"),
        "sizes": _("Five sizes"),
    }


def current() -> Comparison:
    """What the link says; without a link, what it was before. Call it once, before the widgets."""
    told = st.query_params.get(LINK)
    if told is not None and told != st.session_state.get("runs_in_link"):
        try:
            st.session_state["runs_comparison"] = Comparison.unpack(told)
        except CoreError:
            st.session_state["runs_problem"] = _("The comparison in this link cannot be read, so nothing was changed.")
    elif told is None and came_by_back():
        st.session_state["runs_comparison"] = PRESETS["cells"]
    comparison: Comparison = st.session_state.setdefault("runs_comparison", PRESETS["cells"])
    if comparison == PRESETS["cells"]:
        st.query_params.pop(LINK, None)
        st.session_state.pop("runs_in_link", None)
    else:
        st.session_state["runs_in_link"] = st.query_params[LINK] = comparison.pack()
    if problem := st.session_state.pop("runs_problem", None):
        st.warning(problem, icon=":material/error:")
    return comparison


def presets(comparison: Comparison) -> None:
    names = preset_labels()
    st.session_state["runs_shown"] = {}
    lit = next((name for name, each in PRESETS.items() if each == comparison), None)
    light("runs_preset", lit, st.session_state["runs_shown"])
    st.pills(
        _("Start from"),
        list(names),
        format_func=names.__getitem__,
        key="runs_preset",
        required=True,
        on_change=_take_preset,
        label_visibility="collapsed",
    )


def _take_preset() -> None:
    chosen = st.session_state["runs_preset"]
    shown = {key: st.session_state.get(key) for key in st.session_state["runs_shown"]}
    if chosen is not None and is_click("runs_preset", shown):
        st.session_state["runs_comparison"] = PRESETS[chosen]
        st.query_params.pop(LINK, None)


def _field(
    widget: Callable[..., Any], label: str, *args: Any, name: str, shows: Any, change: Change, **more: Any
) -> None:
    """A widget that shows a part of the comparison, and changes it."""
    key = f"runs_{name}"
    st.session_state[key] = st.session_state["runs_shown"][key] = shows
    widget(label, *args, key=key, on_change=_apply, args=(key, change), **more)


def _apply(key: str, change: Change) -> None:
    _apply_change(lambda now: change(now, st.session_state[key]))


def _apply_change(change: Callable[[Comparison], Comparison]) -> None:
    try:
        st.session_state["runs_comparison"] = change(st.session_state["runs_comparison"])
    except CoreError as problem:
        large = too_large(problem)
        st.session_state["runs_problem"] = large or _("That does not go together, so nothing was changed.")
        return
    st.query_params.pop(LINK, None)  # what the link said is no longer so; it is written anew


def shared_controls(comparison: Comparison) -> None:
    """What is the same for all."""
    tasks, task = task_labels(), comparison.task
    _field(
        st.selectbox,
        _("Task"),
        list(tasks),
        name="task",
        shows=task.name,
        format_func=tasks.__getitem__,
        change=lambda now, name: now.on(task_of(name, _length(now.task)), now.budget),
    )
    st.caption(told_of_task(task.name))
    _field(
        st.slider,
        _("Length T"),
        SHORTEST,
        LONGEST,
        name="T",
        shows=_length(task),
        change=lambda now, T: now.on(task_of(now.task.name, T, now.task.examples), now.budget),
    )
    _field(
        st.slider,
        _("Seeds each"),
        1,
        MOST_SEEDS,
        name="seeds",
        shows=comparison.seeds,
        change=lambda now, seeds: Comparison(now.settings, seeds),
    )
    _field(
        st.number_input,
        _("Budget in steps"),
        20,
        5000,
        step=100,
        name="budget",
        shows=min(max(comparison.budget, 20), 5000),
        change=lambda now, budget: now.on(now.task, budget),
    )


def _length(task: Task) -> int:
    return min(max(length_of(task), SHORTEST), LONGEST)


def list_controls(comparison: Comparison) -> None:
    """The settings by name: one can be chosen and changed, copied or taken out; the lab's can join."""
    names = short_names(comparison.settings)
    place = min(st.session_state.get("runs_place") or 0, len(names) - 1)
    st.session_state["runs_place"] = place
    st.pills(
        _("Settings: choose one to change it"),
        range(len(names)),
        format_func=lambda at: f"{at + 1}. {names[at]}",
        key="runs_place",
        required=True,
        wrap=True,
    )
    _own_controls(comparison, place)
    full, lab = len(names) >= MOST_SETTINGS, visitor().runs.get("lab")
    with st.container(horizontal=True):
        st.button(
            _("Copy it"), key="runs_copy", icon=":material/content_copy:", disabled=full, on_click=_copy, args=(place,)
        )
        st.button(
            _("Take it out"),
            key="runs_remove",
            icon=":material/delete:",
            disabled=len(names) == 1,
            on_click=_take_out,
            args=(place,),
        )
        st.button(
            _("Add the lab’s settings"),
            key="runs_add_lab",
            icon=":material/science:",
            disabled=full or lab is None,
            on_click=_add_lab,
            help=_("What is set in the training lab now, with this page’s task, length, budget and seeds."),
        )


def _own_controls(comparison: Comparison, place: int) -> None:
    now = comparison.settings[place]
    inits = ("torch", "xavier", "orthogonal", "identity")
    schemes = inits if now.init in inits else (*inits, now.init)
    unset = {"value": None, "format": "%g", "placeholder": _("none set")}  # a number that may be left out

    def own(option: str, widget: Callable[..., Any], label: str, **more: Any) -> None:
        name = f"{option}_{place}"
        _field(widget, label, name=name, shows=getattr(now, option), change=_setter(option, place), **more)

    first, second, third = st.columns(3)
    with first:
        own("cell", st.selectbox, _("Cell"), options=CELLS, format_func=lambda name: cell_labels()[name])
        own("hidden", st.number_input, _("Hidden size H"), min_value=4, max_value=256)
    with second:
        own("optimiser", st.selectbox, _("Optimiser"), options=OPTIMISERS, format_func=optimiser_label)
        rates = {"min_value": 0.0, "max_value": 1000.0, "step": 0.001, "format": "%g"}
        own("rate", st.number_input, _("Learning rate"), **rates)
    with third:
        own("init", st.selectbox, _("First weights"), options=schemes, format_func=init_label)
        limits = {"min_value": 0.001, "max_value": 1000.0} | unset
        own("clip_norm", st.number_input, _("Clip the gradient at length"), **limits)
    if now.core_cell != "rnn":
        own("forget_bias", st.number_input, _("Forget bias"), min_value=-10.0, max_value=10.0, **unset)


def _setter(option: str, place: int) -> Change:
    def change(now: Comparison, value: Any) -> Comparison:
        own = {option: value}
        if option == "cell" and not value.startswith(("gru", "lstm")):
            own |= {"forget_bias": None, "chrono": None}  # a plain RNN has no gate that keeps
        if option == "cell" and not value.startswith("rnn"):
            own |= {"keep_gradient": 0.0}
        if option == "forget_bias" and value is not None:
            own |= {"chrono": None}
        if option == "optimiser" and value != "adamw":
            own |= {"weight_decay": 0.0}
        return now.with_setting(now.settings[place].changed(**own), place)

    return change


def _copy(place: int) -> None:
    _apply_change(lambda now: now.with_setting(now.settings[place]))
    st.session_state["runs_place"] = len(st.session_state["runs_comparison"].settings) - 1


def _take_out(place: int) -> None:
    _apply_change(lambda now: now.without(place))


def _add_lab() -> None:
    _apply_change(lambda now: now.with_setting(visitor().runs["lab"].settings))
