from ui.course.reading import page
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose

open_page("reading")
prose("reading", "intro")
page.routes()
page.questions()
page.works()
close_page("reading")
