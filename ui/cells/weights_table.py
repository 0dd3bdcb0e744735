"""The weights as tables to edit, with undo; edits travel in the link as `w`, or in a small file."""

from dataclasses import replace

import numpy as np
import streamlit as st

from rnn_core.arrays import weight_names
from ui.cells import setup as setups
from ui.cells.setup import CellSetup, Edit, SetupProblem
from ui.figures.words import subscript
from ui.i18n import _
from ui.links.kept_settings import in_session, unbound_in_link


def with_edits(setup: CellSetup) -> CellSetup:
    """The setup with the reader's own weights of the link in it."""
    try:
        return replace(setup, edits=setups.unpack_edits(unbound_in_link("w"), setup))
    except SetupProblem as problem:
        st.warning(str(problem), icon=":material/link_off:")
        return setup


def weights_by_hand(setup: CellSetup) -> None:
    """The tables to change any weight."""
    tables = st.expander(_("Weights: change any number"), icon=":material/edit:", key="weights_open", on_change="rerun")
    if tables.open:  # closed tables would make every slider twice as slow
        with tables:
            _tables(setup)
            _buttons(setup)


def _store(setup: CellSetup, edits: tuple[Edit, ...]) -> None:
    packed = setups.pack_edits(replace(setup, edits=edits))
    if packed:
        st.query_params["w"] = packed
    else:
        st.query_params.pop("w", None)


def _change(setup: CellSetup, edits: tuple[Edit, ...]) -> None:
    st.session_state.setdefault("weights_undo", []).append(st.query_params.get("w", ""))
    _store(setup, edits)


def _tables(setup: CellSetup) -> None:
    import pandas as pd  # a quarter of the app's start, and needed only where a table stands open

    params = setups.params_of(setup)
    names = weight_names(params)
    chosen = st.segmented_control(
        _("Which weights"),
        names,
        format_func=lambda name: f"${name[0]}_{{{name[2:]}}}$",
        default=names[0],
        required=True,
        **in_session(f"matrix_{setup.cell}"),
    )
    name = chosen if chosen in names else names[0]  # another form of the cell may lack what was chosen
    array = getattr(params, name)
    table = array if array.ndim == 2 else array[:, None]
    reads = name[2] if array.ndim == 2 else name[0]  # a matrix W_xf reads x; a bias stands alone
    columns = [reads + subscript(column + 1) for column in range(table.shape[1])] if array.ndim == 2 else [reads]
    editor = st.data_editor(
        pd.DataFrame(table, columns=columns),
        key=f"table_{setup.cell}_{name}_{hash((setup.preset, setup.edits, table.shape))}",
        column_config={
            column: st.column_config.NumberColumn(
                format="%.4g", min_value=-setups.LARGEST_NUMBER, max_value=setups.LARGEST_NUMBER, required=True
            )
            for column in columns
        },
        hide_index=True,
        alt=_("Weights {name}: one row per unit").format(name=name),
    )
    changed = editor.to_numpy(dtype=np.float64).reshape(array.shape)
    if not np.array_equal(changed, array) and np.isfinite(changed).all():
        unedited = replace(setup, edits=())
        is_turned = (
            name == setups.MAIN_DIALS[setup.cell].weights
        )  # an edit of these weights keeps where the dial has put them
        base = setups.base_params(setup) if is_turned else setups.params_of(unedited)
        _change(setup, setups.edits_between(base, replace(params, **{name: changed})))
        st.rerun()


def _undo(setup: CellSetup) -> None:
    packed = st.session_state["weights_undo"].pop()
    try:
        _store(setup, setups.unpack_edits(packed, setup))
    except SetupProblem:  # made for other sizes: nothing of it is left to restore
        _store(setup, ())


def _buttons(setup: CellSetup) -> None:
    row = st.container(horizontal=True)
    row.button(
        _("Undo"),
        icon=":material/undo:",
        disabled=not st.session_state.get("weights_undo"),
        on_click=_undo,
        args=(setup,),
    )
    row.button(
        _("Back to preset"),
        icon=":material/restart_alt:",
        disabled=not setup.edits,
        on_click=_change,
        args=(setup, ()),
    )
    row.download_button(
        _("Save this view"),
        setups.to_file(setup),
        f"unrolled-{setup.cell}.json",
        "application/json",
        icon=":material/save:",
    )
    uploaded = st.file_uploader(_("Open a saved view"), type="json", key=f"open_{setup.cell}", max_upload_size=1)
    if uploaded is not None and st.session_state.get("opened_file") != uploaded.file_id:
        st.session_state["opened_file"] = uploaded.file_id
        _open(uploaded.getvalue(), setup)


def _open(content: bytes, setup: CellSetup) -> None:
    try:
        loaded = setups.from_file(content.decode("utf-8", errors="replace"), setup.cell)
    except SetupProblem as problem:
        st.error(str(problem), icon=":material/draft:")
        return
    st.session_state["setup_to_open"] = loaded
    st.rerun()


def apply_opened_file() -> None:
    """Put an opened file's values into the widgets; runs before any of them is drawn."""
    loaded: CellSetup | None = st.session_state.pop("setup_to_open", None)
    if loaded is None:
        return
    st.session_state.update(
        preset=loaded.preset,
        T=loaded.steps,
        input=loaded.signal,
        seed=loaded.seed,
        H=loaded.hidden_size,
        X=loaded.input_size,
        init=loaded.scheme,
        form=loaded.form or "auto",
    )
    key = setups.MAIN_DIALS[loaded.cell].key
    st.session_state.pop(key, None)
    st.query_params.pop(key, None)
    if loaded.main is not None:
        st.session_state[key] = loaded.main
    if loaded.signal == "typed":
        text = "; ".join(", ".join(map(repr, row)) for row in loaded.numbers)
        st.session_state[f"xs{setups.input_size(loaded)}"] = text
    elif loaded.signal == "drawn":
        st.session_state[f"wave_begun_{loaded.cell}_{loaded.steps}"] = tuple(row[0] for row in loaded.numbers)
    _store(loaded, loaded.edits)
