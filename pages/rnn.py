from ui.cell_page import cell_diagram, same_in_code
from ui.shell import close_page, open_page

open_page("rnn")
view = cell_diagram("rnn")
same_in_code(view)
close_page("rnn")
