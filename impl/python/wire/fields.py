"""Reads the fields of a message with strict types (wire.types.strict-int, wire.types.strict-string)."""

from __future__ import annotations

from typing import Any


class InvalidMessage(Exception):
    """A field is missing or wrong. The text names it, and is sent back as `reason`."""


def is_int(value: Any) -> bool:
    """Whether the value is an int. In Python True is one; in MiniBit it is not."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_text(value: Any) -> bool:
    """Whether the value is a string that UTF-8 can encode: JSON escapes can contain half a surrogate pair."""
    if not isinstance(value, str):
        return False
    try:
        value.encode('utf-8')
    except UnicodeEncodeError:
        return False
    return True


def identifier(message: dict, name: str) -> str:
    """The id in this field: a string that is not empty (wire.types.identifiers-not-empty)."""
    value = message.get(name)
    if not is_text(value) or value == '':
        raise InvalidMessage(f'{name} must be a string that is not empty')
    return value


def integer(message: dict, name: str) -> int:
    """The int in this field."""
    value = message.get(name)
    if not is_int(value):
        raise InvalidMessage(f'{name} must be an integer')
    return value


def port(message: dict, name: str) -> int:
    """The TCP port in this field (tracker.register.port-range)."""
    value = integer(message, name)
    if not 1 <= value <= 65535:
        raise InvalidMessage(f'{name} must be from 1 to 65535')
    return value
