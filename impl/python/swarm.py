"""The known peers: finds them, requests which blocks they have, announces blocks, and reports dead peers."""

from __future__ import annotations

import threading
import time
from functools import partial
from typing import Dict

from wire import answers
from wire.connection import Address, Unreachable, exchange
from neighbour import Neighbour
from state import PeerState
from tracker_client import TrackerClient

MAX_GET_PEERS_PERIOD = 0.8
"""In intervals: get_peers is due once per interval (peer.discovery.periodic), and takes some time itself."""


class Swarm:
    """Keeps `state.known` up to date, and sends requests to the peers in it."""

    def __init__(self, state: PeerState, tracker: TrackerClient) -> None:
        self._state = state
        self._tracker = tracker

    def start(self, peers_s: float, info_s: float, interval_s: float) -> None:
        """Starts the periodic threads: get_peers, have_blocks_info, and choking. Periods are in seconds."""
        loops = (
            partial(self._discover, min(peers_s, MAX_GET_PEERS_PERIOD * interval_s)),
            partial(self._ask_infos, info_s),
            partial(self._recompute, interval_s),
        )
        for loop in loops:
            threading.Thread(target=loop, daemon=True).start()

    def register(self) -> None:
        """Registers, and fetches the initial blocks from the tracker (file.initial-blocks.fetched)."""
        designated, peers = self._tracker.register(self._state.count)
        self.learn(peers)
        for block in designated:
            try:
                self.obtained(block, self._tracker.block(block))
            except (answers.Refused, *answers.EXCHANGE_FAILURES):
                continue  # It is fetched later, like any other block.

    def learn(self, peers: Dict[str, Address]) -> None:
        """Adds peers that are new or have a new address (peer.discovery.infos-on-learning)."""
        for peer_id, address in peers.items():
            before = self._state.known.get(peer_id)
            if peer_id == self._state.peer_id or (before and before.address == address):
                continue
            if before:
                before.finish()
            neighbour = Neighbour(peer_id, address, self.drop)
            self._state.learned(neighbour)
            if self._state.wanted:
                neighbour.enqueue(partial(self._ask_info, neighbour))

    def obtained(self, block: int, data: str) -> None:
        """Stores a block, and announces it once to every known peer (peer.announces.to-all, peer.announces.once)."""
        if self._state.store(block, data):
            for neighbour in self._state.neighbours():
                neighbour.enqueue(partial(self._announce, neighbour, block))

    def drop(self, neighbour: Neighbour) -> None:
        """Removes an unreachable peer, and tells the tracker (peer.dead.reported)."""
        if self._state.dropped(neighbour):
            neighbour.finish()
            threading.Thread(target=self._report, args=(neighbour.peer_id,), daemon=True).start()

    def finish(self, timeout_s: float) -> None:
        """Waits until the last announcements are sent (peer.announces.last-block)."""
        deadline = time.monotonic() + timeout_s
        neighbours = self._state.neighbours()
        for neighbour in neighbours:
            neighbour.finish()
        for neighbour in neighbours:
            neighbour.join(deadline - time.monotonic())

    def _discover(self, period_s: float) -> None:
        while True:
            time.sleep(period_s)
            try:
                self.learn(self._tracker.peers())
            except answers.Refused:
                self._register_again()
            except answers.EXCHANGE_FAILURES:
                continue  # The known peers are enough to finish (peer.tracker-gone.finishes).

    def _register_again(self) -> None:
        """The tracker has removed this peer (peer.register.again)."""
        try:
            self.register()
        except (answers.Refused, *answers.EXCHANGE_FAILURES):
            return

    def _ask_infos(self, period_s: float) -> None:
        time.sleep(period_s)
        while self._state.wanted:
            for neighbour in self._state.neighbours():
                neighbour.enqueue(partial(self._ask_info, neighbour))
            time.sleep(period_s)

    def _recompute(self, interval_s: float) -> None:
        while True:
            if self._state.unchoked:
                time.sleep(interval_s)
            else:
                self._state.wait_for_first_peers(interval_s)
            self._state.recompute()

    def _ask_info(self, neighbour: Neighbour) -> None:
        self._state.asking(neighbour)
        holds = None
        try:
            request = {'action': 'have_blocks_info', 'sender_id': self._state.peer_id}
            holds = answers.owned_blocks(exchange(neighbour.address, request), self._state.count)
        except Unreachable:
            raise
        except (answers.Refused, *answers.EXCHANGE_FAILURES):
            pass
        self._state.informed(neighbour, holds)

    def _announce(self, neighbour: Neighbour, block: int) -> None:
        request = {'action': 'announce_block', 'sender_id': self._state.peer_id, 'block_index': block}
        try:
            exchange(neighbour.address, request)
        except Unreachable:
            raise
        except answers.EXCHANGE_FAILURES:
            return  # It will see the block in the next have_blocks_info.

    def _report(self, dead_peer_id: str) -> None:
        try:
            self._tracker.report_offline(dead_peer_id)
        except (answers.Refused, *answers.EXCHANGE_FAILURES):
            return
