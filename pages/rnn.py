import numpy as np
import streamlit as st

from rnn_core.same_cells import joined_matrix
from ui.cell_page import cell_diagram, same_in_code, state_lines
from ui.components.plot import plot
from ui.compute.cells import joined_states
from ui.figures.matrix import matrix
from ui.i18n import _
from ui.lesson import prose
from ui.shell import close_page, open_page

open_page("rnn")
view = cell_diagram("rnn")
trace = view.run.trace
state_lines(trace.hs, title=_("The hidden state, unit by unit"), symbol="h")

prose("rnn", "joined")
params = trace.params
inputs = [f"x<sub>{i + 1}</sub>" for i in range(params.input_size)]
states = [f"h<sub>{i + 1}</sub>" for i in range(params.hidden_size)]
chart_title = _("The wide matrix: what each unit takes from x and from the old h")
plot(matrix(joined_matrix(params), title=chart_title, rows=states, columns=inputs + states), key="joined")
difference = float(np.abs(joined_states(view.setup) - trace.hs).max())
text = _("Largest difference between the two forms over all {steps} steps: {difference:.1e}.")
st.markdown(text.format(steps=len(trace.xs), difference=difference))

same_in_code(view)
close_page("rnn")
