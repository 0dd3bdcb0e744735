"""The layout of a visitor's file, its vocabulary, and some outputs to compare with those of the visitor's own program."""

from dataclasses import replace

import numpy as np
import streamlit as st

from rnn_core.analysis.inside.changes import scores_with
from rnn_core.analysis.inside.network import Network
from rnn_core.errors import CoreError
from rnn_core.formats.state_dict import StateDict, read_vocabulary
from rnn_core.formats.state_layout import Layout
from ui.as_text import in_markdown
from ui.i18n import _
from ui.widgets.tables import table
from ui.widgets.uploads import digest

NONE = "–"
SHOWN_OUTPUTS = 8


def corrected(file: StateDict, found: Layout) -> Layout:
    """The layout as it was found, with a choice wherever another tensor could take the place."""
    shapes = file.shapes
    key = digest(file.data)
    matrices = [name for name, shape in shapes.items() if len(shape) == 2]
    vectors = [name for name, shape in shapes.items() if len(shape) == 1]
    first, second, third, fourth = st.columns(4)
    with first:
        embedding = _pick(_("Embedding"), [NONE, *matrices], found.embedding, f"inside_embedding_{key}")
    with second:
        readout = _pick(_("Readout"), matrices, found.readout, f"inside_readout_{key}")
    with third:
        bias = _pick(_("Bias of the readout"), [NONE, *vectors], found.readout_bias, f"inside_bias_{key}")
    activation = found.activation
    if found.cell == "rnn":
        with fourth:
            is_relu = st.toggle(_("The activation is ReLU"), key=f"inside_relu_{key}")
            activation = "relu" if is_relu else "tanh"
    layout = replace(
        found,
        embedding=None if embedding == NONE else embedding,
        readout=readout,
        readout_bias=None if bias == NONE else bias,
        activation=activation,
    )
    names = layout.names(shapes)
    table(
        {
            _("tensor of the file"): [
                in_markdown(name) for name in (*names, *(each for each in shapes if each not in names))
            ],
            _("shape"): [
                " × ".join(map(str, shapes[name])) for name in (*names, *(each for each in shapes if each not in names))
            ],
            _("read"): [_("yes")] * len(names) + [_("no")] * (len(shapes) - len(names)),
        },
        words=1,
    )
    if unused := [name for name in shapes if name not in names]:
        st.warning(
            _("Not read: {names}. If your program uses them, its outputs differ from those shown here.").format(
                names=", ".join(map(in_markdown, unused[:SHOWN_OUTPUTS]))
            )
        )
    return layout


def vocabulary(file: StateDict, layout: Layout) -> tuple[str, ...] | None:
    """One symbol for each row of the embedding, or each one-hot input."""
    count = file.shapes[layout.embedding][0] if layout.embedding in file.shapes else None
    typed = st.text_area(
        _("Its vocabulary, in the order of the numbers: a JSON list, or all characters in one row"),
        key=f"inside_vocabulary_{digest(file.data)}",
        max_chars=400_000,
        placeholder='["\\n", " ", "a", "b"]',
    )
    if not typed:
        return None
    try:
        symbols = read_vocabulary(typed)
    except CoreError as refused:
        st.warning(in_markdown(str(refused)))
        return None
    if count is not None and len(symbols) != count:
        st.warning(
            _("The vocabulary has {given} symbols, and the embedding {rows} rows.").format(
                given=len(symbols), rows=count
            )
        )
        return None
    return symbols


def check_outputs(network: Network) -> None:
    """Outputs to compare with those of the original program."""
    hint = (
        _("Numbers of symbols, with spaces")
        if network.symbols
        else _("Numbers, with spaces between them and semicolons between steps")
    )
    st.markdown(_("**Check it**: the outputs after a short sequence, to compare with those of your own program."))
    example = "0 0 0" if network.symbols else "; ".join([" ".join(["1"] * network.input_size)] * 2)
    typed = st.text_input(hint, example, key=f"inside_check_{network.input_size}", max_chars=2_000)
    rows = [line.split() for line in typed.replace(";", "\n").splitlines() if line.strip()]
    if not rows:
        return
    try:
        sequence = (
            [int(each) for row in rows for each in row]
            if network.symbols
            else [[float(each) for each in row] for row in rows]
        )
        scores = scores_with(network, sequence)[-1]
    except (CoreError, ValueError) as refused:
        st.warning(in_markdown(str(refused)))
        return
    shown = np.argsort(-scores, kind="stable")[:SHOWN_OUTPUTS]
    table(
        {
            _("output"): [str(each) for each in shown],
            _("value before any softmax"): [f"{scores[each]:.6f}" for each in shown],
        }
    )


def _pick(label: str, names: list[str], found: str | None, key: str) -> str:
    at = names.index(found) if found in names else 0
    return str(st.selectbox(label, names, index=at, key=key))
