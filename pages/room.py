from ui.classroom.room.page import room_page
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose

open_page("room")
room_page()
prose("room", "intro")
close_page("room")
