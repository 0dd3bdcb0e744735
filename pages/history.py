from ui.memory.history.page import line_in_time
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question
from ui.widgets.stage import stage

open_page("history")
question("history")
with stage():
    line_in_time()
prose("history", "intro")
close_page("history")
