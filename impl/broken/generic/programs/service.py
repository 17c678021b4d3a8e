"""The server that these programs share: a peer registers, and each connection gets its own thread."""

import contextlib
import json
import socket
import sys
import threading


def serve(handle, register=True):
    """Arguments: HOST PORT, for a peer also TRACKER_HOST TRACKER_PORT PEER_ID."""
    host, port, *peer = sys.argv[1:]
    with socket.create_server((host, int(port)), backlog=128) as listener:
        if peer and register:
            threading.Thread(target=_register, args=(int(port), *peer), daemon=True).start()
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=_handle, args=(handle, connection), daemon=True).start()


def answer_with(make):
    """A handler that answers the first bytes that arrive with `make(request)`, and closes."""

    def handle(connection):
        request = connection.recv(65536)
        if request:
            connection.sendall(make(request))

    return handle


def _register(port, tracker_host, tracker_port, peer_id):
    with socket.create_connection((tracker_host, int(tracker_port))) as tracker:
        request = {'action': 'register', 'peer_id': peer_id, 'listen_port': port}
        tracker.sendall(json.dumps(request).encode())
        tracker.recv(65536)


def _handle(handle, connection):
    with connection, contextlib.suppress(OSError):
        handle(connection)
