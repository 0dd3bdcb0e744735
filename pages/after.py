from ui.memory.after.page import explorer
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question

open_page("after")
question("after")
explorer()
prose("after", "intro")
close_page("after")
