"""A memory of pairs whose keys and values the visitor places: unit keys in the plane, so two of them at most are orthogonal."""

import re

import numpy as np
import streamlit as st

from rnn_core.studies.modern.pairs import RULES, Pairs, PairsSetup, errors, nearest
from ui.browser.own_pairs import OwnPair, Placed, own_pairs, pairs_of, placed_by_visitor, written
from ui.figures.words import number
from ui.i18n import _
from ui.links.kept_settings import in_session, is_back_or_forward
from ui.links.written import write_in_link
from ui.memory.after import figures
from ui.memory.after.take import take_own_pairs
from ui.widgets.stage import PlainStage
from ui.widgets.tables import table

PART, IN_LINK = "own_pairs", "pairs_own"
QUERY_IN_LINK = "pairs_query"
_ANGLE = re.compile(r"[0-9]|[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]")
FIRST = Placed((OwnPair(20, 70, 60), OwnPair(95, -80, 40), OwnPair(160, 10, -85)), 60)


def instrument(stage: PlainStage) -> None:
    placed = _placed()
    setup = PairsSetup(d=2, pairs=len(placed.pairs))
    starts = {
        _("Two orthogonal keys"): (OwnPair(0, 70, 60), OwnPair(90, -80, 40)),
        _("Four in the plane"): tuple(OwnPair(15 + 45 * place, *at) for place, at in enumerate(_CORNERS)),
        _("One key written twice"): (OwnPair(40, 75, 50), OwnPair(130, -70, -40), OwnPair(40, -20, 85)),
    }
    names: dict[str, str] = {rule: name for rule, name in figures.rule_names().items()}
    with stage.picture:
        own_pairs(placed, starts, names, {"decay": setup.decay, "sharpness": setup.sharpness}, key=PART)
    pairs = as_pairs(placed)
    take_own_pairs(setup, pairs)
    table(
        {
            _("rule"): [figures.rule_names()[rule] for rule in RULES],
            _("mean squared error"): [number(float(errors(pairs, rule, setup).mean())) for rule in RULES],
            _("reads nearest to their own value"): [f"{round(100 * nearest(pairs, rule, setup))}%" for rule in RULES],
        }
    )


_CORNERS = ((70, 60), (-80, 40), (-50, -75), (60, -65))


def as_pairs(placed: Placed) -> Pairs:
    angles = np.radians([pair.angle for pair in placed.pairs])
    values = np.array([(pair.x, pair.y) for pair in placed.pairs]) / 100
    return Pairs(np.stack([np.cos(angles), np.sin(angles)], axis=1), values)


def _placed() -> Placed:
    """What the visitor has placed. It stands in the session and in the link, as texts."""
    for name in (IN_LINK, QUERY_IN_LINK):
        in_session(name)
        if name not in st.session_state or is_back_or_forward():
            st.session_state[name] = st.query_params.get(name, "")
    sent, known = placed_by_visitor(PART), f"{PART}_known"
    if sent and sent != st.session_state.get(known):
        st.session_state[IN_LINK], st.session_state[QUERY_IN_LINK] = written(sent.pairs), str(sent.query)
    st.session_state[known] = sent
    query = st.session_state[QUERY_IN_LINK]
    placed = Placed(
        pairs_of(st.session_state[IN_LINK]) or FIRST.pairs, int(query) if _ANGLE.fullmatch(query) else FIRST.query
    )
    for name, text, usual in (
        (IN_LINK, written(placed.pairs), written(FIRST.pairs)),
        (QUERY_IN_LINK, str(placed.query), str(FIRST.query)),
    ):
        st.session_state[name] = text
        write_in_link(name, None if text == usual else text)
    return placed
