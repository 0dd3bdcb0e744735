from ui.classroom.page import classroom
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose_in_columns

open_page("lesson")
classroom()
prose_in_columns("lesson", "intro")
close_page("lesson")
