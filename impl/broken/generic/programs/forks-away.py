"""Daemonizes itself."""

import os

from service import answer_with, serve

if os.fork() > 0:
    os._exit(0)
os.setsid()
serve(answer_with(lambda request: b'{"status":"success"}'))
