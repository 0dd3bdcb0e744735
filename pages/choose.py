from ui.course.choose import page
from ui.i18n import _
from ui.shell.frame import close_page, link, open_page
from ui.widgets.lesson import prose, question

open_page("choose")
question("choose")
page.guide()
page.window_comparison()
prose("choose", "limits")
link("after", _("Cells after the LSTM, and attention beside them"))
prose("choose", "dialogue")
for slug in ("translate", "multimodal"):
    link(slug)
link("after", part="pairs")
prose("choose", "steps")
page.libraries()
prose("choose", "vectors")
close_page("choose")
