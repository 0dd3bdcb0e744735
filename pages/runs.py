import streamlit as st

from ui.i18n import _
from ui.lab.comparison import controls, view
from ui.lab.comparison.take import take_comparison
from ui.shell.frame import close_page, link, open_page
from ui.widgets.lesson import prose, question
from ui.widgets.stage import tune_button, whole_stage

open_page("runs")
question("runs")
tune_button()
stage = whole_stage()
with stage.top:
    comparison = controls.current()
runs = view.run_set("runs", comparison.runs())
with stage.dock:
    shown = view.buttons(runs, "runs", _("Start all"))
    controls.presets(comparison)
with stage.drawer:
    controls.list_controls(comparison)
    controls.shared_controls(comparison)
view.compared(runs, shown, comparison, stage)
outcomes = view.by_setting(runs.outcomes())
with stage.dock:
    view.exports(comparison, outcomes, st.query_params.get(controls.LINK, ""))
take_comparison(comparison, outcomes)
prose("runs", "intro")
link("lab", _("One run, looked at closely: the training lab"))
close_page("runs")
