"""The clock of a server: local time, as cheap as the host gives it.

Rules: the zone's offset is asked for once in a quarter of an hour, which is where every zone that has daylight saving time
changes; `datetime.astimezone` asks for each moment, and that costs ten times the rest.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, tzinfo

_QUARTER = 900


class LocalClock:
    """Tells the local time with its offset."""

    def __init__(self) -> None:
        """Know no zone yet."""
        self._zone: tuple[int, tzinfo] = (-1, UTC)

    def __call__(self) -> datetime:
        """Return the present moment."""
        seconds = time.time()
        quarter, zone = self._zone
        if quarter != int(seconds) // _QUARTER:
            zone = datetime.fromtimestamp(seconds).astimezone().tzinfo or UTC
            self._zone = int(seconds) // _QUARTER, zone
        return datetime.fromtimestamp(seconds, zone)
