"""What a token is: a text cut into word pieces, the merges, and what a network gains by reading pieces."""

import streamlit as st

from rnn_core.apps.text.application import APPLICATION
from rnn_core.apps.text.data import corpus, learned_merges, parts
from rnn_core.apps.text.settings import MERGES, Settings, standard
from rnn_core.learn.state import RunState
from ui.apps import compute, frame
from ui.apps.on_demand import on_demand
from ui.browser.word_pieces import word_pieces
from ui.cache.shipped import shipped
from ui.i18n import _
from ui.lab.compute import visitor
from ui.links.kept_settings import in_link, in_session
from ui.widgets.tables import table
from ui.widgets.uploads import digest

NO_SCORE = APPLICATION.measures[0].words(None)
PASSAGE = 300  # characters of the test part that are cut at first
LONGEST = 1_000  # characters that can be cut


def tokens(network: frame.Network[Settings]) -> None:
    st.subheader(_("What is a token?"), anchor=False)
    on_demand(
        _("Cut a text into word pieces"), lambda: _tokens(network), icon=":material/content_cut:", key="text_tokens"
    )


def _tokens(network: frame.Network[Settings]) -> None:
    settings = network.settings
    is_own = settings.text == "own"
    name = f"own-{digest(settings.own)}" if is_own else settings.text
    place = in_session if is_own else in_link
    at_first = parts(settings.text, settings.own).test[:PASSAGE].strip()
    typed = st.text_area(_("A text to cut"), at_first, max_chars=LONGEST, height=96, **place(f"tokens_{name}"))
    merges = settings.merges or MERGES[settings.text]
    word_pieces(typed or at_first, learned_merges(settings.text, settings.own), key="tokens_part", at=merges)
    if network.phase == "running":
        st.caption(_("Your network is scored when its training pauses or ends."))
    rows = _comparison(network, merges)
    table(rows)
    if NO_SCORE in rows[_("bits per character")]:
        st.caption(
            _("{sign}: train the network that reads these symbols, and its score appears here.").format(sign=NO_SCORE)
        )


def _comparison(network: frame.Network[Settings], merges: int) -> dict[str, list[str]]:
    """The same text in characters and in pieces, and how well the newest network of each predicts it."""
    settings = network.settings
    rows: dict[str, list[str]] = {
        _("the network reads"): [_("characters"), _("word pieces")],
        _("different symbols"): [],
        _("symbols in the test text"): [],
        _("characters per symbol"): [],
        _("bits per character"): [],
    }
    _names, symbols, lengths, shares, bits = rows.values()
    for count in (0, merges):
        read = corpus(settings.text, settings.own, count)
        symbols.append(f"{read.size:,}")
        lengths.append(f"{len(read.test):,}")
        shares.append(f"{read.lengths[read.test].mean():.2f}")
        state = _newest(network, bool(count))
        measure = APPLICATION.measures[0]
        bits.append(measure.words(None if state is None else compute.scores(APPLICATION, state)[measure.name]))
    return rows


def _newest(network: frame.Network[Settings], in_pieces: bool) -> RunState | None:
    """The network of the page, one of the visitor's of the same text, or the one that ships; None while it is training."""
    settings = network.settings
    if bool(settings.merges) == in_pieces:
        return None if network.phase == "running" else network.state
    for run in reversed(visitor().runs.values()):
        its = run.settings
        is_same_text = isinstance(its, Settings) and (its.text, its.own) == (settings.text, settings.own)
        if is_same_text and bool(its.merges) == in_pieces and run.state and run.progress().phase != "running":
            return run.state.at_best or run.state
    if settings.text == "own":
        return None
    ready = shipped(standard(settings.text, settings.cell, MERGES[settings.text] if in_pieces else 0))
    return None if ready is None else ready.state
