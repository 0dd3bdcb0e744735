from ui.classroom.room.page import room_page
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose_in_columns

open_page("room")
room_page()
prose_in_columns("room", "intro")
close_page("room")
