"""Uploaded files: refused with a message of the app, and freed when they are no longer needed."""

import asyncio

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Scope
from streamlit import config, runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.testing.v1 import AppTest

from rnn_core.apps.table import LARGEST
from tests.charts import opened
from tests.ui.shell.asgi import asked
from ui.browser.frame import UPLOAD_REFUSED
from ui.runs.limits import MOST_UPLOADS
from ui.shell.upload_limit import KeepNewestUploads, keep_newest

PAGES = {"forecast": {"series": "own"}, "sentiment": {}, "recommend": {}}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("lang", "says"), [("en", "larger than 2 MB"), ("zh", "2 MB")])
def test_a_file_that_is_too_large_is_refused_with_a_message_and_unlisted(page: str, lang: str, says: str) -> None:
    app = opened(page, lang=lang, **PAGES[page])
    app.file_uploader(key=f"{page}_file").set_value(("large.csv", b"1\n" * LARGEST, "text/csv")).run()
    assert not app.exception
    assert any(says in problem.value for problem in app.error)
    listed = [uploader for uploader in app.file_uploader if uploader.key.startswith(f"{page}_file")]
    assert [uploader.key for uploader in listed] == [f"{page}_file_1"], "another uploader, with nothing in it"
    listed[0].set_value(("small.csv", b"nothing", "text/csv")).run()
    assert not app.exception
    assert not any(says in problem.value for problem in app.error)
    assert app.error, "the small one is read, and refused for another reason"


def script_that_takes_small_files() -> None:
    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    from ui.widgets.uploads import upload

    data, problem = upload("a file", ["txt"], "mine", 10)
    storage = get_script_run_ctx().uploaded_file_mgr.file_storage
    st.text(f"{data!r}; {problem}; {sum(len(file.data) for files in storage.values() for file in files.values())} held")


def test_the_bytes_of_a_refused_file_are_freed() -> None:
    app = AppTest.from_function(script_that_takes_small_files).run()
    app.file_uploader[0].set_value(("a.txt", b"0123456789", "text/plain")).run()
    assert app.text[0].value == "b'0123456789'; ; 10 held"
    app.file_uploader[0].set_value(("b.txt", b"0123456789!", "text/plain")).run()
    assert app.text[0].value.startswith("None; It is larger than")
    assert app.text[0].value.endswith("; 0 held")


def script_that_reads_once() -> None:
    import streamlit as st

    from ui.widgets.uploads import problem_of

    def read(data: bytes) -> str:
        st.session_state["times"] = st.session_state.get("times", 0) + 1
        return data.decode()

    st.text(problem_of("mine", st.session_state.get("data", b"first"), read))
    st.text(str(st.session_state["times"]))


def test_a_file_is_read_when_it_is_new_and_not_in_every_run() -> None:
    app = AppTest.from_function(script_that_reads_once).run().run()
    assert [text.value for text in app.text] == ["first", "1"]
    app.session_state["data"] = b"second"
    app.run().run()
    assert [text.value for text in app.text] == ["second", "2"]


@pytest.fixture
def files() -> MemoryUploadedFileManager:
    return MemoryUploadedFileManager("/upload")


def test_the_newest_files_of_a_session_stay_and_those_of_others_too(files: MemoryUploadedFileManager) -> None:
    for session in ("one", "other"):
        for name in "abc":
            files.add_file(session, UploadedFileRec(name, name, "", bytes(40)))
    keep_newest(files, "one", 100)
    assert list(files.file_storage["one"]) == ["b", "c"]
    assert list(files.file_storage["other"]) == ["a", "b", "c"]
    keep_newest(files, "nobody", 100)
    assert "nobody" not in files.file_storage


def test_every_upload_of_a_session_counts(files: MemoryUploadedFileManager, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that no page asked for."""

    async def put(scope: Scope, receive: object, send: object) -> None:
        files.add_file("me", UploadedFileRec(scope["path"][-1], "", "", bytes(2**20)))

    class Server:
        uploaded_file_mgr = files

    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", Server)
    monkeypatch.setattr(config, "get_option", {"server.maxUploadSize": 1}.__getitem__)
    for number in range(5):
        scope = {"type": "http", "method": "PUT", "headers": [], "path": f"/base/_stcore/upload_file/me/{number}"}
        asyncio.run(KeepNewestUploads(put)(scope, None, None))
    assert list(files.file_storage["me"]) == ["3", "4"]


def test_a_file_beyond_what_all_visitors_may_hold_is_refused(
    files: MemoryUploadedFileManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Server:
        uploaded_file_mgr = files

    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", Server)
    monkeypatch.setenv(MOST_UPLOADS, "2")
    app = KeepNewestUploads(PlainTextResponse("taken"))
    path, size = "/_stcore/upload_file/me/new", str(2**20)
    assert asked(app, path, "PUT", content_length=size)[0] == 200
    files.add_file("others", UploadedFileRec("old", "", "", bytes(2**20 + 1)))
    status, _headers, _body = asked(app, path, "PUT", content_length=size)
    assert f"status code {status}" in UPLOAD_REFUSED
    assert asked(app, path, "PUT", content_length="10")[0] == 200
    assert asked(app, path, "DELETE")[0] == 200


def test_a_book_is_read_and_of_a_longer_one_the_page_says_how_much_is_used() -> None:
    app = opened("text", text="own")
    app.file_uploader(key="text_file").set_value(("classic.txt", b"a line of a book\n" * 65_000, "text/plain")).run()
    assert not app.exception
    assert not app.error
    assert not any("longer than" in warning.value for warning in app.warning)
    assert any("1,104,999 characters are kept" in caption.value for caption in app.caption)
    app.file_uploader(key="text_file").set_value(("long.txt", b"a line of a book\n" * 200_000, "text/plain")).run()
    assert not app.exception
    assert not app.error
    assert any("longer than 2 MB: its first 2,000,000 characters" in warning.value for warning in app.warning)
