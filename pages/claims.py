from ui.course.claims import page
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question

open_page("claims")
question("claims")
prose("claims", "intro")
page.judged_claims()
close_page("claims")
