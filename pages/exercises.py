import streamlit as st

from ui.classroom.homework.hand_in import hand_in
from ui.course.practice import page, progress
from ui.i18n import _
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose

open_page("exercises")
page.exercises()
hand_in()
page.links_to_the_cells()
prose("exercises", "intro")
st.markdown(f"#### {_('Solved so far')}")
page.show_solved_table()
progress.show_file()
close_page("exercises")
