"""Accepts every connection and never answers."""

import time

from service import serve

serve(lambda connection: time.sleep(3600))
