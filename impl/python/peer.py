"""The MiniBit peer: fetches the blocks of a text file from other peers and serves them in turn.

Its life, in the report's words: initialisation, discovery, block information, selection, download, announcement,
reconstruction, shutdown.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time

from wire import answers
import arguments
from blocks import write_file
from wire.connection import Unreachable
from download import Download
from wire.fields import is_text
from wire.server import Server
from service import PeerService
from state import PeerState
from swarm import Swarm
from tracker_link import TrackerLink

TRACKER_PATIENCE_S = 10.0
FAREWELL_S = 5.0


def main() -> None:
    options = parse_arguments()
    state = PeerState(options.peer_id, options.blocks, options.unchoke_s)
    tracker = TrackerLink(options.tracker, options.peer_id, options.host, options.port)
    swarm = Swarm(state, tracker)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        listen(options, state)
        time.sleep(options.start_delay_s)
        join(swarm)
        swarm.start(options.peers_s, options.info_s, options.unchoke_s)
        Download(state, swarm, tracker).run(options.pace_s)
        rebuild(options, state)
        if options.stay:
            threading.Event().wait()
        swarm.finish(FAREWELL_S)
    except KeyboardInterrupt:
        pass
    say_goodbye(tracker, options.peer_id)
    sys.exit(1 if state.wanted else 0)


def parse_arguments() -> argparse.Namespace:
    """The command line; the report's own timers where nothing is said."""
    parser = argparse.ArgumentParser(description='MiniBit peer for a text file.')
    parser.add_argument('peer_id')
    parser.add_argument('port', type=arguments.port)
    parser.add_argument('--tracker', type=arguments.address, required=True, metavar='HOST:PORT')
    parser.add_argument('--blocks', type=arguments.count, required=True, help='number of blocks of the file')
    parser.add_argument('--output', required=True, help='where to write the file')
    parser.add_argument('--host', default='127.0.0.1', help='address to listen on (default 127.0.0.1)')
    parser.add_argument('--stay', action='store_true', help='serve on when the file is complete')
    for name, kind, default, what in (
        ('--start-delay-s', arguments.seconds, 1, 'before it registers'),
        ('--unchoke-s', arguments.interval, 10, 'between two choices of who is served'),
        ('--info-s', arguments.interval, 15, 'between two have_blocks_info'),
        ('--peers-s', arguments.interval, 3, 'between two get_peers'),
        ('--pace-s', arguments.seconds, 3, 'after each block'),
    ):
        parser.add_argument(name, type=kind, default=default, help=f'seconds {what} (default {default})')
    options = parser.parse_args()
    if options.peer_id == '' or not is_text(options.peer_id):
        arguments.refuse('PEER_ID must be text in UTF-8, and not empty')
    folder = os.path.dirname(os.path.abspath(options.output))
    if not os.path.isdir(folder) or not os.access(folder, os.W_OK) or os.path.isdir(options.output):
        arguments.refuse(f'--output {options.output}: no file can be written there')
    return options


def listen(options: argparse.Namespace, state: PeerState) -> None:
    """It answers others before the tracker can tell them of it (peer.listen.before-register)."""
    try:
        Server(options.host, options.port, PeerService(state).handlers).start()
    except OSError as trouble:
        arguments.refuse(f'cannot listen on {options.host} port {options.port}: {trouble.strerror}; give another PORT')


def join(swarm: Swarm) -> None:
    """Registers once; a tracker that is only just starting is waited for (peer.register.once)."""
    deadline = time.monotonic() + TRACKER_PATIENCE_S
    while True:
        try:
            return swarm.register()
        except Unreachable as trouble:
            if time.monotonic() >= deadline:
                fail(f'the tracker cannot be reached: {trouble}')
            time.sleep(0.2)
        except (answers.Refused, *answers.TROUBLE) as trouble:
            fail(f'the tracker does not register this peer: {ascii(str(trouble))}')


def rebuild(options: argparse.Namespace, state: PeerState) -> None:
    """Writes the file."""
    try:
        write_file(options.output, state.blocks)
    except OSError as trouble:
        fail(f'--output {options.output}: {trouble.strerror}')
    print(f'complete: {options.blocks} blocks', flush=True)


def say_goodbye(tracker: TrackerLink, peer_id: str) -> None:
    """Tells the tracker that this peer leaves (peer.stop.says-goodbye); nothing can interrupt that any more."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        tracker.report_offline(peer_id)
    except (answers.Refused, *answers.TROUBLE):
        pass


def fail(problem: str) -> None:
    """Ends the program because it cannot do its work."""
    print(f'error: {problem}', file=sys.stderr)
    sys.exit(1)


if __name__ == '__main__':
    main()
