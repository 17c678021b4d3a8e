"""Decides which block to request next: rarest first."""

from __future__ import annotations

import random
from typing import Mapping, Set


def rarest_block(requestable: Set[int], holders: Mapping[int, int]) -> int:
    """A block with the fewest holders among those that can be requested now (peer.selection.rarest-first).

    `requestable` is not empty; `holders` is how many known peers have each block. Ties are broken at random, so
    that the peers of a swarm do not all request the same block.
    """
    fewest = min(holders[block] for block in requestable)
    return random.choice([block for block in requestable if holders[block] == fewest])
