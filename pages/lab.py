import streamlit as st

from ui import lab_controls, lab_run
from ui.lesson import prose, question
from ui.shell import close_page, open_page

open_page("lab")
question("lab")
lab_run.come_back()
ideas = st.container()
left, right = st.columns([1, 3], gap="medium")
with left:
    lab_controls.first_controls()
    lab_controls.other_controls()
with ideas:
    lab_controls.experiments()
run = lab_run.current_run(lab_controls.chosen_settings())
with right:
    lab_run.buttons(run)
    lab_run.live(run)
lab_run.file_of(run)
prose("lab", "intro")
close_page("lab")
