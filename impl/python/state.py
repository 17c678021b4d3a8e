"""What a peer knows: its own blocks, the other peers and who of them has what, whom it serves."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from typing import Container, Dict, List, Optional, Set

from choking import choose_unchoked
from neighbour import Neighbour
from selection import rarest_block

REST_S = 10.0
"""How long a peer that gave a wrong answer, or none, is left alone."""


class PeerState:
    """All fields are guarded by the lock of `changed`, which is notified when there may be something to do."""

    def __init__(self, peer_id: str, count: int, interval_s: float) -> None:
        self.peer_id = peer_id
        self.count = count
        self.changed = threading.Condition()
        self.blocks: List[Optional[str]] = [None] * count
        self.wanted = set(range(count))
        self.known: Dict[str, Neighbour] = {}
        self.unchoked: Set[str] = set()
        # An answer to the first have_blocks_info is waited for, but not so long that the tracker is asked too late.
        self._patience_s = interval_s / 2
        # Since the last recomputation:
        self._refused_by_tracker: Set[int] = set()
        self._tracker_failed = False

    def store(self, block: int, data: str) -> bool:
        """Keeps a block; False if it was here before."""
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
        """Nobody can connect to this peer; False if it was dropped or replaced before."""
        with self.changed:
            if self.known.get(neighbour.peer_id) is not neighbour:
                return False
            del self.known[neighbour.peer_id]
            self.changed.notify_all()
            return True

    def announced(self, sender_id: str, block: int) -> None:
        """From now on a known sender counts as a holder (peer.announce.counts-holder)."""
        with self.changed:
            neighbour = self.known.get(sender_id)
            if neighbour is not None:
                neighbour.holds.add(block)
                neighbour.announced.add(block)
                self.changed.notify_all()

    def asking(self, neighbour: Neighbour) -> None:
        """A have_blocks_info is about to be sent to this peer."""
        with self.changed:
            neighbour.announced.clear()

    def informed(self, neighbour: Neighbour, holds: Optional[Set[int]]) -> None:
        """The peer has said which blocks it has, or (None) gave no good answer."""
        with self.changed:
            if holds is not None:
                neighbour.holds = holds | neighbour.announced
            neighbour.asked = True
            self.changed.notify_all()

    def refused(self, neighbour: Neighbour, block: int) -> None:
        """The peer does not give this block before the next recomputation."""
        with self.changed:
            neighbour.refused.add(block)

    def failed(self, neighbour: Neighbour) -> None:
        """The peer gave a wrong answer, or none."""
        with self.changed:
            neighbour.resting_until = time.monotonic() + REST_S

    def tracker_refused(self, block: int) -> None:
        """The tracker does not give this block before the next recomputation."""
        with self.changed:
            self._refused_by_tracker.add(block)

    def tracker_failed(self) -> None:
        """The tracker is gone, or gave a wrong answer."""
        with self.changed:
            self._tracker_failed = True

    def recompute(self) -> None:
        """Chooses whom to serve in the next interval, and forgets who refused in the last one."""
        with self.changed:
            contributions = {peer.peer_id: len(peer.holds & self.wanted) for peer in self.known.values()}
            self.unchoked = choose_unchoked(contributions, complete=not self.wanted)
            for peer in self.known.values():
                peer.refused.clear()
            self._refused_by_tracker.clear()
            self._tracker_failed = False
            self.changed.notify_all()

    def next_block(self) -> Optional[int]:
        """The block to ask for now; None while there is nothing to ask. To be called with the lock held.

        Blocks that nobody has come first: the tracker alone can bring them into the swarm. Then those that a holder
        may give, the rarest before all; the rest, which all holders refused, comes from the tracker too.
        """
        holders: 'Counter[int]' = Counter()
        askable: Set[int] = set()
        for peer in self.known.values():
            held = peer.holds & self.wanted
            holders.update(held)
            if not peer.resting():
                askable |= held - peer.refused
        from_tracker = self.wanted - self._refused_by_tracker if self._tracker_open() else set()
        nobodys = from_tracker.difference(holders)
        if nobodys:
            return random.choice(list(nobodys))
        if askable:
            return rarest_block(askable, holders)
        return random.choice(list(from_tracker)) if from_tracker else None

    def next_holder(self, block: int, tried: Container[Neighbour]) -> Optional[Neighbour]:
        """A known holder to ask for the block, none of those already tried (peer.selection.asks-holders).

        Who has refused another block in this interval will probably refuse this one too, and is asked last.
        """
        with self.changed:
            holders = [
                peer
                for peer in self.known.values()
                if block in peer.holds
                and block not in peer.refused
                and peer not in tried
                and not peer.resting()
            ]
            return min(holders, key=lambda peer: (bool(peer.refused), random.random()), default=None)

    def tracker_may_give(self, block: int) -> bool:
        """Whether to turn to the tracker, once no known peer gives the block (peer.tracker-last.only-then)."""
        with self.changed:
            return self._tracker_open() and block not in self._refused_by_tracker

    def may_serve(self, peer_id: str) -> bool:
        """Whether this peer is known and unchoked."""
        with self.changed:
            return peer_id in self.known and peer_id in self.unchoked

    def wait_for_first_peers(self, timeout_s: float) -> None:
        """Until some peers are known and have said what they have."""
        with self.changed:
            self.changed.wait_for(lambda: self.known and self._settled(), timeout_s)

    def _tracker_open(self) -> bool:
        return self._settled() and not self._tracker_failed

    def _settled(self) -> bool:
        """Whether all known peers have said what they have, or had their time to."""
        patient_since = time.monotonic() - self._patience_s
        return all(peer.asked or peer.learned_at < patient_since for peer in self.known.values())
