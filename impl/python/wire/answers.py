"""Reads the answers to this peer's requests, and checks them first (peer.wrong-answers.survived)."""

from __future__ import annotations

import ipaddress
from typing import Any, Callable, Dict, List, Set

from wire import fields
from wire.connection import Address, Unreachable
from wire.framing import WireError

EXCHANGE_FAILURES = (OSError, Unreachable, WireError, fields.InvalidMessage)
"""Everything that can fail in an exchange, except a refusal."""


class Refused(Exception):
    """The answer has the status `error`; the text is its reason."""


def check_success(answer: dict) -> dict:
    """Returns the answer if its status is `success` (wire.response.status)."""
    status = answer.get('status')
    if status == 'error':
        raise Refused(str(answer.get('reason', 'no reason given')))
    if status != 'success':
        raise fields.InvalidMessage('status must be "success" or "error"')
    return answer


def block_data(answer: dict, block: int) -> str:
    """The text of the requested block.

    This implementation requests no `encoding`, so an answer with one is wrong.
    """
    check_success(answer)
    data = answer.get('block_data')
    if fields.integer(answer, 'block_index') != block or not fields.is_text(data) or 'encoding' in answer:
        raise fields.InvalidMessage('not the requested block')
    return data


def owned_blocks(answer: dict, count: int) -> Set[int]:
    """The blocks that a peer has."""
    flags = check_success(answer).get('blocks_info')
    if not isinstance(flags, list) or len(flags) != count or not all(isinstance(flag, bool) for flag in flags):
        raise fields.InvalidMessage(f'blocks_info must be {count} booleans')
    return {block for block, owned in enumerate(flags) if owned}


def initial_blocks(answer: dict, count: int) -> List[int]:
    """The valid indices among the blocks that the tracker designates to this peer."""
    blocks = check_success(answer).get('initial_blocks')
    blocks = blocks if isinstance(blocks, list) else []
    return [block for block in blocks if fields.is_int(block) and 0 <= block < count]


def peer_addresses(answer: dict, on_left_out: Callable[[Any], None]) -> Dict[str, Address]:
    """The peers that the tracker lists. An invalid entry is left out, and passed to `on_left_out`."""
    entries = check_success(answer).get('peers')
    found: Dict[str, Address] = {}
    for entry in entries if isinstance(entries, list) else []:
        try:
            ip = str(ipaddress.ip_address(fields.identifier(entry, 'ip')))
            found[fields.identifier(entry, 'peer_id')] = (ip, fields.port(entry, 'port'))
        except (AttributeError, ValueError, fields.InvalidMessage):
            on_left_out(entry)
    return found
