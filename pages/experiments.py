import streamlit as st

from ui.i18n import _
from ui.lab.experiments import view
from ui.shell.frame import close_page, open_page
from ui.widgets.choices import choice
from ui.widgets.lesson import has_part, prose_part, question_part

open_page("experiments")
story = choice(st.pills, _("Experiment"), view.titles(), "cells", "story", wrap=True)
question_part("experiments", story, "guess")
source = view.source_choice(story)
prose_part("experiments", story, "watch")
view.show(story, source)
if has_part("experiments", story, "out"):
    with st.expander(_("What came out"), icon=":material/lightbulb:"):
        prose_part("experiments", story, "out")
view.ways_on(story)
close_page("experiments")
