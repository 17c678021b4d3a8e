"""The MiniBit tracker: keeps the list of peers, and serves the whole file as the first seed."""

from __future__ import annotations

import argparse
import random
import signal
import threading
from typing import Dict, List, Sequence

import arguments
from wire import fields
from blocks import read_text, split_text
from wire.connection import Address
from wire.server import Server, error

LISTED_PEERS = 5


class Tracker:
    """Answers the four requests to a tracker."""

    def __init__(self, blocks: Sequence[str], initial_count: int) -> None:
        self._blocks = blocks
        self._initial_count = min(initial_count, len(blocks))
        self._lock = threading.Lock()
        self._peers: Dict[str, Address] = {}
        self.handlers = {
            'register': self.register,
            'get_peers': self.get_peers,
            'request_block_tracker': self.request_block_tracker,
            'peer_offline': self.peer_offline,
        }

    def register(self, request: dict, ip: str) -> dict:
        """The newest address of a peer counts (tracker.register.source-address, tracker.register.replaces)."""
        peer_id = fields.identifier(request, 'peer_id')
        port = fields.port(request, 'listen_port')
        with self._lock:
            self._peers[peer_id] = (ip, port)
            others = self._others(peer_id)
        initial = random.sample(range(len(self._blocks)), self._initial_count)
        return {'status': 'success', 'initial_blocks': initial, 'peers': others}

    def get_peers(self, request: dict, ip: str) -> dict:
        """At most five others, drawn at random (tracker.get-peers.at-most-five, tracker.get-peers.uniform).

        The error for an unregistered peer makes one that was removed register again.
        """
        peer_id = fields.identifier(request, 'peer_id')
        with self._lock:
            if peer_id not in self._peers:
                return error('this peer_id is not registered')
            others = self._others(peer_id)
        return {'status': 'success', 'peers': random.sample(others, min(len(others), LISTED_PEERS))}

    def request_block_tracker(self, request: dict, ip: str) -> dict:
        """Serves any block to any sender (tracker.block.serves, tracker.block.out-of-range)."""
        fields.identifier(request, 'sender_id')
        index = fields.integer(request, 'block_index')
        if not 0 <= index < len(self._blocks):
            return error('there is no block with this index', block_index=index)
        return {'status': 'success', 'block_index': index, 'block_data': self._blocks[index]}

    def peer_offline(self, request: dict, ip: str) -> dict:
        """Removes the peer, whichever peer reports it (tracker.offline.removes, tracker.offline.unknown)."""
        dead_peer_id = fields.identifier(request, 'dead_peer_id')
        fields.identifier(request, 'sender_id')
        with self._lock:
            self._peers.pop(dead_peer_id, None)
        return {'status': 'success'}

    def _others(self, peer_id: str) -> List[dict]:
        """All peers except the requester (tracker.get-peers.never-requester, tracker.peers.entry)."""
        return [
            {'peer_id': other, 'ip': ip, 'port': port}
            for other, (ip, port) in self._peers.items()
            if other != peer_id
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description='MiniBit tracker for a text file.')
    parser.add_argument('--port', type=arguments.port, required=True)
    parser.add_argument('--file', required=True, help='the text file (UTF-8) to share')
    parser.add_argument('--blocks', type=arguments.count, required=True, help='number of blocks of the file')
    parser.add_argument('--host', default='127.0.0.1', help='address to listen on (default 127.0.0.1)')
    parser.add_argument('--initial-blocks', type=arguments.count_or_zero, default=2, help='per peer (default 2)')
    options = parser.parse_args()
    try:
        blocks = split_text(read_text(options.file), options.blocks)
    except OSError as failure:
        arguments.exit_with_usage_error(f'--file {options.file}: {failure.strerror}')
    except UnicodeDecodeError:
        arguments.exit_with_usage_error(f'--file {options.file}: must be UTF-8 text')
    try:
        server = Server(options.host, options.port, Tracker(blocks, options.initial_blocks).handlers)
    except OSError as failure:
        problem = f'cannot listen on {options.host} port {options.port}: {failure.strerror}'
        arguments.exit_with_usage_error(f'{problem}; give another --port')
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        print(f'tracker: {options.blocks} blocks on {options.host}:{options.port}', flush=True)
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == '__main__':
    main()
