"""Answers every request with random bytes."""

import os

from service import answer_with, serve

serve(answer_with(lambda request: os.urandom(1000)))
