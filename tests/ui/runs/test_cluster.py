"""The same runs on a Dask cluster, with a worker killed in the middle. Needs requirements-cluster.txt."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rnn_core.lab.settings import RunSettings
from rnn_core.learn.train import advance, start
from tests.repository import ROOT
from ui.runs.visitor import Visitor
from ui.runs.workers import NO_CLUSTER, Workers, WorkersLostError, workers_of_this_app

pytest.importorskip("distributed")
pytestmark = pytest.mark.slow
NOBODY = 65534
SETTINGS = RunSettings(hidden=8, batch=16, budget=700)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def processes_at(address: str, folder: Path, user: int | None = None) -> Iterator[dict[int, subprocess.Popen]]:
    """A scheduler and two workers, by process id. `user`: of the workers, who writes into the folder alone."""
    quiet = {"cwd": ROOT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask = [sys.executable, "-m"]
    scheduler = [*dask, "distributed.cli.dask_scheduler", "--host", address, "--no-dashboard"]
    worker = [*dask, "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    processes = [subprocess.Popen(scheduler, **quiet)]
    if user is not None:
        worker, quiet = [*as_user(user), *worker], quiet | {"env": os.environ | {"HOME": str(folder)}}
    processes += [subprocess.Popen([*worker, "--local-directory", folder / str(n)], **quiet) for n in range(2)]
    try:
        yield {process.pid: process for process in processes}
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.wait()


def as_user(user: int) -> list[str]:
    """Begins a command of this user, who may read all files, because the interpreter may be in root's home, and writes none of others."""
    ids = ["--reuid", str(user), "--regid", str(user), "--clear-groups"]
    return ["setpriv", *ids, "--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"]


def wait_for_two(workers: Workers) -> None:
    end = time.monotonic() + 60
    while workers.width() < 2:
        assert time.monotonic() < end, "the workers did not come"
        time.sleep(0.2)


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[tuple[Workers, dict[int, subprocess.Popen]]]:
    """A cluster's processes, and the app's Workers on them."""
    address = f"tcp://127.0.0.1:{free_port()}"
    monkeypatch.setenv("UNROLLED_CLUSTER", address)
    with processes_at(address, tmp_path) as processes:
        workers = workers_of_this_app()
        wait_for_two(workers)
        yield workers, processes
        workers.close()


@pytest.mark.long
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


@pytest.mark.long
def test_a_cluster_that_went_away_is_told_and_used_again_when_it_is_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address = f"tcp://127.0.0.1:{free_port()}"
    monkeypatch.setenv("UNROLLED_CLUSTER", address)
    with processes_at(address, tmp_path / "one"):
        workers = workers_of_this_app()
        wait_for_two(workers)
        running = workers.submit("visitor", time.sleep, 300)
        assert workers.submit("other", os.getpid).result(60)
    with pytest.raises(WorkersLostError, match=NO_CLUSTER):
        running.result(120)
    with processes_at(address, tmp_path / "two") as processes:
        wait_for_two(workers)
        assert workers.submit("visitor", os.getpid).result(120) in processes
    workers.close()


@pytest.mark.long
@pytest.mark.skipif(os.getuid() != 0, reason="only root may start a process of another user")
def test_workers_of_another_user_train_the_same_run(monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"tcp://127.0.0.1:{free_port()}"
    monkeypatch.setenv("UNROLLED_CLUSTER", address)
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to other users
        os.chown(name, NOBODY, NOBODY)
        with processes_at(address, Path(name), NOBODY):
            workers = workers_of_this_app()
            wait_for_two(workers)
            assert workers.submit("test", os.getuid).result(60) == NOBODY
            run = Visitor(workers, grace=1e9).new_run("a", SETTINGS)
            run.resume()
            end = time.monotonic() + 120
            while run.progress().phase != "ended":
                assert time.monotonic() < end
                time.sleep(0.05)
            assert run.state == advance(start(SETTINGS), SETTINGS.budget)[0]
            workers.close()
