from ui.cell_page import cell_diagram, same_in_code, state_lines
from ui.i18n import _
from ui.shell import close_page, open_page

open_page("lstm")
view = cell_diagram("lstm")
state_lines(view.run.trace.cs, title=_("The memory c, unit by unit"), symbol="c")
state_lines(view.run.trace.hs, title=_("What the cell shows: the hidden state h"), symbol="h")
same_in_code(view)
close_page("lstm")
