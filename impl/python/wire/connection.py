"""Reads and exchanges messages over TCP, with a time limit on every wait."""

from __future__ import annotations

import errno
import socket
import time
from typing import Optional, Tuple

from wire.framing import ObjectFramer, WireError, decode, encode

Address = Tuple[str, int]

CONNECT_S = 5.0
FIRST_BYTE_S = 5.0
RESPONSE_S = 20.0
# A 16 MiB block in which every character is written as \u00XX (wire.size.client-takes-any-response).
RESPONSE_LIMIT_BYTES = 128 * 1024 * 1024

_LOCAL_ERRNOS = {errno.EMFILE, errno.ENFILE, errno.EADDRNOTAVAIL, errno.ENOBUFS}


class Unreachable(Exception):
    """Nobody accepts connections at that address."""


def read_message(connection: socket.socket, limit_bytes: int, first_byte_s: float, whole_s: float) -> dict:
    """Reads a message up to its closing brace; `whole_s` is counted from its first byte.

    Raises WireError if the bytes are not a message, OSError if the connection fails or takes too long.
    """
    framer = ObjectFramer(limit_bytes)
    connection.settimeout(first_byte_s)
    deadline: Optional[float] = None
    while True:
        chunk = connection.recv(65536)
        if not chunk:
            raise WireError('the connection ended before the closing brace')
        document = framer.feed(chunk)
        if document is not None:
            return decode(document)
        deadline = deadline or time.monotonic() + whole_s
        left_s = deadline - time.monotonic()
        if left_s <= 0:
            raise socket.timeout('the message did not end in time')
        connection.settimeout(left_s)


def exchange(address: Address, message: dict, source_host: str = '') -> dict:
    """Connects, sends one request, reads one response (wire.exchange.one-request).

    `source_host` is the local address to connect from, if it matters to the receiver.
    Raises Unreachable if nobody listens, and WireError and OSError like read_message.
    """
    try:
        connection = socket.create_connection(address, CONNECT_S, (source_host, 0) if source_host else None)
    except OSError as failure:
        if failure.errno in _LOCAL_ERRNOS:
            raise
        raise Unreachable(str(failure)) from None
    with connection:
        connection.sendall(encode(message))
        return read_message(connection, RESPONSE_LIMIT_BYTES, FIRST_BYTE_S, RESPONSE_S)
