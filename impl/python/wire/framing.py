"""Finds, decodes and encodes JSON objects in bytes. No sockets here."""

from __future__ import annotations

import json
import re
from typing import NoReturn, Optional, Union

_OUTSIDE_STRING = re.compile(rb'["{}]')
# Many escapes are one match, since a large block may consist of them. A backslash alone misses its other half.
_INSIDE_STRING = re.compile(rb'"|(?:\\.[^"\\]*){1,4096}|\\', re.DOTALL)
# Longer numbers cannot be a field's value, and Python refuses to read them as integers.
_MAX_DIGITS = 1000
_WHITESPACE = b' \t\r\n'


class WireError(Exception):
    """The other side sent something that is not a MiniBit message."""


class ObjectFramer:
    """Finds the closing brace of one JSON object in bytes that arrive in any pieces.

    Each byte is examined once, so a request that arrives byte by byte costs no more than a whole one
    (wire.message.unframed, wire.server.acts-on-closing-brace, wire.client.reads-to-closing-brace).
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._bytes = bytearray()
        self._position = 0
        self._depth = 0
        self._in_string = False

    def feed(self, chunk: bytes) -> Optional[bytes]:
        """Takes a piece of bytes. Returns the object once its closing brace has arrived, else None.

        Raises WireError if the bytes do not begin an object, or exceed the limit.
        """
        if not self._bytes:
            chunk = chunk.lstrip(_WHITESPACE)
            if chunk and not chunk.startswith(b'{'):
                raise WireError('a message is a JSON object')
        self._bytes += chunk
        end = self._find_end()
        if (end or len(self._bytes)) > self._limit_bytes:
            raise WireError(f'a message has at most {self._limit_bytes} bytes')
        return None if end is None else bytes(self._bytes[:end])

    def _find_end(self) -> Optional[int]:
        while True:
            pattern = _INSIDE_STRING if self._in_string else _OUTSIDE_STRING
            mark = pattern.search(self._bytes, self._position)
            if mark is None:
                # After a backslash at the very end the position is already past it.
                self._position = max(self._position, len(self._bytes))
                return None
            self._position = mark.end()
            if mark.group() == b'"':
                self._in_string = not self._in_string
            elif mark.group() == b'\\':
                self._position += 1
            elif self._in_string:
                continue
            elif mark.group() == b'{':
                self._depth += 1
            else:
                self._depth -= 1
                if self._depth == 0:
                    return self._position


def decode(document: bytes) -> dict:
    """Reads one JSON object, strictly by RFC 8259 (wire.message.one-object, wire.message.any-spelling).

    Raises WireError for anything else: not UTF-8, not JSON, NaN, nesting too deep.
    """
    try:
        return json.loads(document.decode('utf-8'), parse_int=_parse_int, parse_constant=_refuse_constant)
    except RecursionError:
        raise WireError('the message is nested too deeply') from None
    except ValueError:  # also UnicodeDecodeError and JSONDecodeError
        raise WireError('the message is not JSON in UTF-8') from None


def encode(message: dict) -> bytes:
    """Encodes one message in UTF-8 without a byte order mark (wire.message.one-object)."""
    return json.dumps(message, ensure_ascii=False).encode('utf-8')


def _parse_int(digits: str) -> Union[int, float]:
    return int(digits) if len(digits) <= _MAX_DIGITS else float(digits)


def _refuse_constant(name: str) -> NoReturn:
    # Python's parser accepts NaN and Infinity, JSON does not.
    raise ValueError(name)
