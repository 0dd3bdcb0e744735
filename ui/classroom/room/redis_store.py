"""Rooms in Valkey or Redis, for several replicas. Every key ends with its room."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from ui.classroom.room.store import Kept, StoredAnswer, StoredRoom, StoreUnavailable, Versions

PATIENCE = 2.0  # seconds for an answer of the server
ROOMS = "unrolled:rooms"  # every code with the time of its end

# Scripts run as one transaction each. KEYS: the rooms, or the room, its students, and the answers of the round.
_CREATE = """
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[2])
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[4]) then return 'full' end
if redis.call('EXISTS', KEYS[2]) == 1 then return 'taken' end
redis.call('HSET', KEYS[2], 'key', ARGV[1], 'ends', ARGV[3], 'news', 1, 'stage_version', 1, 'stage', '', 'plan', '', 'round', 0, 'open', 0)
redis.call('EXPIREAT', KEYS[2], math.ceil(ARGV[3]))
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[5])
return 'made'
"""
_CHANGE = """
if redis.call('EXISTS', KEYS[1]) == 0 then return end
redis.call('HSET', KEYS[1], unpack(ARGV))
redis.call('HSET', KEYS[1], 'stage_version', redis.call('HINCRBY', KEYS[1], 'news', 1))
"""
_JOIN = """
local ends = redis.call('HGET', KEYS[1], 'ends')
if not ends then return 0 end
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 and redis.call('HLEN', KEYS[2]) >= tonumber(ARGV[3]) then return 0 end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('EXPIREAT', KEYS[2], math.ceil(ends))
redis.call('HINCRBY', KEYS[1], 'news', 1)
return 1
"""
_ANSWER = """
local ends = redis.call('HGET', KEYS[1], 'ends')
if not ends or redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then return 'unknown' end
if redis.call('HGET', KEYS[1], 'round') ~= ARGV[3] or redis.call('HGET', KEYS[1], 'open') ~= '1' then return 'late' end
redis.call('HSET', KEYS[3], ARGV[1], ARGV[2])
redis.call('EXPIREAT', KEYS[3], math.ceil(ends))
redis.call('HINCRBY', KEYS[1], 'news', 1)
return 'kept'
"""
_END = """
for round = 0, tonumber(redis.call('HGET', KEYS[2], 'round') or 0) do redis.call('DEL', KEYS[2] .. ':answers:' .. round) end
redis.call('DEL', KEYS[2], KEYS[3])
redis.call('ZREM', KEYS[1], ARGV[1])
"""


def _room(code: str) -> str:
    return f"unrolled:room:{code}"


def _students(code: str) -> str:
    return f"{_room(code)}:students"


def _answers(code: str, round_: int) -> str:
    return f"{_room(code)}:answers:{round_}"


class RedisStore:
    def __init__(self, address: str) -> None:
        self._server: Any = redis.Redis.from_url(
            address,
            decode_responses=True,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 1),  # a connection that the server has closed is opened again
        )

    @contextmanager
    def _asking(self) -> Iterator[Any]:
        try:
            yield self._server
        except redis.RedisError as problem:
            raise StoreUnavailable(str(problem)) from problem

    def create(self, code: str, key: str, now: float, ends: float, most: int) -> Literal["made", "taken", "full"]:
        with self._asking() as server:
            made: Literal["made", "taken", "full"] = server.eval(
                _CREATE, 2, ROOMS, _room(code), key, now, ends, most, code
            )
            return made

    def versions(self, code: str, now: float) -> Versions | None:
        with self._asking() as server:
            ends, news, stage = server.hmget(_room(code), "ends", "news", "stage_version")
        return Versions(int(news), int(stage)) if ends and float(ends) > now else None

    def room(self, code: str, now: float) -> StoredRoom | None:
        with self._asking() as server:
            kept = server.hgetall(_room(code))
        if not kept or float(kept["ends"]) <= now:
            return None
        versions = Versions(int(kept["news"]), int(kept["stage_version"]))
        return StoredRoom(kept["key"], float(kept["ends"]), versions, kept["stage"], kept["plan"])

    def set_stage(self, code: str, stage: str, round_: int, is_open: bool) -> None:
        with self._asking() as server:
            server.eval(_CHANGE, 1, _room(code), "stage", stage, "round", round_, "open", int(is_open))

    def set_plan(self, code: str, plan: str) -> None:
        with self._asking() as server:
            server.eval(_CHANGE, 1, _room(code), "plan", plan)

    def join(self, code: str, student: str, name: str, most: int) -> bool:
        with self._asking() as server:
            return bool(server.eval(_JOIN, 2, _room(code), _students(code), student, name, most))

    def answer(self, code: str, round_: int, student: str, answer: str) -> Kept:
        keys = (_room(code), _students(code), _answers(code, round_))
        with self._asking() as server:
            kept: Kept = server.eval(_ANSWER, 3, *keys, student, answer, round_)
            return kept

    def counts(self, code: str, round_: int) -> tuple[int, int]:
        with self._asking() as server:
            return int(server.hlen(_students(code))), int(server.hlen(_answers(code, round_)))

    def answers(self, code: str, round_: int) -> list[StoredAnswer]:
        with self._asking() as server:
            names = server.hgetall(_students(code))
            given = server.hgetall(_answers(code, round_))
        return [StoredAnswer(names[student], given[student]) for student in sorted(given) if student in names]

    def end(self, code: str) -> None:
        with self._asking() as server:
            server.eval(_END, 3, ROOMS, _room(code), _students(code), code)

    def close(self) -> None:
        self._server.close()
