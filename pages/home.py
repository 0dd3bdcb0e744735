from ui.home.page import continued_wave, path_through_the_lessons
from ui.i18n import _
from ui.shell.frame import close_page, link, open_page
from ui.widgets.lesson import prose

open_page("home")
continued_wave()
prose("home", "why")

link("gradients", _("Why do RNNs forget?"))
path_through_the_lessons()
close_page("home")
