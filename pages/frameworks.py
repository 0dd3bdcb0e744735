from ui.course.frameworks import page
from ui.i18n import _
from ui.shell.frame import close_page, link, open_page
from ui.widgets.lesson import prose, question

open_page("frameworks")
question("frameworks")
page.differences()
prose("frameworks", "intro")
page.one_network()
prose("frameworks", "setup")
prose("frameworks", "choosing")
link("lab", _("Train one of these networks and watch it: the training lab"))
close_page("frameworks")
