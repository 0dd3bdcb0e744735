"""The teacher's actions in a room: each makes a new stage of the old one."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from ui.browser import door
from ui.classroom.room import limits
from ui.classroom.room.questions import view_of
from ui.classroom.room.rooms import TOO_LONG, Room, RoomProblem, Stage


def _show(room: Room, at: int) -> Stage:
    """Show a stop. Its question is asked, unless it was asked before: then its answers are there still."""
    stop = room.stops[at]
    stage = replace(room.stage, stop=stop.id, view="", is_blank=False)
    if stop.question is None or stop.id in stage.rounds:
        return stage
    return _ask(stage)


def _ask(stage: Stage) -> Stage:
    if stage.last >= limits.MOST_ROUNDS:
        raise RoomProblem(TOO_LONG)
    new = stage.last + 1
    return replace(stage, rounds={**stage.rounds, stage.stop: new}, last=new, view="")


def _step(by: int) -> Callable[[Room, str], Stage]:
    def action(room: Room, _what: str) -> Stage:
        ids = [stop.id for stop in room.stops]
        at = ids.index(room.stage.stop) + by if room.stage.stop in ids else 0 if by > 0 else -1
        return _show(room, at) if 0 <= at < len(ids) else room.stage

    return action


def _go(room: Room, what: str) -> Stage:
    ids = [stop.id for stop in room.stops]
    if what not in ids:
        raise door.Refused
    return _show(room, ids.index(what))


def _reveal(room: Room, _what: str) -> Stage:
    stage = room.stage
    if room.question is None or not stage.is_open:
        return stage
    return replace(stage, revealed=(*stage.revealed, stage.round), is_blank=False)


def _ask_again(room: Room, _what: str) -> Stage:
    return room.stage if room.question is None else _ask(room.stage)


def _follow(room: Room, what: str) -> Stage:
    """Bring all to this view, or to the view of the stop."""
    view = view_of(what)
    if not view and room.stop is not None:
        view = room.stop.view or (room.question.view if room.question else "")
    return replace(room.stage, view=view)


def _let_go(room: Room, _what: str) -> Stage:
    return replace(room.stage, view="")


def _blank(room: Room, _what: str) -> Stage:
    return replace(room.stage, is_blank=not room.stage.is_blank)


ACTIONS: Mapping[str, Callable[[Room, str], Stage]] = {
    "next": _step(1),
    "back": _step(-1),
    "go": _go,
    "reveal": _reveal,
    "again": _ask_again,
    "follow": _follow,
    "let_go": _let_go,
    "blank": _blank,
}
