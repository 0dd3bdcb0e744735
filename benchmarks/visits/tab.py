"""One tab of a visitor without a browser. It speaks Streamlit's own protocol over the websocket, as the page in a browser does."""

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets import Subprotocol
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60.0  # seconds for one message of an answer
_TRIGGER = "$$STREAMLIT_INTERNAL_KEY_"  # Streamlit's name for what a browser part sends once


class ServerError(Exception):
    """The server showed an exception in place of a part of the page."""


@dataclass(frozen=True)
class Widget:
    """A widget or a browser part, as the server has described it."""

    id: str
    kind: str  # Streamlit's name: button, selectbox, bidi_component ...
    element: Any
    fragment: str  # what runs when it changes; empty for the whole page

    @property
    def data(self) -> dict[str, Any]:
        """What our own part has been sent."""
        (wrapped,) = json.loads(self.element.json or self.element.mixed.json)["wrapped"]
        data: dict[str, Any] = wrapped
        return data


class Tab:
    """`problems` are the sentences of errors that pages have shown."""

    def __init__(self, url: str, lang: str = "en") -> None:
        self.lang = lang
        self.problems: list[str] = []
        self.progress = ""  # what the newest bar of progress says
        self.widgets: dict[str, Widget] = {}  # by key
        self.received = 0  # bytes
        self.again: tuple[str, float] | None = None  # the fragment that asks to run again, and after how many seconds
        self.url = url
        self._states: dict[str, WidgetState] = {}
        self.slug, self._query, self._page, self.session = "", "", "", ""
        self._socket: ClientConnection | None = None

    async def open(self, slug: str = "", query: str = "") -> float:
        """Open an address in a new session. Returns the seconds until the page has run."""
        await self.close()
        began = time.perf_counter()
        self.slug, self._query, self._page, self.session = slug, query, "", ""
        self._states.clear()
        await self._connect()
        await self.run()
        return time.perf_counter() - began

    async def reconnect(self) -> float:
        """Lose the connection, and come back to the same session, as a browser does. Seconds until the page has run again."""
        await self.close()
        began = time.perf_counter()
        await self._connect()
        await self.run()
        return time.perf_counter() - began

    async def close(self) -> None:
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    async def run(self, sent: WidgetState | None = None, fragment: str = "") -> float:
        """One run of the page's script, or of one of its fragments. Seconds until it has ended."""
        assert self._socket is not None
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.fragment_id = self._query, fragment
        if self._page:
            state.page_script_hash = self._page
        else:
            state.page_name = self.slug
        state.context_info.locale = {"en": "en-GB", "zh": "zh-CN"}[self.lang]
        state.context_info.timezone, state.context_info.color_scheme = "UTC", "light"
        state.context_info.url = f"{self.url}/{self.slug}"
        state.widget_states.widgets.extend(self._states.values())
        if sent is not None:
            state.widget_states.widgets.append(sent)
        began = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        await self._listen()
        return time.perf_counter() - began

    async def look_again(self) -> float:
        """What a page does by itself while something trains."""
        return await self.run(fragment=self.again[0]) if self.again else 0.0

    async def press(self, key: str) -> float:
        button = self.widgets[key]
        return await self.run(WidgetState(id=button.id, trigger_value=True), button.fragment)

    async def go_to(self, slug: str) -> float:
        """A click in the bar."""
        self.slug, self._query = slug, ""
        return await self.trigger(self.widgets["top_bar"], "page", slug)

    async def trigger(self, part: Widget, event: str, value: object) -> float:
        """A browser part sends something once."""
        sent = json.dumps([{"event": event, "value": value}])
        return await self.run(WidgetState(id=f"{_TRIGGER}{part.id}__events", json_trigger_value=sent), part.fragment)

    async def set(self, widget: Widget, state: WidgetState) -> float:
        """Give a widget another value, which it keeps."""
        state.id = widget.id
        self._states[widget.id] = state
        return await self.run(fragment=widget.fragment)

    async def _connect(self) -> None:
        # Streamlit's browser code names the session to return to in the third place.
        protocols = ["streamlit", "no-token", self.session] if self.session else ["streamlit"]
        address = urlsplit(self.url)._replace(scheme="ws").geturl()
        self._socket = await connect(
            f"{address}/_stcore/stream",
            subprotocols=[Subprotocol(name) for name in protocols],
            max_size=None,
            compression=None,
            proxy=None,
            open_timeout=PATIENCE,
        )

    async def _listen(self) -> None:
        assert self._socket is not None
        while True:
            async with asyncio.timeout(PATIENCE):
                data = await self._socket.recv()
            assert isinstance(data, bytes)
            self.received += len(data)
            said = ForwardMsg.FromString(data)
            match said.WhichOneof("type"):
                case "script_finished" if said.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return
                case "new_session":
                    self.session = said.new_session.initialize.session_id or self.session
                case "navigation":
                    self._begin_page(said.navigation.page_script_hash)
                case "page_info_changed":
                    self._query = said.page_info_changed.query_string
                case "auto_rerun":
                    self.again = said.auto_rerun.fragment_id, said.auto_rerun.interval
                case "delta" if said.delta.WhichOneof("type") == "new_element":
                    self._read(said.delta.new_element, said.delta.fragment_id)

    def _begin_page(self, page: str) -> None:
        """Our app says where it is whenever the whole page runs; a fragment alone does not."""
        self.widgets.clear()
        self.again = None
        if page != self._page:
            self._page = page
            self._states.clear()

    def _read(self, element: Any, fragment: str) -> None:
        kind = element.WhichOneof("type")
        shown = getattr(element, kind)
        if kind == "exception":
            self.problems.append(f"/{self.slug}: {shown.type} {shown.message}")
        elif kind == "progress":
            self.progress = shown.text
        elif getattr(shown, "id", ""):
            key = shown.id.partition("ID-")[2].partition("-")[2]
            self.widgets[key] = Widget(shown.id, kind, shown, fragment)
