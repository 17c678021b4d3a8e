"""Answers every request with an error, and ignores SIGTERM and SIGINT."""

import signal

from service import answer_with, serve

signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.signal(signal.SIGINT, signal.SIG_IGN)
serve(answer_with(lambda request: b'{"status":"error","reason":"no"}'))
