"""Prints as fast as it can, to both outputs, and serves nobody."""

import sys

line = b'x' * 1023 + b'\n'
while True:
    sys.stdout.buffer.write(line)
    sys.stderr.buffer.write(line)
