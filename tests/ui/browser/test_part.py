"""A view lives as long as its element is in the page, in whatever order Streamlit runs the cleanups of its calls."""

import subprocess
from pathlib import Path

from deno import find_deno_bin

from tests.repository import ROOT

SCRIPT = """
globalThis.window = globalThis
globalThis.addEventListener ??= () => {}
const { part } = await import(Deno.args[0])
const events = []
class View {
  constructor() { events.push("made") }
  receive(message) { events.push(message.value) }
  destroy() { events.push("ended") }
}
const show = part(View)
const element = { isConnected: true }
const call = (value) => show({ data: { key: "field", value }, parentElement: element, setStateValue() {}, setTriggerValue() {} })
const first = call(1)
first() // overtaken: its cleanup runs before the later call
const second = call(2)
element.isConnected = false
second()
first()
console.log(events.join(" "))
"""


def test_the_cleanup_of_an_overtaken_call_does_not_end_the_view(tmp_path: Path) -> None:
    script = tmp_path / "script.js"
    script.write_text(SCRIPT, encoding="utf-8")
    module = (ROOT / "ui/browser/shared/part.js").as_uri()
    ran = subprocess.run(
        [find_deno_bin(), "run", "--quiet", "--allow-read", str(script), module],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.split() == ["made", "1", "2", "ended"], ran.stderr
