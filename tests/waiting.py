"""Waiting for what another thread or process is about to do."""

from __future__ import annotations

import time


def until(condition, seconds=60.0):
    """Return what `condition` gives as soon as that is true."""
    deadline = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert found
    return found


def told(server, words):
    """Return the first line of the console that holds `words`; the client knows before the server has told."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for line in server.said:
            if words in line:
                return line
        time.sleep(0.02)
    raise AssertionError((words, server.said))
