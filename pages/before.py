from ui.cells.first_pages import before
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question

open_page("before")
question("before")
before.explorer()
prose("before", "intro")
close_page("before")
