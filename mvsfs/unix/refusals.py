"""Refusals of z/OS UNIX that the security product tells: collected where a check fails, told when the transaction is over.

Source: [RACFMC ICH408I]; [RACFDG] "z/OS UNIX file and directory violations".
Rules: whoever listens may write into the same store, so nobody is told before the lock is given back.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from mvsfs.errors import UnixError

_P = ParamSpec("_P")
_T = TypeVar("_T")
_C = TypeVar("_C", bound=type)


def told(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """Have the refusal that a call ends with told, once, after the call."""

    @wraps(function)
    def telling_it(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return function(*args, **kwargs)
        except UnixError as error:
            tell, error.tell = error.tell, None
            if tell is not None:
                tell()
            raise

    return telling_it


def telling(cls: _C) -> _C:
    """Have the refusals of all public methods of a class told."""
    for name, member in list(vars(cls).items()):
        if not name.startswith("_") and callable(member):
            setattr(cls, name, told(member))
    return cls
