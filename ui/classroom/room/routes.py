"""The addresses of rooms, in the app's own server: a page for students, and what its script and the projector ask.

Students are known by a random name in a header, teachers by their key in another: no cookie, so that no other site can speak for them.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ui.browser import door
from ui.classroom.room import codes, limits
from ui.classroom.room.questions import dumps, loads
from ui.classroom.room.rate import Known, Rates
from ui.classroom.room.rooms import FULL, NO_ROOM, NOT_YOURS, TOO_LONG, TOO_OFTEN, Room, RoomProblem, Rooms
from ui.classroom.room.states import student_state, teacher_state
from ui.classroom.room.store import StoreUnavailable, Versions, the_store
from ui.classroom.room.student_page import join_page, student_page
from ui.classroom.room.teaching import ACTIONS
from ui.classroom.room.watch import Watch, in_thread
from ui.i18n import LANGUAGES, Language, best_language

STUDENT, KEY = "x-room-student", "x-room-key"
_STATUS = {NO_ROOM: 404, NOT_YOURS: 403, FULL: 409, TOO_LONG: 409, TOO_OFTEN: 429}
_NO_STORE = {"Cache-Control": "no-store"}
Handler = Callable[[Request], Awaitable[Response]]

_joining = door.record(name=door.text(4 * limits.LONGEST_NAME), student=door.text(40))
_answering = door.record(round=door.whole(1, limits.MOST_ROUNDS), answer=lambda sent: sent)
_doing = door.record(do=door.one_of(tuple(ACTIONS)), what=door.text(limits.LONGEST_VIEW))


class TooLarge(Exception):
    """A body beyond the limit."""


class _Made:
    """What students of one language were sent last."""

    def __init__(self) -> None:
        self.lock, self.version, self.state = asyncio.Lock(), -1, b""


class RoomRoutes:
    """The routes over one store. `base` is the path of the app, with a slash at its end."""

    def __init__(self, rooms: Rooms) -> None:
        self.rooms = rooms
        self.watch = Watch(rooms.versions)
        self.rates = Rates()
        self._known, self._slowed = Known(), dict[str, int]()
        self._made: dict[tuple[str, Language], _Made] = {}

    def routes(self, base: str) -> list[Route]:
        return [
            Route(f"{base}join", _page(join_page)),
            Route(f"{base}room/{{code}}", _page(student_page)),
            Route(f"{base}room/{{code}}/join", self._guarded(self.join), methods=["POST"]),
            Route(f"{base}room/{{code}}/now", self._guarded(self.now)),
            Route(f"{base}room/{{code}}/answer", self._guarded(self.answer), methods=["POST"]),
            Route(f"{base}room/{{code}}/class", self._guarded(self.of_class)),
            Route(f"{base}room/{{code}}/do", self._guarded(self.do), methods=["POST"]),
        ]

    def _guarded(self, handler: Callable[[Request, str], Awaitable[Response]]) -> Handler:
        async def answer(request: Request) -> Response:
            try:
                if not self.rates.take(f"asks {address_of(request)}", *limits.REQUESTS):
                    raise RoomProblem(TOO_OFTEN)
                return await handler(request, await self._code(request))
            except RoomProblem as problem:
                return _refusal(problem.reason, _STATUS.get(problem.reason, 400))
            except door.Refused:
                return _refusal("not readable", 422)
            except TooLarge:
                return _refusal("too large", 413)
            except StoreUnavailable:
                return _refusal("no store", 503)
            except ClientDisconnect:
                return Response(status_code=400)

        return answer

    async def _code(self, request: Request) -> str:
        """The code of a room that exists. Whoever has named many that do not waits before each further answer."""
        address, student = address_of(request), request.headers.get(STUDENT, "")
        code = codes.read_code(request.path_params["code"])
        if code is not None and (code, student) in self._known:
            return code
        guesses = f"guesses {address}"
        if not self.rates.has(guesses, *limits.GUESSES):
            await self._slow(address)
        if code is None or await in_thread(lambda: self.rooms.versions(code)) is None:
            self.rates.overdraw(guesses, *limits.GUESSES)
            raise RoomProblem(NO_ROOM)
        return code

    async def _slow(self, address: str) -> None:
        if self._slowed.get(address, 0) >= limits.MOST_SLOWED:
            raise RoomProblem(TOO_OFTEN)
        self._slowed[address] = self._slowed.get(address, 0) + 1
        try:
            await asyncio.sleep(limits.SLOWED)
        finally:
            self._slowed[address] -= 1
            if not self._slowed[address]:
                del self._slowed[address]

    async def join(self, request: Request, code: str) -> Response:
        if not self.rates.take(f"joins {address_of(request)}", *limits.JOINS):
            raise RoomProblem(TOO_OFTEN)
        sent = _joining(await _body(request))
        student = sent["student"] if codes.is_secret(sent["student"]) else codes.new_secret()
        await in_thread(lambda: self.rooms.join(code, student, nickname(sent["name"])))
        self._known.add(code, student)
        return JSONResponse({"student": student}, headers=_NO_STORE)

    async def now(self, request: Request, code: str) -> Response:
        after, lang = _after(request), _language(request)
        if not await self._news(code, lambda versions: versions.stage != after):
            return Response(status_code=204, headers=_NO_STORE)
        return Response(await self._student_state(code, lang), media_type="application/json", headers=_NO_STORE)

    async def _student_state(self, code: str, lang: Language) -> bytes:
        """Made once for all who ask at the same time."""
        if len(self._made) > 2 * limits.MOST_ROOMS:
            self._made.clear()
        made = self._made.setdefault((code, lang), _Made())
        async with made.lock:
            room = await in_thread(lambda: self.rooms.room(code))
            if made.version != room.versions.stage:
                made.state = await in_thread(lambda: dumps(student_state(self.rooms, room, lang)).encode())
                made.version = room.versions.stage
            return made.state

    async def answer(self, request: Request, code: str) -> Response:
        student = request.headers.get(STUDENT, "")
        if not codes.is_secret(student) or not self.rates.take(f"answers {student}", *limits.ANSWERS):
            raise RoomProblem(TOO_OFTEN)
        sent = _answering(await _body(request))
        kept = await in_thread(lambda: self.rooms.answer(code, sent["round"], student, sent["answer"]))
        return JSONResponse({"kept": kept}, headers=_NO_STORE)

    async def of_class(self, request: Request, code: str) -> Response:
        key, after, lang = request.headers.get(KEY, ""), _after(request), _language(request)
        await self._teacher(code, key)
        if not await self._news(code, lambda versions: versions.news != after):
            return Response(status_code=204, headers=_NO_STORE)
        room = await self._teacher(code, key)
        made = await in_thread(lambda: dumps(teacher_state(self.rooms, room, lang)))
        return Response(made, media_type="application/json", headers=_NO_STORE)

    async def do(self, request: Request, code: str) -> Response:
        room = await self._teacher(code, request.headers.get(KEY, ""))
        sent = _doing(await _body(request))
        stage = ACTIONS[sent["do"]](room, sent["what"])
        if stage != room.stage:
            await in_thread(lambda: self.rooms.set_stage(room, stage))
        return JSONResponse({}, headers=_NO_STORE)

    async def _teacher(self, code: str, key: str) -> Room:
        return await in_thread(lambda: self.rooms.of_teacher(code, key))

    async def _news(self, code: str, is_news: Callable[[Versions], bool]) -> bool:
        if self.watch.waiting >= limits.MOST_WAITING:
            raise RoomProblem(TOO_OFTEN)
        return await self.watch.news(code, is_news)


def room_routes(base: str) -> list[Route]:
    return RoomRoutes(Rooms(the_store())).routes(base)


def address_of(request: Request) -> str:
    """The visitor's address. A trusted proxy names it (FORWARDED_ALLOW_IPS). Of IPv6 the first half, which one household shares."""
    host = request.client.host if request.client else ""
    return ":".join(host.split(":")[:4]) if ":" in host else host


