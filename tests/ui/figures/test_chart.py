"""A chart is made while another thread is in the middle of loading pandas."""

import subprocess
import sys
import textwrap

PROGRAM = """
    import sys, threading, time
    import numpy as np
    from ui.figures.lines import unit_lines

    started = threading.Event()

    class Slow:
        def find_spec(self, name, path=None, target=None):
            if name == "pandas.core":  # pandas is in sys.modules now, and has no Series yet
                started.set()
                time.sleep(0.5)

    sys.meta_path.insert(0, Slow())
    loader = threading.Thread(target=__import__, args=("pandas",))
    loader.start()
    started.wait()
    unit_lines(np.zeros((9, 2)), [0], title="h", symbol="h", ink="h").figure.to_dict()
    print("Series" in vars(sys.modules["pandas"]))
"""


def test_a_chart_waits_until_pandas_is_there() -> None:
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(PROGRAM)], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "True", done.stderr
