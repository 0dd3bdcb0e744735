"""Two replicas behind nginx with rooms in Redis or Valkey: `deploy/replicas.py`, as one server whose processes are measured together."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from benchmarks.browser import ROOT, Server, wait_until_healthy
from ui.classroom.room.rooms import Rooms
from ui.classroom.room.store import PLACE, store_at


@contextmanager
def replicas(seconds_kept: str) -> Iterator[tuple[Rooms, Server]]:
    """The rooms, and the server. `seconds_kept`: how long a visit outlives its connection."""
    store = shutil.which("valkey-server") or shutil.which("redis-server")
    if not store or not shutil.which("nginx"):
        raise SystemExit("Two replicas need nginx, and redis-server or valkey-server (Debian's packages).")
    proxy, one, two, redis = (_free_port() for _ in range(4))
    place = f"redis://127.0.0.1:{redis}/0"
    environment = os.environ | {
        PLACE: place,
        "STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": seconds_kept,
        "FORWARDED_ALLOW_IPS": "127.0.0.1",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, str(ROOT / "deploy/replicas.py"), "--port", str(proxy), "--replicas", str(one), str(two)]
    with TemporaryDirectory() as folder:
        options = ["--port", str(redis), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no"]
        kept = subprocess.Popen([store, *options], stdout=subprocess.DEVNULL)
        started = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for port in (one, two, proxy):
                wait_until_healthy(f"http://127.0.0.1:{port}", started)
            rooms = Rooms(store_at(place))
            yield rooms, Server(f"http://127.0.0.1:{proxy}", started.pid)
            rooms.store.close()
        finally:
            for process in (started, kept):
                process.terminate()
                process.wait(30)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port
