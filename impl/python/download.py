"""The loop that fetches blocks, one at a time, until all are there."""

from __future__ import annotations

import time
from typing import List, Optional

from wire import answers
from wire.connection import Unreachable, exchange
from neighbour import Neighbour
from state import PeerState
from swarm import Swarm
from tracker_link import TrackerLink

LOOK_AGAIN_S = 0.1
"""While nothing can be asked for: how long to wait for news, at most."""


class Download:
    """Asks peers before the tracker, and peers that have the block only."""

    def __init__(self, state: PeerState, swarm: Swarm, tracker: TrackerLink) -> None:
        self._state = state
        self._swarm = swarm
        self._tracker = tracker

    def run(self, pace_s: float) -> None:
        """Comes back when all blocks are there; sleeps `pace_s` seconds after each one."""
        while self._state.wanted:
            with self._state.changed:
                block = self._state.next_block()
                if block is None:
                    self._state.changed.wait(LOOK_AGAIN_S)
                    continue
            data = self._fetch(block)
            if data is not None:
                self._swarm.obtained(block, data)
            time.sleep(pace_s)

    def _fetch(self, block: int) -> Optional[str]:
        """The holders first, each once; then the tracker.

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
            self._swarm.lost(holder)
        except answers.TROUBLE:
            self._state.failed(holder)
        return None

    def _ask_tracker(self, block: int) -> Optional[str]:
        try:
            return self._tracker.block(block)
        except answers.Refused:
            self._state.tracker_refused(block)
        except answers.TROUBLE:
            self._state.tracker_failed()
        return None
