"""Both stores keep rooms in the same way. The real server is Debian's redis-server or valkey-server."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.repository import ROOT
from ui.classroom.room.sqlite_store import SQLiteStore
from ui.classroom.room.store import RoomStore, StoredAnswer, StoreUnavailable, store_at

SERVER = shutil.which("valkey-server") or shutil.which("redis-server") or ""
NOW = 1_000_000.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def server(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server of its own, which writes everything to its folder."""
    options = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--appendonly", "yes", "--save", ""]
    process = subprocess.Popen([SERVER, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(params=["sqlite", pytest.param("redis", marks=pytest.mark.long)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RoomStore]:
    if request.param == "sqlite":
        made: RoomStore = store_at(str(tmp_path / "folder" / "rooms.sqlite3"))
        yield made
        made.close()
        return
    pytest.importorskip("redis")
    if not SERVER:
        pytest.skip("neither valkey-server nor redis-server is installed")
    port = free_port()
    with server(tmp_path, port):
        made = store_at(f"redis://127.0.0.1:{port}/0")
        yield made
        made.close()


# Redis forgets keys by its own clock, so the rooms of these tests end in its future.
def opened(store: RoomStore, code: str = "ABCDE", ends: float = 4e9) -> str:
    assert store.create(code, "digest", NOW, ends, 3) == "made"
    return code


def test_a_room_is_kept_as_it_was_made(store: RoomStore) -> None:
    code = opened(store)
    room = store.room(code, NOW)
    assert room is not None
    assert (room.key, room.ends, room.stage, room.plan) == ("digest", 4e9, "", "")
    store.set_plan(code, "[1]")
    store.set_stage(code, "{}", 2, True)
    changed = store.room(code, NOW)
    assert changed is not None
    assert (changed.stage, changed.plan) == ("{}", "[1]")
    assert changed.versions.stage == changed.versions.news == room.versions.news + 2
    assert store.versions(code, NOW) == changed.versions
    assert store.room("ZZZZZ", NOW) is None


def test_a_store_has_so_many_rooms_and_a_code_once(store: RoomStore) -> None:
    opened(store)
    assert store.create("ABCDE", "other", NOW, 4e9, 3) == "taken"
    opened(store, "BBBBB")
    opened(store, "CCCCC")
    assert store.create("DDDDD", "other", NOW, 4e9, 3) == "full"
    store.end("BBBBB")
    assert store.create("DDDDD", "other", NOW, 4e9, 3) == "made"


def test_a_room_ends_and_makes_place_for_another(store: RoomStore) -> None:
    code = opened(store)
    assert store.join(code, "one", "", 9)
    assert store.room(code, 4e9) is None
    assert store.versions(code, 4e9) is None
    assert [store.create(f"{at}{at}{at}{at}{at}", "", 4e9 + 1, 5e9, 3) for at in "XYZ"] == ["made"] * 3


def test_students_join_up_to_the_limit_and_may_come_back(store: RoomStore) -> None:
    code = opened(store)
    assert [store.join(code, name, "", 2) for name in ("one", "two", "three", "one")] == [True, True, False, True]
    assert not store.join("ZZZZZ", "one", "", 2)
    assert store.counts(code, 1) == (2, 0)


def test_an_answer_counts_once_while_its_round_is_open(store: RoomStore) -> None:
    code = opened(store)
    for name in ("one", "two"):
        store.join(code, name, name.upper(), 9)
    assert store.answer(code, 1, "one", "1") == "late"
    store.set_stage(code, "", 1, True)
    before = store.versions(code, NOW)
    assert [store.answer(code, 1, "one", text) for text in ("1", "2")] == ["kept", "kept"]
    assert store.answer(code, 1, "stranger", "1") == "unknown"
    assert store.answer(code, 2, "two", "1") == "late"
    after = store.versions(code, NOW)
    assert before is not None
    assert after is not None
    assert (after.stage, after.news) == (before.stage, before.news + 2), "students hear of no answers"
    store.set_stage(code, "", 1, False)
    assert store.answer(code, 1, "two", "1") == "late"
    assert store.answers(code, 1) == [StoredAnswer("ONE", "2")]
    assert store.counts(code, 1) == (2, 1)


def test_nothing_is_left_of_a_room_that_was_ended(store: RoomStore) -> None:
    code = opened(store)
    store.join(code, "one", "", 9)
    store.set_stage(code, "", 1, True)
    store.answer(code, 1, "one", "1")
    store.end(code)
    assert store.room(code, NOW) is None
    opened(store)
    assert store.counts(code, 1) == (0, 0)
    assert store.answers(code, 1) == []


def test_sixty_answer_at_the_same_time(store: RoomStore) -> None:
    code = opened(store)
    store.set_stage(code, "", 1, True)

    def student(at: int) -> str:
        store.join(code, f"student {at}", "", 99)
        return store.answer(code, 1, f"student {at}", str(at))

    with ThreadPoolExecutor(12) as threads:
        assert set(threads.map(student, range(60))) == {"kept"}
    assert store.counts(code, 1) == (60, 60)
    assert sorted(int(each.answer) for each in store.answers(code, 1)) == list(range(60))


def test_two_processes_share_the_file_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "private" / "rooms.sqlite3"
    one, other = SQLiteStore(file), SQLiteStore(file)
    opened(one)
    other.join("ABCDE", "one", "", 9)
    assert one.counts("ABCDE", 1) == (1, 0)
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0
    one.close()
    other.close()


def test_a_file_that_cannot_be_written_is_a_sentence_and_works_again_later(tmp_path: Path) -> None:
    blocked = tmp_path / "rooms"
    blocked.write_text("a file where the folder should be")
    store = SQLiteStore(blocked / "rooms.sqlite3")
    with pytest.raises(StoreUnavailable):
        store.room("ABCDE", NOW)
    blocked.unlink()
    opened(store)
    (blocked / "rooms.sqlite3").unlink()  # somebody tidies up: the next room is in a new file
    assert store.room("ABCDE", NOW) is None
    opened(store)
    store.close()


def test_on_a_full_disk_nothing_is_half_kept_and_rooms_go_on_when_there_is_space(tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk: the system refuses the same writes."""
    program = f"""
import resource, signal
from pathlib import Path
from ui.classroom.room.sqlite_store import SQLiteStore
from ui.classroom.room.store import StoreUnavailable
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = SQLiteStore(Path({str(tmp_path / "rooms.sqlite3")!r}))
assert store.create("ABCDE", "digest", {NOW}, 4e9, 3) == "made"
store.set_plan("ABCDE", "small")
space = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, space[1]))
try:
    store.set_plan("ABCDE", "x" * 1_000_000)
except StoreUnavailable:
    print("refused")
print(store.room("ABCDE", {NOW}).plan)
resource.setrlimit(resource.RLIMIT_FSIZE, space)
store.set_plan("ABCDE", "y" * 1_000_000)
print(len(store.room("ABCDE", {NOW}).plan))
"""
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert run.stdout.split() == ["refused", "small", "1000000"], run.stderr


def test_rooms_outlive_a_clock_that_jumps_back(store: RoomStore) -> None:
    code = opened(store)
    store.set_stage(code, "asked", 1, True)
    assert store.join(code, "one", "", 9)
    assert store.room(code, NOW - 3600) is not None
    assert store.answer(code, 1, "one", "7") == "kept"
    assert store.versions(code, NOW - 3600) == store.versions(code, NOW)


@pytest.mark.long
@pytest.mark.skipif(not SERVER, reason="neither valkey-server nor redis-server is installed")
def test_a_server_that_went_away_comes_back_with_its_rooms(tmp_path: Path) -> None:
    pytest.importorskip("redis")
    port = free_port()
    with server(tmp_path, port):
        store = store_at(f"redis://127.0.0.1:{port}/0")
        opened(store)
        time.sleep(1.2)  # the server writes its file every second
    with pytest.raises(StoreUnavailable):
        store.room("ABCDE", NOW)
    with server(tmp_path, port):
        assert store.room("ABCDE", NOW) is not None
    store.close()
