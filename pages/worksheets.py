from ui.course.practice.course.controls import course_files
from ui.course.practice.worksheet_page import worksheets
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose

open_page("worksheets")
worksheets()
prose("worksheets", "intro")
course_files()
close_page("worksheets")
