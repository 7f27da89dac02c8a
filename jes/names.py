"""Names of jobs: grammar, classes, job id forms and the masks of JESJOBNAME and JESOWNER. Pure.

Source: jes-and-jcl.md 1.1, 3.1.
"""

from __future__ import annotations

import re

_JOBNAME = re.compile(r"[A-Z$#@][A-Z0-9$#@]{0,7}\Z")
_JOBID = re.compile(r"(JOB|STC|TSU|J|S|T|G)(\d{1,7})\Z")
_JOB_CLASS = re.compile(r"[A-Z0-9]{1,8}\Z")
_LETTERS = {"J": "JOB", "S": "STC", "T": "TSU"}


def is_jobname(text: str) -> bool:
    """Tell whether `text` can be the name of a job, step, DD, procedure or symbol."""
    return _JOBNAME.match(text) is not None


def is_job_class(text: str) -> bool:
    """Tell whether `text` can be a job class: one character, or a name of up to eight."""
    return _JOB_CLASS.match(text) is not None


def jobid(number: int, prefix: str = "JOB", *, wide: bool = False) -> str:
    """Return the eight-character id of a number: JOB00012, or J0000012 when the range exceeds 99999."""
    if wide or number > 99999:
        return f"{prefix[0]}{number:07d}"
    return f"{prefix}{number:05d}"


def jobid_forms(text: str) -> tuple[str, ...]:
    """Return the ids that `text` may mean (J12, J00012, JOB00012 and J0000012 are one job), or () when it is none."""
    match = _JOBID.match(text.strip().upper())
    if match is None:
        return ()
    if match[1] == "G":  # the logging job of a job group: always seven digits
        return (jobid(int(match[2]), "G", wide=True),)
    prefix, number = _LETTERS.get(match[1], match[1]), int(match[2])
    wide = jobid(number, prefix, wide=True)
    return (jobid(number, prefix), wide) if number <= 99999 else (wide,)


def mask(pattern: str) -> re.Pattern[str]:
    """Return the expression for a JES mask: `*` any characters, `?` and `%` one; an empty mask matches everything."""
    parts = (".*" if sign == "*" else "." if sign in "?%" else re.escape(sign) for sign in pattern.strip().upper() or "*")
    return re.compile("".join(parts) + r"\Z")


def is_mask(pattern: str) -> bool:
    """Tell whether `pattern` has wildcard characters."""
    return any(sign in pattern for sign in "*?%")
