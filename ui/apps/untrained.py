"""What stands on the stage of an application while there is no network with the chosen settings: a way to train one."""

from typing import Any

import streamlit as st

from ui.apps.frame import Network
from ui.i18n import _


def untrained(network: Network[Any]) -> None:
    with st.container(key="untrained", vertical_alignment="center", horizontal_alignment="center"):
        st.markdown(
            _("No network with these settings is ready. Train one: it takes {steps} steps.").format(
                steps=network.settings.budget
            )
        )
        if st.button(_("Train from the start"), type="primary", icon=":material/play_arrow:", key="stage_train"):
            network.run.resume()
            st.rerun()  # the whole page follows a run
