"""Which block to ask for next: rarest first."""

from __future__ import annotations

import random
from typing import Dict, Sequence


def rarest_block(holders: Dict[int, Sequence]) -> int:
    """The block with the fewest holders, a random one of them (peer.selection.rarest-first).

    `holders` says who holds each block that can be had now; it is not empty. Chance among equals keeps the
    peers of a swarm from all fetching the same block.
    """
    return min(holders, key=lambda block: (len(holders[block]), random.random()))
