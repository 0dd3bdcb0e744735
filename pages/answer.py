from ui.cells.first_pages import answer
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question

open_page("answer")
question("answer")
answer.explorer()
prose("answer", "intro")
close_page("answer")
