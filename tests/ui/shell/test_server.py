"""A fresh server process: slow imports and delays that its first visitor must not wait for."""

import socket
import subprocess
import sys

import pytest

from tests.repository import ROOT
from ui.shell.server import disable_nagle_algorithm

SLOW = {"pandas", "torch", "keras", "scipy"}


def test_the_server_reads_what_pages_need_and_serves_the_script_itself() -> None:
    program = """
import sys
from app import app
assert app.script_path.name == "app.py"
from ui.shell.server import preload_modules
preload_modules()
print(*sys.modules)
"""
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    loaded = set(run.stdout.split())
    assert {"ui.cells.page", "ui.shell.frame", "plotly", "numpy"} <= loaded
    assert not loaded & SLOW
    assert "ui.course.search.entries" not in loaded  # it reads the modules of all pages


def test_a_worker_that_reads_the_script_starts_nothing() -> None:
    program = "import runpy, sys; runpy.run_path('app.py', run_name='__mp_main__'); print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert not {"streamlit", "ui"} & set(run.stdout.split())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a connection does not inherit it, nor wait so long")
def test_small_answers_are_sent_without_nagles_delay() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        disable_nagle_algorithm()
        with socket.create_connection(listener.getsockname()), listener.accept()[0] as connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