def nickname(typed: str) -> str:
    """One line without control characters."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in typed).split())
    return line[: limits.LONGEST_NAME]


async def _body(request: Request) -> Any:
    """JSON of moderate size; what is too large is not read to its end."""
    found = b""
    async for chunk in request.stream():
        found += chunk
        if len(found) > limits.LARGEST_BODY:
            raise TooLarge
    try:
        return loads(found.decode())
    except UnicodeDecodeError:
        raise door.Refused from None


def _after(request: Request) -> int:
    text = request.query_params.get("after", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else -1


def _language(request: Request) -> Language:
    asked = request.query_params.get("lang")
    return asked if asked in LANGUAGES else best_language(request.headers.get("accept-language"))


def _refusal(reason: str, status: int) -> Response:
    again = {"Retry-After": "2"} if status in (429, 503) else {}
    return JSONResponse({"problem": reason}, status, _NO_STORE | again)


def _page(make: Callable[[Language], tuple[str, str]]) -> Handler:
    """A page, and its content security policy. It says nothing of any room, so that codes cannot be tried on it."""

    async def answer(request: Request) -> Response:
        typed = codes.read_code(request.query_params.get("code", "")) if "code" not in request.path_params else None
        if typed:
            return RedirectResponse(f"room/{typed}", 303)
        page, policy = make(_language(request))
        headers = {"Content-Security-Policy": policy, "Cache-Control": "no-cache", "Vary": "Accept-Language"}
        return Response(page, media_type="text/html", headers=headers)

    return answer
