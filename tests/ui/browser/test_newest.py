"""A part beside a slow server: an answer to an earlier change takes nothing away, and a change that was lost is sent again."""

from pathlib import Path

from tests.node import in_node

MODULE = Path(__file__).parents[3] / "ui/browser/shared/newest.js"
PROGRAM = """
let now = 0
Object.defineProperty(globalThis, "performance", { value: { now: () => now } })
const { Newest } = await import(process.argv[1])
const sent = [], shown = []
const newest = new Newest((value, number) => sent.push([value, number]))
for (const [value, taken, seconds] of JSON.parse((await import("node:fs")).readFileSync(0, "utf8"))) {
  now += 1000 * seconds
  if (taken === null) newest.change(value)
  else newest.receive(value, taken)
  shown.push(newest.value)
}
console.log(JSON.stringify([shown.join(""), sent]))
"""
CHANGE = None  # of the visitor; otherwise the number of the change that the page has taken


def played(*events: tuple[str, int | None, float]) -> list[object]:
    found: list[object] = in_node(PROGRAM, events, MODULE)
    return found


def test_a_late_answer_to_an_earlier_change_does_not_undo_a_later_one() -> None:
    shown, sent = played(("a", 0, 0), ("b", CHANGE, 1), ("c", CHANGE, 1), ("b", 1, 9), ("c", 2, 1))
    assert shown == "abccc"
    assert sent == [["b", 1], ["c", 2], ["c", 2]]


def test_a_change_that_was_lost_is_sent_again_and_another_preset_is_shown() -> None:
    shown, sent = played(("a", 0, 0), ("b", CHANGE, 1), ("a", 0, 1), ("a", 0, 9), ("b", 1, 1), ("p", 1, 1))
    assert shown == "abbbbp"
    assert sent == [["b", 1], ["b", 1]]
