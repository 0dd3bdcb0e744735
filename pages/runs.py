import streamlit as st

from ui.i18n import _
from ui.lab.comparison import controls, view
from ui.runs.settings_area import run_settings
from ui.shell.frame import close_page, link, open_page
from ui.widgets.lesson import prose, question

open_page("runs")
question("runs")
comparison = controls.current()
controls.presets(comparison)
runs = view.run_set("runs", comparison.runs())
view.buttons(runs, "runs", _("Start all"))
left, right = st.columns([1, 3], gap="medium")
with left, run_settings():
    controls.shared_controls(comparison)
with right:
    view.compared(runs, comparison)
view.exports(comparison, view.by_setting(runs.outcomes()), st.query_params.get(controls.LINK, ""))
with st.expander(_("What is compared"), expanded=True):
    controls.list_controls(comparison)
prose("runs", "intro")
link("lab", _("One run, looked at closely: the training lab"))
close_page("runs")
