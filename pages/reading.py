from ui.course.reading import page
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose

open_page("reading")
prose("reading", "intro")
page.questions()
page.routes()
page.works()
close_page("reading")
