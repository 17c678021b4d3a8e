"""Decides which peers are unchoked: tit for tat, and one optimistic peer."""

from __future__ import annotations

import random
from typing import Dict, Set

FIXED_PEERS = 4


def choose_unchoked(contributions: Dict[str, int], complete: bool) -> Set[str]:
    """Returns at most four fixed peers, and an optimistic one drawn from the others (peer.choking.optimistic).

    `contributions` is how many of the blocks wanted here each known peer has. Only peers with a contribution
    become fixed peers (peer.choking.best-four, peer.choking.wanted-only), except for a complete peer, which wants
    no blocks and may unchoke any four (peer.choking.complete-free).
    """
    peers = list(contributions)
    random.shuffle(peers)  # breaks ties at random, since the sort is stable
    peers.sort(key=lambda peer: contributions[peer], reverse=True)
    fixed = [peer for peer in peers if complete or contributions[peer] > 0][:FIXED_PEERS]
    others = [peer for peer in peers if peer not in fixed]
    optimistic = random.sample(others, min(1, len(others)))
    return set(fixed + optimistic)
