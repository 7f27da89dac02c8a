"""The part of a seed that a store can take without its users: what belongs to nobody whom the store knows is left out.

Not here: making users, which is for the layers above (zftpd/seeding.py).
"""

from __future__ import annotations

from dataclasses import replace

from mvsfs.access import Guard
from mvsfs.seed.model import Seed, SeedUnix


def without_strangers(seed: Seed, guard: Guard) -> tuple[Seed, tuple[SeedUnix, ...]]:
    """Return the seed without users, jobs and the z/OS UNIX files of users and groups that `guard` does not know, and those.

    What lies in a directory that is left out is left out with it.
    """
    kept: list[SeedUnix] = []
    left: list[SeedUnix] = []
    tops: list[str] = []
    for file in sorted(seed.unix, key=lambda file: file.path):
        is_inside = any(file.path.startswith(top) for top in tops)
        if is_inside or not (_is_known(guard, file.owner, group=False) and _is_known(guard, file.group, group=True)):
            left.append(file)
            tops.append(f"{file.path.rstrip('/')}/")
        else:
            kept.append(file)
    return replace(seed, unix=tuple(kept), users=(), jobs=()), tuple(left)


def _is_known(guard: Guard, name: str | int | None, *, group: bool) -> bool:
    return not isinstance(name, str) or guard.unix_number(name, group=group) is not None
