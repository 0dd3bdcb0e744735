import streamlit as st

from ui.course.glossary import page
from ui.i18n import _
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose

open_page("glossary")
page.one_term()
prose("glossary", "intro")
page.all_terms()
st.subheader(_("Symbols"), anchor=False)
page.symbols()
close_page("glossary")
