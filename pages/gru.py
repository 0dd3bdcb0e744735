from ui.cell_page import cell_diagram, same_in_code
from ui.shell import close_page, open_page

open_page("gru")
view = cell_diagram("gru")
same_in_code(view)
close_page("gru")
