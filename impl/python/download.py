"""The loop that downloads blocks, one at a time, until the peer is complete."""

from __future__ import annotations

import time
from typing import List, Optional

from wire import answers
from wire.connection import Unreachable, exchange
from neighbour import Neighbour
from state import PeerState
from swarm import Swarm
from tracker_client import TrackerClient

POLL_S = 0.1
"""The longest wait for a change of state while no block can be requested."""


class Download:
    """Requests blocks from their holders before the tracker."""

    def __init__(self, state: PeerState, swarm: Swarm, tracker: TrackerClient) -> None:
        self._state = state
        self._swarm = swarm
        self._tracker = tracker

    def run(self, pace_s: float) -> None:
        """Returns when the peer is complete. Sleeps `pace_s` seconds after each block."""
        while self._state.wanted:
            with self._state.changed:
                block = self._state.next_block()
                if block is None:
                    self._state.changed.wait(POLL_S)
                    continue
            data = self._fetch(block)
            if data is not None:
                self._swarm.obtained(block, data)
            time.sleep(pace_s)

    def _fetch(self, block: int) -> Optional[str]:
        """Asks each holder once, then the tracker.

        (peer.tracker-last.all-refuse, peer.tracker-last.nobody-has)
        """
        tried: List[Neighbour] = []
        holder = self._state.next_holder(block, tried)
        while holder is not None:
            data = self._ask_holder(holder, block)
            if data is not None:
                return data
            tried.append(holder)
            holder = self._state.next_holder(block, tried)
        return self._ask_tracker(block) if self._state.tracker_may_give(block) else None

    def _ask_holder(self, holder: Neighbour, block: int) -> Optional[str]:
        request = {'action': 'request_block', 'sender_id': self._state.peer_id, 'block_index': block}
        try:
            return answers.block_data(exchange(holder.address, request), block)
        except answers.Refused:
            self._state.refused(holder, block)
        except Unreachable:
            self._swarm.drop(holder)
        except answers.EXCHANGE_FAILURES:
            self._state.failed(holder)
        return None

    def _ask_tracker(self, block: int) -> Optional[str]:
        try:
            return self._tracker.block(block)
        except answers.Refused:
            self._state.tracker_refused(block)
        except answers.EXCHANGE_FAILURES:
            self._state.tracker_failed()
        return None
