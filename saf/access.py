"""Access levels, in ascending power: a higher one includes the lower ones.

Rules: the numbers are those of `mvsfs.access.Access`, so an adapter above both packages converts by value.
"""

from __future__ import annotations

from enum import IntEnum


class Access(IntEnum):
    """What a user may do to a resource."""

    NONE = 0
    EXECUTE = 1
    READ = 2
    UPDATE = 3
    CONTROL = 4
    ALTER = 5

    @classmethod
    def named(cls, text: str) -> Access:
        """Return the level of that name.

        Raises: KeyError when there is none.
        """
        return cls[text.upper()]
