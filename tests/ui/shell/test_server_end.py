"""A server that is asked to stop ends soon, and its worker processes with it."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from benchmarks.visits.tab import Tab
from tests.repository import ROOT

PATIENCE = 60.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no process groups")


def running_in(group: int) -> list[str]:
    """The commands of the processes in this group, without those that have ended and that nobody has asked about yet."""
    rows = subprocess.run(["ps", "-eww", "-o", "pgid,stat,args"], capture_output=True, text=True, check=True).stdout
    found = [row.split(None, 2) for row in rows.splitlines()[1:]]
    return [command for its_group, state, command in found if int(its_group) == group and "Z" not in state]


async def open_lab(url: str) -> None:
    """It starts the workers."""
    tab = Tab(url)
    await tab.open("lab")
    await tab.close()


# After the second Python ends in its own way, which a busy machine makes slow.
@pytest.mark.parametrize(("by", "seconds"), [(signal.SIGTERM, 3.0), (signal.SIGINT, 30.0)])
def test_a_server_whose_workers_are_starting_ends_soon_and_leaves_no_process(
    by: signal.Signals, seconds: float
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=ROOT,
        env=os.environ | {"UNROLLED_WORKERS": "2"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        asyncio.run(open_lab(f"http://127.0.0.1:{port}"))
        assert sum("spawn_main" in command for command in running_in(server.pid)) == 2
        server.send_signal(by)
        server.wait(seconds)
        assert not [command for command in running_in(server.pid) if "spawn_main" in command]
    finally:
        if running_in(server.pid):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait(PATIENCE)
