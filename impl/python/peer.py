"""The MiniBit peer: downloads the blocks of a text file, and serves them to other peers.

Its states, by the names of the paper: initialisation, discovery, block information, selection, download,
announcement, reconstruction, shutdown.
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
from tracker_client import TrackerClient

TRACKER_WAIT_S = 10.0
ANNOUNCEMENT_WAIT_S = 5.0


def main() -> None:
    options = parse_arguments()
    state = PeerState(options.peer_id, options.blocks, options.unchoke_s)
    tracker = TrackerClient(options.tracker, options.peer_id, options.host, options.port)
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
        swarm.finish(ANNOUNCEMENT_WAIT_S)
    except KeyboardInterrupt:
        pass
    say_goodbye(tracker, options.peer_id)
    sys.exit(1 if state.wanted else 0)


def parse_arguments() -> argparse.Namespace:
    """The command line. The defaults are the intervals of the paper."""
    parser = argparse.ArgumentParser(description='MiniBit peer for a text file.')
    parser.add_argument('peer_id')
    parser.add_argument('port', type=arguments.port)
    parser.add_argument('--tracker', type=arguments.address, required=True, metavar='HOST:PORT')
    parser.add_argument('--blocks', type=arguments.count, required=True, help='number of blocks of the file')
    parser.add_argument('--output', required=True, help='path of the file to write')
    parser.add_argument('--host', default='127.0.0.1', help='address to listen on (default 127.0.0.1)')
    parser.add_argument('--stay', action='store_true', help='stay and serve when the file is complete')
    for name, kind, default, what in (
        ('--start-delay-s', arguments.seconds, 1, 'before the registration'),
        ('--unchoke-s', arguments.interval, 10, 'between two recomputations of choking'),
        ('--info-s', arguments.interval, 15, 'between two have_blocks_info'),
        ('--peers-s', arguments.interval, 3, 'between two get_peers'),
        ('--pace-s', arguments.seconds, 3, 'after each block'),
    ):
        parser.add_argument(name, type=kind, default=default, help=f'seconds {what} (default {default})')
    options = parser.parse_args()
    if options.peer_id == '' or not is_text(options.peer_id):
        arguments.exit_with_usage_error('PEER_ID must be UTF-8 text that is not empty')
    folder = os.path.dirname(os.path.abspath(options.output))
    if not os.path.isdir(folder) or not os.access(folder, os.W_OK) or os.path.isdir(options.output):
        arguments.exit_with_usage_error(f'--output {options.output}: no file can be written there')
    return options


def listen(options: argparse.Namespace, state: PeerState) -> None:
    """Listens, which comes before the registration (peer.listen.before-register)."""
    try:
        Server(options.host, options.port, PeerService(state).handlers).start()
    except OSError as failure:
        problem = f'cannot listen on {options.host} port {options.port}: {failure.strerror}'
        arguments.exit_with_usage_error(f'{problem}; give another PORT')


def join(swarm: Swarm) -> None:
    """Registers once (peer.register.once). Waits for a tracker that is still starting."""
    deadline = time.monotonic() + TRACKER_WAIT_S
    while True:
        try:
            return swarm.register()
        except Unreachable as failure:
            if time.monotonic() >= deadline:
                fail(f'the tracker cannot be reached: {failure}')
            time.sleep(0.2)
        except (answers.Refused, *answers.EXCHANGE_FAILURES) as failure:
            fail(f'the tracker does not register this peer: {ascii(str(failure))}')


def rebuild(options: argparse.Namespace, state: PeerState) -> None:
    """Writes the file from its blocks."""
    try:
        write_file(options.output, state.blocks)
    except OSError as failure:
        fail(f'--output {options.output}: {failure.strerror}')
    print(f'complete: {options.blocks} blocks', flush=True)


def say_goodbye(tracker: TrackerClient, peer_id: str) -> None:
    """Tells the tracker that this peer leaves (peer.stop.says-goodbye). Further signals are ignored."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        tracker.report_offline(peer_id)
    except (answers.Refused, *answers.EXCHANGE_FAILURES):
        pass


def fail(problem: str) -> None:
    """Prints the problem, and exits with code 1."""
    print(f'error: {problem}', file=sys.stderr)
    sys.exit(1)


if __name__ == '__main__':
    main()
