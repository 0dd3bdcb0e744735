"""Two replicas behind nginx on this machine: `python deploy/replicas.py`, with Debian's package nginx-light.

It is the arrangement of compose.yaml without containers, from the same nginx.conf.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


@dataclass(frozen=True)
class Replicas:
    url: str
    apps: tuple[subprocess.Popen[bytes], ...]


def nginx_configuration(port: int, replicas: Sequence[int], folder: Path) -> str:
    """nginx.conf with these ports on this machine, and its files in the folder."""
    text = (HERE / "nginx.conf").read_text(encoding="utf-8")
    for name, own in zip(("one", "two"), replicas, strict=True):
        text = text.replace(f"server {name}:8501", f"server 127.0.0.1:{own}")
    return text.replace("listen 8080", f"listen 127.0.0.1:{port}").replace("/tmp/", f"{folder}/")


def start_app(port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    options = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    return subprocess.Popen([*command, *options], cwd=ROOT, start_new_session=True)


def end(process: subprocess.Popen[bytes]) -> None:
    """End it with all that it has started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def running(port: int, replicas: Sequence[int]) -> Iterator[Replicas]:
    started: list[subprocess.Popen[bytes]] = []
    with tempfile.TemporaryDirectory(prefix="unrolled-") as name:
        configuration = Path(name) / "nginx.conf"
        configuration.write_text(nginx_configuration(port, replicas, Path(name)), encoding="utf-8")
        try:
            started += [start_app(own) for own in replicas]
            apps = tuple(started)
            nginx = ["nginx", "-p", name, "-c", str(configuration), "-g", "daemon off;"]
            started.append(subprocess.Popen(nginx, start_new_session=True))
            yield Replicas(f"http://127.0.0.1:{port}", apps)
        finally:
            for process in reversed(started):
                end(process)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--replicas", type=int, nargs=2, default=(8501, 8502))
    chosen = parser.parse_args()
    with running(chosen.port, chosen.replicas) as started:
        ending = {signal.SIGINT, signal.SIGTERM}
        signal.pthread_sigmask(
            signal.SIG_BLOCK, ending
        )  # not earlier: the replicas would inherit it, and hear no SIGTERM
        print(f"Unrolled: {started.url}", flush=True)
        signal.sigwait(ending)
