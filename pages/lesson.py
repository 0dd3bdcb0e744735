from ui.classroom.page import classroom
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose

open_page("lesson")
classroom()
prose("lesson", "intro")
close_page("lesson")
