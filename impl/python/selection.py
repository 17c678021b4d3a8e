"""Which block to ask for next: rarest first."""

from __future__ import annotations

import random
from typing import Mapping, Set


def rarest_block(askable: Set[int], holders: Mapping[int, int]) -> int:
    """Of the blocks that can be had now, at least one, one with the fewest holders (peer.selection.rarest-first).

    `holders` says how many known peers have each block. Chance among equals keeps the peers of a swarm from all
    fetching the same block.
    """
    fewest = min(holders[block] for block in askable)
    return random.choice([block for block in askable if holders[block] == fewest])
