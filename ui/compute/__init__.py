"""The door from pages into rnn_core, and the only place with Streamlit's caches: one file a subject."""

from ui.compute.cells import CellRun, cell_run

__all__ = ["CellRun", "cell_run"]
