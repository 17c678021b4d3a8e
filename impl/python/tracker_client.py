"""The peer's requests to the tracker. Each raises Refused for an error response, or one of EXCHANGE_FAILURES."""

from __future__ import annotations

import sys
from typing import Any, Dict, List, Tuple

from wire import answers
from wire.connection import Address, exchange

WILDCARDS = ('', '0.0.0.0', '::')


class TrackerClient:
    """Sends requests to the tracker at one address, as one peer."""

    def __init__(self, tracker: Address, peer_id: str, host: str, port: int) -> None:
        self._tracker = tracker
        self._peer_id = peer_id
        self._port = port
        self._has_told = False
        self._has_left = False
        # The tracker lists a peer under the source address of its registration (tracker.register.source-address).
        self._source_host = '' if host in WILDCARDS else host

    def register(self, count: int) -> Tuple[List[int], Dict[str, Address]]:
        """Returns the initial blocks, of `count` blocks, and the other registered peers."""
        if self._has_left:
            raise answers.Refused('this peer has left (peer.register.not-after-goodbye)')
        request = {'action': 'register', 'peer_id': self._peer_id, 'listen_port': self._port}
        answer = exchange(self._tracker, request, self._source_host)
        return answers.initial_blocks(answer, count), answers.peer_addresses(answer, self._left_out)

    def peers(self) -> Dict[str, Address]:
        """At most five other peers."""
        answer = exchange(self._tracker, {'action': 'get_peers', 'peer_id': self._peer_id})
        return answers.peer_addresses(answer, self._left_out)

    def block(self, block: int) -> str:
        """The text of a block."""
        request = {'action': 'request_block_tracker', 'sender_id': self._peer_id, 'block_index': block}
        return answers.block_data(exchange(self._tracker, request), block)

    def report_offline(self, dead_peer_id: str) -> None:
        """Reports that a peer is offline: another one, or this one."""
        self._has_left = self._has_left or dead_peer_id == self._peer_id
        request = {'action': 'peer_offline', 'dead_peer_id': dead_peer_id, 'sender_id': self._peer_id}
        answers.check_success(exchange(self._tracker, request))

    def _left_out(self, entry: Any) -> None:
        """Says once that the tracker lists entries that are no peers."""
        if not self._has_told:
            self._has_told = True
            print(f'warning: the tracker lists {ascii(entry)[:80]}, which is left out', file=sys.stderr, flush=True)
