from ui.course.home.page import continued_wave, path_through_the_lessons
from ui.course.home.tours import tours
from ui.i18n import _
from ui.shell.frame import close_page, link, open_page
from ui.widgets.lesson import prose, question

open_page("home")
question("home")
continued_wave()
prose("home", "wave")
prose("home", "inside")
prose("home", "why")

link("gradients", _("Why do RNNs forget?"))
path_through_the_lessons()
tours()
close_page("home")
