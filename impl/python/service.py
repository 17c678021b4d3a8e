"""The peer as a server: answers the three requests of other peers."""

from __future__ import annotations

from wire import fields
from wire.server import error
from state import PeerState


class PeerService:
    """Answers requests from the state of the peer."""

    def __init__(self, state: PeerState) -> None:
        self._state = state
        self.handlers = {
            'have_blocks_info': self.have_blocks_info,
            'request_block': self.request_block,
            'announce_block': self.announce_block,
        }

    def have_blocks_info(self, request: dict, ip: str) -> dict:
        """One boolean per block (peer.have-blocks.shape, peer.have-blocks.truth)."""
        fields.identifier(request, 'sender_id')
        owned = [data is not None for data in self._state.blocks]
        return {'status': 'success', 'peer_id': self._state.peer_id, 'blocks_info': owned}

    def request_block(self, request: dict, ip: str) -> dict:
        """Serves unchoked peers only (peer.request-block.refuses-choked, peer.request-block.refuses-unknown)."""
        sender_id = fields.identifier(request, 'sender_id')
        index = fields.integer(request, 'block_index')
        if not 0 <= index < self._state.count:
            return error('there is no block with this index', block_index=index)
        data = self._state.blocks[index]
        if data is None or not self._state.may_serve(sender_id):
            return error('Choked or block unavailable', block_index=index)
        return {'status': 'success', 'block_index': index, 'block_data': data}

    def announce_block(self, request: dict, ip: str) -> dict:
        """Known and unknown senders get the same answer (peer.announce.success, peer.announce.unknown-sender)."""
        sender_id = fields.identifier(request, 'sender_id')
        index = fields.integer(request, 'block_index')
        if not 0 <= index < self._state.count:
            return error('there is no block with this index')
        self._state.announced(sender_id, index)
        return {'status': 'success'}
