import streamlit as st

from ui.lab import controls
from ui.lab import run as lab_run
from ui.lab.file import file_of
from ui.runs.settings_area import run_settings
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question

open_page("lab")
question("lab")
ideas = st.container()
left, right = st.columns([1, 3], gap="medium")
with left, run_settings():
    controls.first_controls()
    controls.other_controls()
    settings = controls.chosen_settings()
with ideas:
    controls.lab_examples()
run = lab_run.current_run(settings)
with right:
    if run is not None:
        lab_run.buttons(run)
        lab_run.live(run)
file_of(run)
prose("lab", "intro")
close_page("lab")
