"""A line between a browser and a server on this machine: slow, and cut when a test says so."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

PIECE = 16_384  # bytes


class SlowLine:
    """Passes connections on. Every piece is late by `delay` seconds, and all connections together carry so many bytes a second."""

    def __init__(self, server_port: int, delay: float, bytes_a_second: float) -> None:
        self._server_port, self._delay, self._bytes_a_second = server_port, delay, bytes_a_second
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.StreamWriter] = set()
        self._free_at = 0.0
        self._is_cut = False
        self._lost: dict[bytes, int] = {}  # how often a request with these words still loses its connection
        self.lost = 0  # connections that were lost so
        self.port = 0

    def cut(self) -> None:
        """End all connections, and refuse new ones."""
        self._is_cut = True
        self._loop.call_soon_threadsafe(self._abort_all)

    def mend(self) -> None:
        self._is_cut = False

    def lose(self, words: bytes, times: int) -> None:
        """The next requests with these words get no answer."""
        self._lost[words] = times

    @contextmanager
    def running(self) -> Iterator[str]:
        thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        thread.start()
        listen = asyncio.start_server(self._pass_on, "127.0.0.1", 0)
        listening = asyncio.run_coroutine_threadsafe(listen, self._loop).result(10)
        self.port = listening.sockets[0].getsockname()[1]
        try:
            yield f"http://127.0.0.1:{self.port}"
        finally:
            asyncio.run_coroutine_threadsafe(self._end(listening), self._loop).result(10)
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join(10)
            self._loop.close()

    async def _end(self, listening: asyncio.Server) -> None:
        self._is_cut = True
        listening.close()
        self._abort_all()
        passing = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*passing, return_exceptions=True)
        await asyncio.sleep(0.1)  # until the sockets are closed

    def _abort_all(self) -> None:
        for writer in self._open:
            writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.transport.abort()
            return
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self._server_port)
        ends = {writer, server_writer}
        self._open |= ends
        try:
            await asyncio.gather(self._carry(reader, server_writer, True), self._carry(server_reader, writer, False))
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            for each in ends:
                each.transport.abort()
            self._open -= ends

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, is_request: bool) -> None:
        while piece := await reader.read(PIECE):
            if is_request and self._loses(piece):
                raise ConnectionResetError
            now = self._loop.time()
            self._free_at = max(self._free_at, now) + len(piece) / self._bytes_a_second
            await asyncio.sleep(self._free_at - now + self._delay)
            writer.write(piece)
            await writer.drain()
        with suppress(OSError):
            writer.write_eof()

    def _loses(self, piece: bytes) -> bool:
        for words, times in self._lost.items():
            if times and words in piece:
                self._lost[words] -= 1
                self.lost += 1
                return True
        return False
