"""Answers every request with an error."""

from service import answer_with, serve

serve(answer_with(lambda request: b'{"status":"error","reason":"no"}'))
