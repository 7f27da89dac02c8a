"""The grammar of user IDs, group names and profile names.

Source: [RACFCL] "Naming considerations for RACF profiles".
Rules: pure; a name comes back in upper case.
"""

from __future__ import annotations

import re

from saf.classes import BY_NAME
from saf.errors import OperandError

_USERID = re.compile(r"[A-Z0-9@#$]{1,8}\Z")
_QUALIFIER = re.compile(r"[A-Z@#$%*{][A-Z0-9@#$%*{-]{0,7}\Z")
_RESOURCE = re.compile(r"[^\s,;()]+\Z")
DSNAME_MAX = 44


def userid(text: str) -> str:
    """Return a user ID; a digit may come first. Raises: OperandError."""
    upper = text.upper()
    if not _USERID.match(upper):
        raise OperandError("invalid", text, "USERID")
    return upper


def group(text: str) -> str:
    """Return a group name. Raises: OperandError `group`."""
    upper = text.upper()
    if not _USERID.match(upper) or upper[0].isdecimal():
        raise OperandError("invalid", text, "GROUP NAME")
    return upper


def dataset_profile(text: str) -> str:
    """Return the name of a DATASET profile; its first qualifier may not be generic.

    Raises: OperandError `dsname`.
    """
    upper = text.upper()
    parts = upper.split(".")
    bad = len(upper) > DSNAME_MAX or not all(part == "**" or _QUALIFIER.match(part) for part in parts)
    if bad or any(sign in parts[0] for sign in "%*"):
        raise OperandError("invalid", f"'{text}'", "DATASET NAME")
    return upper


def resource_profile(saf_class: str, text: str) -> str:
    """Return the name of a general resource profile. Raises: OperandError `profile`."""
    row = BY_NAME[saf_class]
    name = text if saf_class == "DIGTCERT" else text.upper()
    if len(name) > row.max_length or not _RESOURCE.match(name):
        raise OperandError("invalid", text, "PROFILE NAME")
    return name
