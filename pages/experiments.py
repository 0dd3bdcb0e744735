import streamlit as st

from ui import experiments_view
from ui.choices import choice
from ui.i18n import _
from ui.lesson import has_part, prose_part, question_part
from ui.shell import close_page, open_page

open_page("experiments")
story = choice(st.pills, _("Experiment"), experiments_view.titles(), "cells", "story", wrap=True)
question_part("experiments", story, "guess")
source = experiments_view.source_choice(story)
prose_part("experiments", story, "watch")
experiments_view.show(story, source)
if has_part("experiments", story, "out"):
    with st.expander(_("What came out"), icon=":material/lightbulb:"):
        prose_part("experiments", story, "out")
experiments_view.ways_on(story)
close_page("experiments")
