"""What a utility says of a refusal of the data set side, where its own message only has room for a reason.

Source: assumed; the words are those of the messages of allocation and OPEN. Rules: one row for each kind of error; what has no
row of its own is an I/O error, never the name of a class.
"""

from __future__ import annotations

from mvsfs import errors

_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (errors.MemberNotFound, "MEMBER NOT FOUND"),
    (errors.GenerationNotFound, "GENERATION NOT FOUND"),
    (errors.DatasetNotFound, "DATA SET NOT FOUND"),
    (errors.DatasetExists, "DUPLICATE NAME"),
    (errors.DatasetInUse, "DATA SET IS IN USE"),
    (errors.NotAuthorized, "NOT AUTHORIZED"),
    (errors.NotExpired, "EXPIRATION DATE HAS NOT PASSED"),
    (errors.WrongDsorg, "DATA SET ORGANIZATION IS NOT SUPPORTED"),
    (errors.InvalidDsname, "INVALID NAME"),
    (errors.BadRecordData, "DATA ARE NOT IN THE EXPECTED FORM"),
)


def words(error: Exception) -> str:
    """Return the reason in words."""
    return next((text for kind, text in _WORDS if isinstance(error, kind)), "I/O ERROR")
