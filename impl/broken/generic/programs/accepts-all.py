"""Answers every request with success and no other fields."""

from service import answer_with, serve

serve(answer_with(lambda request: b'{"status":"success"}'))
