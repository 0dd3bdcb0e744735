"""The guide's questions as a tree, with the way through it that the reader's answers take."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_core.studies.choosing import Advice, Answers, ways
from ui.figures.chart import Chart, figure
from ui.figures.style import INKS, TEXT, text_ink
from ui.i18n import _

START, COLUMNS = 0.25, {"reach": 1.25, "arrives": 2.15, "size": 2.95}
END, HEIGHT = 4.2, 380
ALONG = np.linspace(0.0, 1.0, 41)
# A name stands above its node: a line that rises leaves the node late, and one that falls arrives early.
LATE, TAKES, TAKES_AT_START = 0.6, 0.4, 0.3


@dataclass(frozen=True)
class Node:
    at: tuple[float, float]
    text: str
    is_chosen: bool


def path_chart(chosen: Answers, answers: dict[str, dict[str, str]], advice: dict[Advice, str]) -> Chart:
    """`answers`: the words of each answer, by question; `advice`: the short name of each result."""
    found = ways()
    rows = {way: float(len(found) - place) for place, (way, _advice) in enumerate(found)}
    start = (START, float(np.mean(list(rows.values()))))
    edges: dict[tuple[tuple[float, float], tuple[float, float]], bool] = {}
    nodes: dict[tuple[float, float], Node] = {}
    for way, result in found:
        is_way = all(chosen[question] == answer for question, answer in way)
        before = start
        for depth, (question, answer) in enumerate(way, 1):
            shared = [row for each, row in rows.items() if each[:depth] == way[:depth]]
            at = (COLUMNS[question], float(np.mean(shared)))
            is_chosen = all(chosen[asked] == answered for asked, answered in way[:depth])
            edges[before, at] = is_chosen
            nodes[at] = Node(at, answers[question][answer], is_chosen)
            before = at
        at = (END, rows[way])
        edges[before, at] = is_way
        nodes[at] = Node(at, advice[result], is_way)
    title = _("Your way through the questions")
    alt = _("{title}: {way}.").format(
        title=title, way=" → ".join(each.text for each in nodes.values() if each.is_chosen)
    )
    traces = [*_edges(edges), *_labels(list(nodes.values()))]
    hidden: dict[str, Any] = {"visible": False, "fixedrange": True}
    return Chart(
        figure(
            traces,
            title=title,
            height=HEIGHT,
            margin={"l": 8, "r": 8, "t": 8, "b": 8},
            xaxis=hidden | {"range": [START - 0.15, END + 0.55]},
            yaxis=hidden | {"range": [0.4, len(found) + 0.75]},
        ),
        alt,
    )


def _edges(edges: dict[tuple[tuple[float, float], tuple[float, float]], bool]) -> Iterator[dict[str, Any]]:
    for ((x0, y0), (x1, y1)), is_chosen in sorted(edges.items(), key=lambda edge: edge[1]):
        leaves, takes = (0.0, TAKES_AT_START) if x0 == START else (LATE if y1 > y0 else 0.0, TAKES)
        along = np.clip((ALONG - leaves) / takes, 0.0, 1.0)
        yield {
            "type": "scatter",
            "mode": "lines",
            "x": x0 + (x1 - x0) * ALONG,
            "y": y0 + (y1 - y0) * along**2 * (3 - 2 * along),
            "line": {
                "color": INKS["lstm" if is_chosen else "baseline"].light,
                "width": 6 if is_chosen else 1.5,
            },
            "opacity": 1.0 if is_chosen else 0.5,
            "hoverinfo": "skip",
            "showlegend": False,
        }


def _labels(nodes: list[Node]) -> Iterator[dict[str, Any]]:
    for is_chosen in (False, True):
        shown = [node for node in nodes if node.is_chosen is is_chosen]
        yield {
            "type": "scatter",
            "mode": "markers+text",
            "x": [node.at[0] for node in shown],
            "y": [node.at[1] for node in shown],
            "text": [f"<b>{node.text}</b>" if is_chosen else node.text for node in shown],
            "textposition": "top center",
            "textfont": {"size": 15, "color": TEXT if is_chosen else text_ink("baseline").light},
            "marker": {"size": 11 if is_chosen else 6, "color": INKS["lstm" if is_chosen else "baseline"].light},
            "cliponaxis": False,
            "hoverinfo": "skip",
            "showlegend": False,
        }
