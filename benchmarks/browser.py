"""A running Streamlit script and a headless Chromium, for browser tests and for measuring what a person waits for."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
IDLE = """() => document.querySelector('[data-testid="stApp"]')?.getAttribute('data-test-script-state') === 'notRunning'
    && !document.querySelector('[data-testid="stSkeleton"]')"""


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Server:
    url: str
    process: int


@contextmanager
def running(script: Path, base_path: str = "", folder: Path = ROOT) -> Iterator[str]:
    """The address of the script, served by a Streamlit of its own with the settings and the imports of the app in the folder."""
    with server(script, base_path, folder) as started:
        yield started.url


@contextmanager
def server(
    script: Path, base_path: str = "", folder: Path = ROOT, settings: Sequence[str] = (), port: int = 0
) -> Iterator[Server]:
    """`settings`: more of Streamlit's, as on its command line. `port`: 0 for a free one."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        port = probe.getsockname()[1]
    options = [
        "--server.port",
        str(port),
        "--server.address",
        "127.0.0.1",
        "--server.baseUrlPath",
        base_path,
        *settings,
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), *options],
        cwd=folder,  # Streamlit reads .streamlit/config.toml from here
        # Where Python may not keep what it has compiled, every start compiles our modules anew: nobody's machine is set up so.
        env=os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/{base_path}".rstrip("/")
    try:
        wait_until_healthy(address, process)
        yield Server(address, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:  # a worker that is just starting, on a busy machine, holds it up
            process.kill()
            process.wait(timeout=20)


def wait_until_healthy(address: str, server: subprocess.Popen[bytes], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with status {server.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    raise TimeoutError(f"no answer from {address} in {seconds} seconds")


def scratch_script(folder: Path, source: str) -> Path:
    """A script outside the project that may use the project's parts: they are served from static/ beside the script."""
    script = folder / "app.py"
    script.write_text(source, encoding="utf-8")
    (ROOT / "static").mkdir(exist_ok=True)
    (folder / "static").symlink_to(ROOT / "static", target_is_directory=True)
    return script


def wait_until_idle(page: Page) -> None:
    page.wait_for_function(IDLE, timeout=120_000)


def milliseconds_to_paint(page: Page, key: str, changed: str) -> float:
    """Press a key; how long until `changed`, an expression of the page, is true and painted."""
    page.evaluate(
        # Its own code, and not made in the page, where the content security policy allows no evaluation.
        """() => {
            const isTrue = () => (CHANGED)
            const frame = () => new Promise((done) => requestAnimationFrame(done))
            window.painted = new Promise((done) => addEventListener("keydown", done, { capture: true, once: true })).then(
                async ({ timeStamp }) => {
                    while (!isTrue()) {
                        await frame()
                        if (performance.now() - timeStamp > 10_000) throw new Error("never")
                    }
                    // True is not painted yet: a task that a frame's start has set off comes after that frame's paint.
                    await frame()
                    await new Promise((done) => setTimeout(done))
                    return performance.now() - timeStamp
                },
            )
        }""".replace("CHANGED", changed)
    )
    page.keyboard.press(key)
    return float(page.evaluate("window.painted"))
