"""Exits at once with an error."""

import sys

print('error: no such option: --port', file=sys.stderr)
sys.exit(3)
