"""A known peer, and the thread that sends requests to it."""

from __future__ import annotations

import queue
import threading
import time
from typing import Callable, Optional, Set

from wire.connection import Address, Unreachable


class Neighbour:
    """A peer that the tracker has listed.

    Requests to it (have_blocks_info, announce_block) are sent by a thread of its own, so that a dead or silent
    peer does not delay others. Fields other than the queue are guarded by the lock of the PeerState.
    """

    def __init__(self, peer_id: str, address: Address, on_unreachable: Callable[['Neighbour'], None]) -> None:
        self.peer_id = peer_id
        self.address = address
        self.learned_at = time.monotonic()
        self.first_info_done = False
        """Whether its first have_blocks_info has ended, with or without an answer."""
        self.holds: Set[int] = set()
        self.announced: Set[int] = set()
        """Blocks that it announced since the last have_blocks_info to it: the answer may be older."""
        self.refused: Set[int] = set()
        """Blocks that it has refused since the last recomputation of choking."""
        self.backed_off_until = 0.0
        """Until then no block is requested from it: it gave a wrong answer, or none."""
        self._on_unreachable = on_unreachable
        self._tasks: 'queue.SimpleQueue[Optional[Callable[[], None]]]' = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def is_backed_off(self) -> bool:
        """Whether no block is to be requested from it now."""
        return time.monotonic() < self.backed_off_until

    def enqueue(self, task: Callable[[], None]) -> None:
        """Adds a task, which may raise Unreachable. Tasks run in order."""
        self._tasks.put(task)

    def finish(self) -> None:
        """Ends the thread after the tasks in the queue."""
        self._tasks.put(None)

    def join(self, timeout_s: float) -> None:
        """Waits until all tasks are done, at most `timeout_s` seconds."""
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
