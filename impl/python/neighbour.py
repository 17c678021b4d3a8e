"""A known peer, and the thread that tells it things."""

from __future__ import annotations

import queue
import threading
import time
from typing import Callable, Optional, Set

from wire.connection import Address, Unreachable


class Neighbour:
    """One peer that the tracker has listed.

    What it is told (infos asked, announcements) goes through a thread of its own, so that one that is dead or
    silent holds up nobody else. Fields other than the queue are guarded by the lock of the PeerState.
    """

    def __init__(self, peer_id: str, address: Address, on_unreachable: Callable[['Neighbour'], None]) -> None:
        self.peer_id = peer_id
        self.address = address
        self.learned_at = time.monotonic()
        self.asked = False
        """Whether its first have_blocks_info is over, well or badly."""
        self.holds: Set[int] = set()
        self.announced: Set[int] = set()
        """Blocks announced since its last have_blocks_info was sent: the answer may be older than these."""
        self.refused: Set[int] = set()
        """Blocks that it has refused since the last recomputation."""
        self.resting_until = 0.0
        """It gave a wrong answer or none, and is left alone until then."""
        self._on_unreachable = on_unreachable
        self._tasks: 'queue.SimpleQueue[Optional[Callable[[], None]]]' = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def resting(self) -> bool:
        """Whether it is to be left alone."""
        return time.monotonic() < self.resting_until

    def tell(self, task: Callable[[], None]) -> None:
        """Runs the task, which may raise Unreachable, after all that were given before."""
        self._tasks.put(task)

    def finish(self) -> None:
        """No more tasks will come."""
        self._tasks.put(None)

    def join(self, timeout_s: float) -> None:
        """Waits until all tasks are done, or the time is over."""
        self._thread.join(max(0.0, timeout_s))

    def _work(self) -> None:
        while True:
            task = self._tasks.get()
            if task is None:
                return
            try:
                task()
            except Unreachable:
                self._on_unreachable(self)
                return
