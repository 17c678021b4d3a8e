"""Answers two requests with an error and dies of the third."""

import itertools
import os
import sys

from service import answer_with, serve

number = itertools.count(1)


def answer(request):
    if next(number) == 3:
        print('Segmentation fault (imagine a core dump)', file=sys.stderr, flush=True)
        os._exit(139)
    return b'{"status":"error","reason":"not yet"}'


serve(answer_with(answer))
