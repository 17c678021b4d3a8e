"""Argument types for argparse, which turns their errors into a message and exit code 2."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn, Tuple


def port(text: str) -> int:
    """A TCP port to listen on or to connect to."""
    return _in_range(int(text), 1, 65535)


def count(text: str) -> int:
    """A number of blocks: at least one."""
    return _in_range(int(text), 1, 10_000_000)


def count_or_zero(text: str) -> int:
    """A number of blocks: zero or more."""
    return _in_range(int(text), 0, 10_000_000)


def seconds(text: str) -> float:
    """A pause in seconds: zero or more."""
    return _in_range(float(text), 0, 86400)


def interval(text: str) -> float:
    """A period in seconds: more than zero."""
    return _in_range(float(text), 0.01, 86400)


def address(text: str) -> Tuple[str, int]:
    """HOST:PORT, or [HOST]:PORT for IPv6."""
    host, _, number = text.rpartition(':')
    if not host:
        raise argparse.ArgumentTypeError(f'{text} must be HOST:PORT')
    return host.strip('[]'), port(number)


def exit_with_usage_error(problem: str) -> NoReturn:
    """Prints the problem with an argument, and exits with code 2."""
    print(f'error: {problem}', file=sys.stderr)
    sys.exit(2)


def _in_range(value, lowest, highest):
    if not lowest <= value <= highest:
        raise argparse.ArgumentTypeError(f'{value} must be from {lowest} to {highest}')
    return value
