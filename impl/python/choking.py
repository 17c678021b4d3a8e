"""Whom to serve until the next recomputation: tit for tat, and one optimistic guess."""

from __future__ import annotations

import random
from typing import Dict, Set

FIXED_PEERS = 4


def choose_unchoked(contributions: Dict[str, int], complete: bool) -> Set[str]:
    """Four fixed peers at most, and one optimistic one if anybody is left.

    `contributions` says of each known peer how many of the blocks wanted here it has; only those who have some
    can be fixed (peer.choking.best-four, peer.choking.wanted-only). A complete peer wants nothing and takes any
    four (peer.choking.complete-free).
    """
    peers = list(contributions)
    random.shuffle(peers)  # ties are broken by chance: the sort keeps the order of equals
    peers.sort(key=lambda peer: contributions[peer], reverse=True)
    fixed = [peer for peer in peers if complete or contributions[peer] > 0][:FIXED_PEERS]
    others = [peer for peer in peers if peer not in fixed]
    optimistic = random.sample(others, min(1, len(others)))
    return set(fixed + optimistic)
