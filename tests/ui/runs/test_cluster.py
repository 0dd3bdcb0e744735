"""The same runs on a Dask cluster, with a worker killed in the middle. Needs requirements-cluster.txt."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rnn_core.lab.settings import RunSettings
from rnn_core.learn.train import advance, start
from tests.repository import ROOT
from ui.runs.visitor import Visitor
from ui.runs.workers import Workers, workers_of_this_app

pytest.importorskip("distributed")
pytestmark = pytest.mark.slow
SETTINGS = RunSettings(hidden=8, batch=16, budget=700)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[tuple[Workers, dict[int, subprocess.Popen]]]:
    """A scheduler and two workers, by process id, and the app's Workers on them."""
    address = f"tcp://127.0.0.1:{free_port()}"
    quiet = {"cwd": ROOT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask = [sys.executable, "-m"]
    scheduler = [*dask, "distributed.cli.dask_scheduler", "--host", address, "--no-dashboard"]
    worker = [*dask, "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    processes = [subprocess.Popen(scheduler, **quiet)]
    processes += [subprocess.Popen([*worker, "--local-directory", tmp_path / str(n)], **quiet) for n in range(2)]
    monkeypatch.setenv("UNROLLED_CLUSTER", address)
    try:
        workers = workers_of_this_app()
        end = time.monotonic() + 60
        while workers.width() < 2:
            assert time.monotonic() < end, "the workers did not come"
            time.sleep(0.2)
        yield workers, {process.pid: process for process in processes}
        workers.close()
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.wait()


def test_a_run_is_the_same_when_its_cluster_worker_is_killed(cluster: tuple) -> None:
    workers, processes = cluster
    run = Visitor(workers, grace=1e9).new_run("a", SETTINGS)  # looked at all the time, however busy the machine
    run.resume()
    victim = workers.submit("test", os.getpid).result(60)
    assert victim in processes
    end = time.monotonic() + 120
    while run.progress().step < 100:
        assert time.monotonic() < end
        time.sleep(0.05)
    os.kill(victim, signal.SIGKILL)
    while run.progress().phase != "ended":
        assert time.monotonic() < end
        time.sleep(0.05)
    assert run.progress().lost > 0
    assert run.state == advance(start(SETTINGS), SETTINGS.budget)[0]
    assert workers.width() == 1
