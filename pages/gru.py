import streamlit as st

from rnn_core.cells.gru import PUBLISHED_FORMS
from ui.browser.plot import plot
from ui.cells.compute import gru_forms
from ui.cells.controls import short_form_label
from ui.cells.page import CURSOR, CellView, cell_page, state_lines
from ui.figures.lines import DASHES, Line, lines_over_time
from ui.figures.words import difference
from ui.i18n import _
from ui.shell.frame import close_page, link, open_page
from ui.widgets.lesson import prose
from ui.widgets.tables import table


def four_conventions(view: CellView) -> None:
    prose("gru", "forms")
    found = gru_forms(view.setup)
    names = [f"{form.reset}-{'keeps' if form.z_keeps else 'writes'}" for form in PUBLISHED_FORMS]
    lines = [
        Line(short_form_label(name), states[:, 0], "gru", first_step=0, dash=dash)
        for name, states, dash in zip(names, found.states, DASHES, strict=False)
    ]
    title = _("Unit 1 in the four conventions, same weights")
    plot(lines_over_time(lines, title=title, y_title="h₁"), key="forms", cursor=CURSOR)
    if view.run.trace.hs.shape[1] == 1:
        st.markdown(
            _(
                "One unit makes $W_{hn}$ a single number, which is diagonal: the two places of the reset gate agree here."
            )
        )
        link("gru", _("See them differ with random weights"), preset="random")
    differences = {
        _("reset before and after, as they are"): found.agreement.unchanged,
        _("reset before and after, with every reset gate held at 1"): found.agreement.reset_fixed_to_one,
        _("reset before and after, with $W_{hn}$ diagonal and no inner bias"): found.agreement.diagonal,
        _("z keeps and z writes, with the sign of z’s weights turned"): found.agreement.update_negated,
    }
    numbers = [difference(size) for size in differences.values()]
    table({_("Compared"): list(differences), _("Largest difference in h"): numbers})


def charts(view: CellView) -> None:
    state_lines(view, "hs", title=_("The hidden state, unit by unit"), symbol="h")


open_page("gru")
cell_page("gru", charts, four_conventions)
prose("gru", "intro")
close_page("gru")
