import streamlit as st

from ui.browser.thumbnails import chosen_thumbnail, thumbnail_choice
from ui.i18n import _
from ui.memory.sequences.controls import chrono_note
from ui.memory.variants import controls, views
from ui.memory.variants.pictures import pictures
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question
from ui.widgets.stage import tune_button, whole_stage


@st.fragment
def explorer() -> None:
    """All that a widget changes: the frame and the prose around it are not run again."""
    stage, notes = whole_stage(), st.container()
    variant = chosen_thumbnail(pictures(), "both", "view")
    with stage.drawer:
        view = controls.shared_controls(variant)
    views.VIEWS[variant](view, stage)
    with stage.dock:
        thumbnail_choice(_("Look at"), pictures(), "both", "view")
    with notes:
        chrono_note(view.run)
    prose("variants", variant)


open_page("variants")
question("variants")
tune_button()
explorer()
prose("variants", "intro")
close_page("variants")
