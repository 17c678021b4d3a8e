"""Types for the command lines: argparse turns their errors into a message and exit code 2."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn, Tuple


def port(text: str) -> int:
    """A TCP port to listen on or to connect to."""
    return _in_range(int(text), 1, 65535)


def count(text: str) -> int:
    """A number of blocks of a file: at least one."""
    return _in_range(int(text), 1, 10_000_000)


def count_or_none(text: str) -> int:
    """A number of things of which there may be none."""
    return _in_range(int(text), 0, 10_000_000)


def seconds(text: str) -> float:
    """A pause; fractions are fine, none at all too."""
    return _in_range(float(text), 0, 86400)


def interval(text: str) -> float:
    """The time between two turns of something periodic."""
    return _in_range(float(text), 0.01, 86400)


def address(text: str) -> Tuple[str, int]:
    """HOST:PORT, or [HOST]:PORT for IPv6."""
    host, _, number = text.rpartition(':')
    if not host:
        raise argparse.ArgumentTypeError(f'{text} is not HOST:PORT')
    return host.strip('[]'), port(number)


def refuse(problem: str) -> NoReturn:
    """Ends the program because of how it was called or set up."""
    print(f'error: {problem}', file=sys.stderr)
    sys.exit(2)


def _in_range(value, lowest, highest):
    if not lowest <= value <= highest:
        raise argparse.ArgumentTypeError(f'{value} is not from {lowest} to {highest}')
    return value
