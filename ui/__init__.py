"""Everything that knows Streamlit or plotly.

This file is imported before NumPy is. One thread for its products: they are small here, and where several visitors share two
cores, a second thread only waits for the first (a character model's test scores: 14 s of the processor instead of 0.6 s).
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
