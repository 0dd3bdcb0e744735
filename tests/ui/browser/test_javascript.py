"""The JavaScript is free of the faults that a type checker finds, and the messages have the types that it is checked against."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from deno import find_deno_bin

from rnn_core.apps.text.pieces import Merges
from rnn_core.apps.text.writing import Choice, Written
from rnn_core.cells.modern.base import Recurrence
from rnn_core.passes.scan import scan
from rnn_core.studies.practice.progress import Solved
from tests.repository import ROOT
from ui.browser.attention import Panel, attention
from ui.browser.dial import DialSpec
from ui.browser.draw import draw
from ui.browser.frame import send_styles_and_code
from ui.browser.letters import letters
from ui.browser.own_pairs import OwnPair, Placed, own_pairs
from ui.browser.paint import Answer, Board, Stream, paint
from ui.browser.plot import plot
from ui.browser.road import Lane, RoadWord, road
from ui.browser.room import projector
from ui.browser.scan import scan_tree
from ui.browser.shop import Category, Next, Shop, ShopItem, shop
from ui.browser.solved import progress_bar
from ui.browser.word_pieces import word_pieces
from ui.browser.writer import Units, writer
from ui.classroom.room.words import spread_words
from ui.figures.lines import Line, lines_over_time

BROWSER = ROOT / "ui" / "browser"
FAULTS = {  # of each kind one: file, text, text with the fault, what the checker says
    "undefined name": ("draw/view.js", "this.sendTimer = undefined", "this.sending = nothing", "Cannot find name 'nothing'"),
    "wrong number of arguments": ("plot/menu.js", "this.filename(format)", "this.filename()", "Expected 1 arguments, but got 0"),
    "unused import": ("plot/rest.js", "const LONGEST", 'import { csv } from "./csv.js"\nconst LONGEST', "'csv' is declared but its value"),
    "misspelled property": ("writer/view.js", "this.rest.textContent", "this.rest.textContnt", "Property 'textContnt' does not exist"),
    "misspelled message": ("paint/view.js", "data.words.clear", "data.words.clera", "Property 'clera' does not exist"),
    "unreachable code": ("plot/csv.js", "const text = String(value)", 'return ""\n  const text = String(value)', "Unreachable code"),
}  # fmt: skip


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [find_deno_bin(), "check", "--quiet", "--config", str(folder / "deno.json"), str(folder)],
        env={**os.environ, "NO_COLOR": "1", "DENO_NO_UPDATE_CHECK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_kind_of_fault_is_found(tmp_path: Path) -> None:
    folder = shutil.copytree(BROWSER, tmp_path / "browser")
    for file, right, wrong, _ in FAULTS.values():
        source = (folder / file).read_text(encoding="utf-8")
        assert source.count(right) == 1, f"{file} has changed: where can this fault go?"
        (folder / file).write_text(source.replace(right, wrong), encoding="utf-8")
    said = checked(folder).stderr
    assert {kind: message for kind, (*_, message) in FAULTS.items() if message not in said} == {}


def sent(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A message of each part, by its type in messages.d.ts."""
    messages: list[Any] = []

    def component(*, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        messages.append(data["wrapped"][0] if "wrapped" in data else data)
        return {}

    names = [
        "attention",
        "draw",
        "frame",
        "letters",
        "own_pairs",
        "paint",
        "plot",
        "road",
        "room",
        "scan",
        "shop",
        "solved",
        "word_pieces",
        "writer",
    ]
    for name in names:
        monkeypatch.setattr(f"ui.browser.{name}._part", component)
    line = Line("sine", np.array([0.1, 0.2]), ink="x")
    choice = Choice("a", ("a", "b"), np.array([0.75, 0.25]), np.array([1.0, 0.0]), forced=True)
    read = Panel("", ["a"], ["b", "c"], np.ones((2, 1)), np.zeros(3))
    attention([read], "", key="attention", say=lambda _place: None)
    draw([0.0, 0.5], key="draw", label="Wave", behind=lambda _: [line])
    send_styles_and_code("app/static/vendor/reference_en/reference.json")
    letters("ab", [0.5, -0.5], key="letters", title="Text", alt="Text")
    own_pairs(
        Placed((OwnPair(0, 1, 2),), 5), {"start": ()}, {"delta": "delta"}, {"decay": 1.0, "sharpness": 2.0}, key="own"
    )
    stream = Stream(("no", "yes"), np.array([[0.25, 0.75]]), (1,), "gru", label="Beliefs", after="after {step}")
    answer = Answer("It reads", "yes", parts=(("alone", 0.5),))
    picture = np.zeros((1, 2))
    paint(Board((4, 3), 1.0, "Field", "Draw", picture, False, stream=stream, answer=answer), key="paint")
    plot(lines_over_time([line], title="Lines", y_title="h"), key="plot", events=("click",), cursor="steps")
    one = np.array([0.5])
    lane = Lane([RoadWord("a", True, False, False)], np.array([0.5, 0.6]), one, one, np.zeros((1, 2)), 0.5)
    road([lane], "", key="road", leave_out=lambda _lane, _word: None)
    projector("ABCDE", "key", "https://a.b/room/ABCDE", "a.b/join", spread_words())
    tree = scan(Recurrence(np.full((2, 1), 0.5), np.ones((2, 1)), np.zeros(1)))
    scan_tree(tree, DialSpec("Clock", 0, 1, 0, "moment"), ["first", "second"], key="scan", alt="Tree")
    item = ShopItem("camera", "photography", "h", True, 1.0)
    shelves = [Category("photography", "photography", "h", 1.0)]
    shown = Shop([item], shelves, "photography", [0], False, [Next(0, None, 1.0, 1.0, 1)], "")
    shop(shown, key="shop", add=lambda _item: None, choose=lambda _name: None)
    progress_bar({"rnn_sum": Solved(2, 0)}, ("rnn_sum", "hold_bit"), ("rnn_sum", "hold_bit", "lstm/hs"), forget=0)
    word_pieces("a b", Merges((("a", "b"),), (3,)), key="word_pieces", at=1)
    units = Units([1], np.zeros((1, 1)), 1)
    writer(Written("a", (choice,)), key="writer", name="text", at_once=False, units=units, sentence="")
    kinds = [f"{name.title().replace('_', '')}Message" for name in names]
    return dict(zip(kinds, messages, strict=True))


def test_the_javascript_has_no_faults_and_messages_have_its_types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(BROWSER, tmp_path / "browser")
    samples = "".join(
        f"export const a{kind}: {kind} = {json.dumps(message)}\n" for kind, message in sent(monkeypatch).items()
    )
    (folder / "samples.ts").write_text(samples, encoding="utf-8")
    done = checked(folder)
    assert done.returncode == 0, done.stderr
