"""Sends every request back."""

from service import answer_with, serve

serve(answer_with(lambda request: request))
