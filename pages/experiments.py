import streamlit as st

from ui import experiments_view
from ui.choices import choice
from ui.i18n import _
from ui.lesson import prose_part, question_part
from ui.shell import close_page, open_page

open_page("experiments")
story = choice(st.pills, _("Experiment"), experiments_view.titles(), "cells", "story", wrap=True)
question_part("experiments", story, "guess")
source = choice(st.segmented_control, _("Runs"), experiments_view.sources(), "recorded", "runs_from")
prose_part("experiments", story, "watch")
experiments_view.show(story, source)
with st.expander(_("What came out"), icon=":material/lightbulb:"):
    prose_part("experiments", story, "out")
experiments_view.ways_on(story)
close_page("experiments")
