from ui.home_page import living_wave, path_through_the_lessons
from ui.i18n import _
from ui.lesson import prose
from ui.shell import close_page, link, open_page

open_page("home")
living_wave()
prose("home", "why")

link("gradients", _("Why do RNNs forget?"))
path_through_the_lessons()
close_page("home")
