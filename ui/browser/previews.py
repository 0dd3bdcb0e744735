"""Previews: the pictures for a slider's new value, sent before Streamlit's own answer.

A slider's way through Streamlit is long: the browser renders the page, sends the value, the page's script runs, and message
after message the page is rendered again. What the slider changes in a picture could be known long before. So a page says how
it draws (`answering`), and while a slider moves the browser asks for the pictures of its value directly, over a socket beside
Streamlit's own (preview_socket.py; every_page/previews.js is the other end). The same code draws both times, and a moment later the
page's own run brings the same numbers and all else. Where the socket is not to be had, the page answers as it does without.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock
from typing import Any
from weakref import WeakValueDictionary

import streamlit as st
from streamlit.logger import get_logger

from rnn_core.errors import CoreError
from ui.browser import assets
from ui.i18n import Language, language, using_language

Picture = Mapping[str, Any]  # what a part shows, as its JavaScript reads it


@dataclass(frozen=True)
class Slider:
    now: float
    low: float
    high: float

    def read(self, text: str) -> float:
        """ValueError where the text is not a value of this slider."""
        value = type(self.now)(text)
        if not self.low <= value <= self.high:
            raise ValueError(text)
        return value


@dataclass(frozen=True)
class _Page:
    """The parts of a visitor's page and how they are drawn."""

    draw: Callable[..., None]
    sliders: Mapping[str, Slider]
    language: Language

    def pictures(self, name: str, text: str) -> dict[str, Picture]:
        """The pictures of all parts, by their keys, for this value of this slider."""
        value = self.sliders[name].read(text)
        pictures: dict[str, Picture] = {}
        before = _pictures.set(pictures)
        try:
            with using_language(self.language):
                self.draw(**{name: value})
        finally:
            _pictures.reset(before)
        return pictures


class _Visitor:
    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(12)  # only this visitor can request these pictures
        self.busy = Lock()
        self.page: _Page | None = None

    def answer(self, name: str, text: str) -> dict[str, Picture]:
        with self.busy:
            return self.page.pictures(name, text) if self.page else {}


_pictures: ContextVar[dict[str, Picture] | None] = ContextVar("pictures", default=None)  # set: what is drawn goes there
_stamp: ContextVar[Mapping[str, Any] | None] = ContextVar("stamp", default=None)  # what parts say of their sliders
_visitors: WeakValueDictionary[str, _Visitor] = WeakValueDictionary()  # by their tokens, as long as their sessions live


def _visitor() -> _Visitor:
    if "ahead" not in st.session_state:
        visitor = _Visitor()
        _visitors[visitor.token] = st.session_state["ahead"] = visitor
    known: _Visitor = st.session_state["ahead"]
    return known


@contextmanager
def answering(draw: Callable[..., None], sliders: Mapping[str, Slider]) -> Iterator[None]:
    """The parts that are made inside can be asked for with another value of a slider, by its key.

    `draw` takes that value by the slider's key. It makes the same parts, and nothing else of Streamlit's.
    """
    visitor = _visitor()
    with visitor.busy:
        visitor.page = _Page(draw, sliders, language())
    before = _stamp.set({"token": visitor.token, "values": {name: slider.now for name, slider in sliders.items()}})
    try:
        yield
    finally:
        _stamp.reset(before)


def show(
    part: Callable[..., Any], key: str, picture: Picture, rest: Mapping[str, Any], **callbacks: Callable[[], None]
) -> Mapping[str, Any]:
    """A part of ours: in the page, or its picture alone where that is asked for. `rest` is what no slider changes."""
    pictures = _pictures.get()
    if pictures is not None:
        pictures[key] = picture
        return {}
    message = assets.component_data({**picture, **rest, "key": key, "ahead": _stamp.get()})
    answer: Mapping[str, Any] = part(key=key, data=message, **callbacks)
    return answer


def is_visitor(token: str) -> bool:
    return token in _visitors


def answer(token: str, question: str) -> dict[str, Picture]:
    """The pictures for "slider value".

    Nothing where the visitor is not known, the value is out of reach, or the core says that it cannot be computed. A fault in
    the drawing costs one line of the log: the page's own run meets the same fault and shows it.
    """
    try:
        name, text = question.split(" ")
        return _visitors[token].answer(name, text)
    except (KeyError, ValueError, CoreError):
        return {}
    except Exception as error:
        get_logger(__name__).error("No pictures for %r: %r", question, error)
        return {}
