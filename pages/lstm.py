from ui.cells.page import CellView, cell_page, state_lines
from ui.i18n import _
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose


def charts(view: CellView) -> None:
    state_lines(view, "cs", title=_("The memory c, unit by unit"), symbol="c")
    state_lines(view, "hs", title=_("What the cell shows: the hidden state h"), symbol="h")


open_page("lstm")
cell_page("lstm", charts)
prose("lstm", "intro")
close_page("lstm")
