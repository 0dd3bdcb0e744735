import streamlit as st

from ui import runs_controls, runs_view
from ui.i18n import _
from ui.lesson import prose, question
from ui.run_settings import run_settings
from ui.shell import close_page, link, open_page

open_page("runs")
question("runs")
comparison = runs_controls.current()
runs_controls.presets(comparison)
runs = runs_view.run_set("runs", comparison.runs())
runs_view.buttons(runs, "runs", _("Start all"))
left, right = st.columns([1, 3], gap="medium")
with left, run_settings():
    runs_controls.shared_controls(comparison)
with right:
    runs_view.compared(runs, comparison)
runs_view.exports(comparison, runs_view.by_setting(runs.outcomes()), st.query_params.get(runs_controls.LINK, ""))
with st.expander(_("What is compared"), expanded=True):
    runs_controls.list_controls(comparison)
prose("runs", "intro")
link("lab", _("One run, looked at closely: the training lab"))
close_page("runs")
