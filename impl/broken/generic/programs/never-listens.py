"""Runs without listening."""

import time

time.sleep(3600)
