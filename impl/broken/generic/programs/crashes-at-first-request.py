"""Crashes at the first request."""

import os
import sys

from service import answer_with, serve


def crash(request):
    print('fatal: cannot read a request', file=sys.stderr, flush=True)
    os._exit(70)


serve(answer_with(crash))
