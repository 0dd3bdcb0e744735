import streamlit as st

from ui import lab_controls, lab_run
from ui.lab_file import file_of
from ui.lesson import prose, question
from ui.run_settings import run_settings
from ui.shell import close_page, open_page

arrived = st.session_state.get("page") != "lab"
open_page("lab")
question("lab")
if arrived:
    lab_run.come_back()
ideas = st.container()
left, right = st.columns([1, 3], gap="medium")
with left, run_settings():
    lab_controls.first_controls()
    lab_controls.other_controls()
    settings = lab_controls.chosen_settings()
with ideas:
    lab_controls.lab_examples()
run = lab_run.current_run(settings)
with right:
    if run is not None:
        lab_run.buttons(run)
        lab_run.live(run)
file_of(run)
prose("lab", "intro")
close_page("lab")
