"""The state of a peer: its blocks, the known peers and their blocks, and which peers are unchoked."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from typing import Container, Dict, List, Optional, Set

from choking import choose_unchoked
from neighbour import Neighbour
from selection import rarest_block

BACK_OFF_S = 10.0
"""How long no block is requested from a peer that gave a wrong answer, or none."""


class PeerState:
    """All fields are guarded by the lock of `changed`, which is notified when a block may be requested."""

    def __init__(self, peer_id: str, count: int, interval_s: float) -> None:
        self.peer_id = peer_id
        self.count = count
        self.changed = threading.Condition()
        self.blocks: List[Optional[str]] = [None] * count
        self.wanted = set(range(count))
        self.known: Dict[str, Neighbour] = {}
        self.unchoked: Set[str] = set()
        # How long to wait for a first have_blocks_info: short enough to ask the tracker within one interval.
        self._info_wait_s = interval_s / 2
        # Since the last recomputation:
        self._refused_by_tracker: Set[int] = set()
        self._tracker_failed = False

    def store(self, block: int, data: str) -> bool:
        """Stores a block. False if it was stored before."""
        with self.changed:
            if block not in self.wanted:
                return False
            self.blocks[block] = data
            self.wanted.discard(block)
            return True

    def neighbours(self) -> List[Neighbour]:
        """All known peers."""
        with self.changed:
            return list(self.known.values())

    def learned(self, neighbour: Neighbour) -> None:
        """The tracker has listed this peer."""
        with self.changed:
            self.known[neighbour.peer_id] = neighbour

    def dropped(self, neighbour: Neighbour) -> bool:
        """The peer is unreachable, and is removed. False if it was removed or replaced before."""
        with self.changed:
            if self.known.get(neighbour.peer_id) is not neighbour:
                return False
            del self.known[neighbour.peer_id]
            self.changed.notify_all()
            return True

    def announced(self, sender_id: str, block: int) -> None:
        """A known sender counts as a holder from now on (peer.announce.counts-holder)."""
        with self.changed:
            neighbour = self.known.get(sender_id)
            if neighbour is not None:
                neighbour.holds.add(block)
                neighbour.announced.add(block)
                self.changed.notify_all()

    def asking(self, neighbour: Neighbour) -> None:
        """A have_blocks_info to this peer is about to be sent."""
        with self.changed:
            neighbour.announced.clear()

    def informed(self, neighbour: Neighbour, holds: Optional[Set[int]]) -> None:
        """The peer has sent which blocks it has, or (None) gave no valid answer."""
        with self.changed:
            if holds is not None:
                neighbour.holds = holds | neighbour.announced
            neighbour.first_info_done = True
            self.changed.notify_all()

    def refused(self, neighbour: Neighbour, block: int) -> None:
        """The peer has refused the block: it is not asked for it before the next recomputation."""
        with self.changed:
            neighbour.refused.add(block)

    def failed(self, neighbour: Neighbour) -> None:
        """The peer gave a wrong answer, or none."""
        with self.changed:
            neighbour.backed_off_until = time.monotonic() + BACK_OFF_S

    def tracker_refused(self, block: int) -> None:
        """The tracker has refused the block: it is not asked for it before the next recomputation."""
        with self.changed:
            self._refused_by_tracker.add(block)

    def tracker_failed(self) -> None:
        """The tracker gave a wrong answer, or none."""
        with self.changed:
            self._tracker_failed = True

    def recompute(self) -> None:
        """Recomputes choking for the next interval, and forgets refusals and failures of the tracker."""
        with self.changed:
            contributions = {peer.peer_id: len(peer.holds & self.wanted) for peer in self.known.values()}
            self.unchoked = choose_unchoked(contributions, complete=not self.wanted)
            for peer in self.known.values():
                peer.refused.clear()
            self._refused_by_tracker.clear()
            self._tracker_failed = False
            self.changed.notify_all()

    def next_block(self) -> Optional[int]:
        """The block to request now, or None. Must be called with the lock held.

        Blocks that no known peer has come first, since only the tracker can bring them into the swarm. Then come
        blocks from holders, the rarest first, and last those that every holder refused, from the tracker.
        """
        holders: 'Counter[int]' = Counter()
        requestable: Set[int] = set()
        for peer in self.known.values():
            held = peer.holds & self.wanted
            holders.update(held)
            if not peer.is_backed_off():
                requestable |= held - peer.refused
        from_tracker = self.wanted - self._refused_by_tracker if self._tracker_usable() else set()
        unheld = from_tracker.difference(holders)
        if unheld:
            return random.choice(list(unheld))
        if requestable:
            return rarest_block(requestable, holders)
        return random.choice(list(from_tracker)) if from_tracker else None

    def next_holder(self, block: int, tried: Container[Neighbour]) -> Optional[Neighbour]:
        """A holder to request the block from, none of those `tried` (peer.selection.asks-holders).

        A holder that refused another block in this interval will probably refuse this one too, so it comes last.
        """
        with self.changed:
            holders = [
                peer
                for peer in self.known.values()
                if block in peer.holds
                and block not in peer.refused
                and peer not in tried
                and not peer.is_backed_off()
            ]
            return min(holders, key=lambda peer: (bool(peer.refused), random.random()), default=None)

    def tracker_may_give(self, block: int) -> bool:
        """Whether to request the block from the tracker, now that no holder gave it (peer.tracker-last.only-then)."""
        with self.changed:
            return self._tracker_usable() and block not in self._refused_by_tracker

    def may_serve(self, peer_id: str) -> bool:
        """Whether this peer is known and unchoked."""
        with self.changed:
            return peer_id in self.known and peer_id in self.unchoked

    def wait_for_first_peers(self, timeout_s: float) -> None:
        """Waits until there are known peers, and all have sent their blocks; at most `timeout_s` seconds."""
        with self.changed:
            self.changed.wait_for(lambda: self.known and self._holders_known(), timeout_s)

    def _tracker_usable(self) -> bool:
        return self._holders_known() and not self._tracker_failed

    def _holders_known(self) -> bool:
        """Whether every known peer has sent its blocks, or its time for that is over."""
        waiting_since = time.monotonic() - self._info_wait_s
        return all(peer.first_info_done or peer.learned_at < waiting_since for peer in self.known.values())
