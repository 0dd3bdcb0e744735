"""Thirty visitors train the same settings at once, each with the page open: `python -m benchmarks visitors`.

A real server with its own worker processes; the visitors speak Streamlit's own protocol over websockets, without a
browser: they open the lab, press Train, look again as often as the page does, and now and then press something that runs
the whole page. Measured: how far each of them gets, and how long the server takes to answer.
"""

import os
import re
import statistics
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from benchmarks import timing
from benchmarks.browser import ROOT, running

VISITORS = 30
SECONDS = 120.0
LOOKS_BETWEEN_RERUNS = 10
QUERY = "lang=en&cell=lstm&clip=1&budget=1000000"
PATIENCE = 180.0  # seconds for an answer


@dataclass
class Visitor:
    """One tab. `seen` is what the page says that has to do with the run."""

    address: str
    step: int = 0
    looks: list[float] = field(default_factory=list)  # seconds each, of the part that shows the run
    reruns: list[float] = field(default_factory=list)  # seconds each, of the whole page
    problems: list[str] = field(default_factory=list)
    widgets: dict[str, str] = field(default_factory=dict)  # key -> id
    page: str = ""
    fragment: str = ""
    every: float = 0.5

    def open(self) -> None:
        self.socket = connect(f"{self.address}/_stcore/stream", subprotocols=["streamlit"], max_size=None)
        self.ask()

    def ask(self, press: str = "", fragment: str = "") -> float:
        """One run of the script, or of a fragment; seconds until it was done."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.fragment_id = QUERY, fragment
        if self.page:
            state.page_script_hash = self.page
        else:
            state.page_name = "lab"
        if press:
            widget = state.widget_states.widgets.add()
            widget.id, widget.trigger_value = self.widgets[press], True
        began = time.perf_counter()
        self.socket.send(message.SerializeToString())
        self._listen()
        return time.perf_counter() - began

    def _listen(self) -> None:
        while True:
            said = ForwardMsg.FromString(self.socket.recv(timeout=PATIENCE))
            match said.WhichOneof("type"):
                case "script_finished" if said.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return
                case "navigation":
                    self.page = said.navigation.page_script_hash
                case "auto_rerun":
                    self.fragment, self.every = said.auto_rerun.fragment_id, said.auto_rerun.interval
                case "delta" if said.delta.WhichOneof("type") == "new_element":
                    self._read(said.delta.new_element)

    def _read(self, element: Any) -> None:
        match element.WhichOneof("type"):
            case "button":
                key = element.button.id.rpartition("-")[2]
                self.widgets[key] = element.button.id
            case "progress":
                if told := re.search(r"Step (\d+) of", element.progress.text):
                    self.step = int(told[1])
            case "exception":
                self.problems.append(element.exception.message)

    def train(self, until: float) -> None:
        try:
            self.ask(press="run")
            looked = 0
            while time.monotonic() < until:
                time.sleep(self.every)
                looked += 1
                if looked % LOOKS_BETWEEN_RERUNS:
                    self.looks.append(self.ask(fragment=self.fragment))
                else:
                    self.reruns.append(self.ask())
        except (OSError, TimeoutError, ValueError, KeyError) as problem:
            self.problems.append(repr(problem))


def main() -> None:
    print(f"load before: {timing.machine()['load_1min']}", file=sys.stderr)
    with running(ROOT / "app.py") as url:
        before = server_seconds()
        visitors = [Visitor(url.replace("http", "ws", 1)) for _ in range(VISITORS)]
        for visitor in visitors:
            visitor.open()
        first = visitors[0]
        first.ask(press="one_step")  # the workers are warm
        while first.step < 1:
            time.sleep(1.0)
            first.ask()
        first.ask(press="restart")
        until = time.monotonic() + SECONDS
        threads = [threading.Thread(target=visitor.train, args=(until,)) for visitor in visitors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for visitor in visitors:
            visitor.socket.close()
        spent = server_seconds() - before
    report(visitors, spent)


def server_seconds() -> float:
    """What the server itself has computed so far, its workers not counted: the one number that no neighbour changes."""
    me = Path("/proc/self/task") / str(os.getpid()) / "children"
    (server,) = me.read_text().split()
    told = (Path("/proc") / server / "stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def report(visitors: list[Visitor], server_cpu: float) -> None:
    steps = [visitor.step for visitor in visitors]
    waits = {name: [wait for each in visitors for wait in getattr(each, name)] for name in ("looks", "reruns")}
    waits["all runs"] = [*waits["looks"], *waits["reruns"]]
    results = {
        "visitors": VISITORS,
        "seconds": SECONDS,
        "slowest_steps": min(steps),
        "fastest_steps": max(steps),
        "slowest_over_fastest": round(min(steps) / max(max(steps), 1), 2),
        "server_processor_seconds": round(server_cpu, 1),
        "problems": dict(Counter(problem for visitor in visitors for problem in visitor.problems)),
        "milliseconds": {
            name: {
                "median": round(1000 * statistics.median(each)),
                "p95": round(1000 * statistics.quantiles(each, n=20)[-1]),
                "count": len(each),
            }
            for name, each in waits.items()
        },
    }
    rows = [
        [name, f"{m['median']} ms", f"{m['p95']} ms", str(m["count"])] for name, m in results["milliseconds"].items()
    ]
    print(timing.table([f"{VISITORS} visitors", "median", "95%", "runs"], rows))
    print(f"the server computed for {server_cpu:.1f} s, its workers not counted")
    print(f"steps after {SECONDS:g} s: from {min(steps)} to {max(steps)}; problems: {results['problems'] or 'none'}")
    print("written to", timing.save("visitors", results))
