"""Prints endlessly to stdout and stderr, without listening."""

import sys

line = b'x' * 1023 + b'\n'
while True:
    sys.stdout.buffer.write(line)
    sys.stderr.buffer.write(line)
