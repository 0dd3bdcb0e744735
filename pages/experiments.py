import streamlit as st

from ui.browser.thumbnails import chosen_thumbnail, thumbnail_choice
from ui.i18n import _
from ui.lab.experiments import view
from ui.lab.experiments.pictures import pictures
from ui.lab.experiments.titles import titles
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import has_part, prose_part, question_part
from ui.widgets.stage import plain_stage

open_page("experiments")
story = chosen_thumbnail(pictures(), "cells", "story")
question_part("experiments", story, "guess")
stage = plain_stage()
with stage.top:
    st.markdown(f"#### {titles()[story]}")
    source = view.source_choice(story)
view.show(story, source, stage)
with stage.dock:
    thumbnail_choice(_("Experiment"), pictures(), "cells", "story")
if has_part("experiments", story, "out"):
    with st.expander(_("What came out"), icon=":material/lightbulb:"):
        prose_part("experiments", story, "out", beside_others=True)
view.ways_on(story)
close_page("experiments")
