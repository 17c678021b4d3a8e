"""A TCP server with a thread per connection, which serves one request."""

from __future__ import annotations

import socket
import threading
import time
from typing import Callable, Dict

from wire.connection import read_message
from wire.fields import InvalidMessage
from wire.framing import WireError, encode

Handler = Callable[[dict, str], dict]
"""Takes a request and the client's IP address, and returns the response. May raise InvalidMessage."""

REQUEST_LIMIT_BYTES = 64 * 1024
SILENT_S = 30.0
REQUEST_S = 10.0
RESPONSE_S = 60.0
LINGER_S = 1.0
BACKLOG = 1024


def error(reason: str, **fields: int) -> dict:
    """An error response (wire.invalid.reason)."""
    return {'status': 'error', 'reason': reason, **fields}


class Server:
    """Listens when it is created, and answers once it is started."""

    def __init__(self, host: str, port: int, handlers: Dict[str, Handler]) -> None:
        """Raises OSError if the address cannot be listened on."""
        family = socket.AF_INET6 if ':' in host else socket.AF_INET
        # On POSIX this sets SO_REUSEADDR, so that a port can be used again as soon as its program has ended.
        self._listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
        self._handlers = handlers

    def start(self) -> None:
        """Serves in the background."""
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def serve_forever(self) -> None:
        """A silent or slow client delays only its own thread (wire.idle.serves-others)."""
        while True:
            try:
                connection, address = self._listener.accept()
            except OSError:  # out of file descriptors, or a client that left at once
                time.sleep(0.05)
                continue
            try:
                threading.Thread(target=self._serve, args=(connection, address[0]), daemon=True).start()
            except RuntimeError:  # out of threads
                connection.close()

    def _serve(self, connection: socket.socket, ip: str) -> None:
        with connection:
            try:
                response = self._read_and_answer(connection, ip)
                connection.settimeout(RESPONSE_S)
                connection.sendall(encode(response))
                _drain_and_close(connection)
            except OSError:  # the client is gone or too slow (wire.garbage.survives)
                pass

    def _read_and_answer(self, connection: socket.socket, ip: str) -> dict:
        try:
            return self._answer(read_message(connection, REQUEST_LIMIT_BYTES, SILENT_S, REQUEST_S), ip)
        except (WireError, InvalidMessage) as problem:
            return error(str(problem))

    def _answer(self, request: dict, ip: str) -> dict:
        action = request.get('action')
        if not isinstance(action, str):
            raise InvalidMessage('action must be a string')
        if action not in self._handlers:
            raise InvalidMessage('this action is not known here')
        return self._handlers[action](request, ip)


def _drain_and_close(connection: socket.socket) -> None:
    """Reads what the client still sends before closing: closing with unread bytes would reset the connection,
    which may destroy the response (wire.exchange.drains-before-close, wire.exchange.half-close)."""
    connection.shutdown(socket.SHUT_WR)
    deadline = time.monotonic() + LINGER_S
    while time.monotonic() < deadline:
        connection.settimeout(LINGER_S)
        if not connection.recv(65536):
            return
