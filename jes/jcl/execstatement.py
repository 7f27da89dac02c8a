"""The EXEC statement of a step that runs a program.

Source: [JCLREF] EXEC; jes-and-jcl reference 4.3. Not here: calling procedures (procedures.py, convert.py).
Rules: pure; raises OperandFault.
"""

from __future__ import annotations

from jes.jcl.operands import Operand, OperandFault

#: The longest PARM in characters.
MAX_PARM = 100


def parm(operand: Operand | None) -> str:
    """Return the text that PARM= passes: apostrophes and outer parentheses removed, sublist parts joined by commas.

    Raises OperandFault when it is longer than 100 characters.
    """
    if operand is None:
        return ""
    text = ",".join(_part(item) for item in operand.items) if operand.items is not None else operand.text
    text = text.replace("&&", "&")
    if len(text) > MAX_PARM:
        raise OperandFault("IEFC642I", "PARM")
    return text


def _part(item: Operand) -> str:
    if item.keyword and not item.quoted:
        return f"{item.keyword}={item.raw}"
    return f"{item.keyword}={item.text}" if item.keyword else item.text


def disorder(operands: tuple[Operand, ...]) -> OperandFault | None:
    """Return what is wrong when that which EXEC runs does not stand first and once, or PARM stands beside PARMDD.

    That they must not is [JCLREF EXEC "Parameter field", PARMDD]; which messages tell so is assumed.
    """
    keywords = {operand.keyword for operand in operands}
    if {"PARM", "PARMDD"} <= keywords:
        return OperandFault("IEFC009I", "PARMDD", "PARM", "EXEC")
    if not any(operand.keyword in {"PGM", "PROC"} for operand in operands[1:]):
        return None
    first = operands[0].keyword
    if first not in {"PGM", "PROC", ""}:
        return OperandFault("IEFC646I", "EXEC")
    second = next(operand.keyword for operand in operands[1:] if operand.keyword in {"PGM", "PROC"})
    return OperandFault("IEFC009I", second, first or "PROC", "EXEC")


def program(operand: Operand) -> tuple[str, str]:
    """Return (program name, "") or ("", backward reference). Raises OperandFault."""
    text = operand.text
    if text.startswith("*."):
        return "", text
    if not text:
        raise OperandFault("IEFC646I", "PGM")
    if len(text) > 8:
        raise OperandFault("IEFC642I", "PGM")
    if not (text[0].isalpha() or text[0] in "@#$") or not all(character.isalnum() or character in "@#$" for character in text):
        raise OperandFault("IEFC632I" if "&" not in text else "IEFC627I", "PGM" if "&" not in text else "EXEC")
    return text, ""


def sublist_text(operand: Operand | None) -> str:
    """Return the values joined by commas, as TIME=(1,30) is kept."""
    return ",".join(item.text for item in operand.values) if operand else ""
