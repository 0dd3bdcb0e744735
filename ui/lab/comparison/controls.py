"""The settings that are compared, as one `Comparison` in the session and in the link, and the widgets that change it."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from rnn_core.errors import CoreError
from rnn_core.lab.comparison import MOST_SEEDS, MOST_SETTINGS, Comparison
from rnn_core.lab.ready import READY
from rnn_core.lab.settings import CELLS, OPTIMISERS
from rnn_core.lab.tasks import Task
from rnn_core.learn.shapes import MODERN
from ui.browser.thumbnails import thumbnails
from ui.i18n import _
from ui.lab.comparison.names import short_names
from ui.lab.comparison.pictures import ready_pictures
from ui.lab.comparison.recordings import ready_name
from ui.lab.compute import visitor
from ui.lab.names import cell_labels, init_label, optimiser_label, task_description, task_labels, too_large
from ui.lab.settings import length_of, task_of
from ui.links.kept_settings import is_back_or_forward

LINK = "list"  # the name in the link
SHORTEST, LONGEST = 10, 200
# Options that the cells after the LSTM do not have, at the values that leave them off.
ONLY_CLASSICAL: dict[str, Any] = {
    **{"init": "torch", "gain": 1.0, "bidirectional": False, "truncate": None},
    **{"teacher_forcing": 1.0, "teacher_forcing_end": 1.0},
}
Change = Callable[[Comparison, Any], Comparison]


def current() -> Comparison:
    """The comparison of the link, or else the last one. To be called once, before the widgets."""
    text = st.query_params.get(LINK)
    if text is not None and text != st.session_state.get("runs_in_link"):
        try:
            st.session_state["runs_comparison"] = Comparison.unpack(text)
        except CoreError:
            st.session_state["runs_problem"] = _("The comparison in this link cannot be read, so nothing was changed.")
    elif text is None and is_back_or_forward():
        st.session_state["runs_comparison"] = READY["cells"]
    comparison: Comparison = st.session_state.setdefault("runs_comparison", READY["cells"])
    if comparison == READY["cells"]:
        st.query_params.pop(LINK, None)
        st.session_state.pop("runs_in_link", None)
    else:
        st.session_state["runs_in_link"] = st.query_params[LINK] = comparison.pack()
    if problem := st.session_state.pop("runs_problem", None):
        st.warning(problem, icon=":material/error:")
    return comparison


def presets(comparison: Comparison) -> None:
    """Comparisons that are ready to be run, as small pictures of their recorded runs. None is highlighted for settings of one's own."""
    thumbnails(_("Start from"), ready_pictures(), ready_name(comparison), "compared", _take_preset)


def _take_preset(name: str) -> None:
    st.session_state["runs_comparison"] = READY[name]
    st.query_params.pop(LINK, None)


def _field(
    widget: Callable[..., Any], label: str, *args: Any, name: str, shows: Any, change: Change, **more: Any
) -> None:
    """A widget that shows a part of the comparison, and changes it."""
    key = f"runs_{name}"
    st.session_state[key] = shows
    widget(label, *args, key=key, on_change=_apply, args=(key, change), **more)


def _apply(key: str, change: Change) -> None:
    _apply_change(lambda now: change(now, st.session_state[key]))


def _apply_change(change: Callable[[Comparison], Comparison]) -> None:
    try:
        st.session_state["runs_comparison"] = change(st.session_state["runs_comparison"])
    except CoreError as problem:
        large = too_large(problem)
        st.session_state["runs_problem"] = large or _("These settings cannot be combined, so nothing was changed.")
        return
    st.query_params.pop(LINK, None)  # it is out of date; `current` writes it again


def shared_controls(comparison: Comparison) -> None:
    """The options that all settings share."""
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
    st.caption(task_description(task.name))
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
        _("Budget (training steps)"),
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
    """The settings by name: one can be chosen and changed, copied or removed; the lab's settings can be added."""
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
            _("Remove it"),
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
        if not now.is_modern:
            own("init", st.selectbox, _("Initialisation"), options=schemes, format_func=init_label)
        limits = {"min_value": 0.001, "max_value": 1000.0} | unset
        own("clip_norm", st.number_input, _("Clip the gradient’s norm at"), **limits)
    if now.cell in ("gru", "lstm"):
        own("forget_bias", st.number_input, _("Forget bias"), min_value=-10.0, max_value=10.0, **unset)


def _setter(option: str, place: int) -> Change:
    def change(now: Comparison, value: Any) -> Comparison:
        own = {option: value}
        if option == "cell" and not value.startswith(("gru", "lstm")):
            own |= {"forget_bias": None, "chrono": None}  # they are options of GRU and LSTM
        if option == "cell" and not value.startswith("rnn"):
            own |= {"keep_gradient": 0.0}
        if option == "cell" and value in MODERN:
            own |= ONLY_CLASSICAL
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
