"""What may be shown: of a line that holds a password, and of one with control characters in it.

Source: [UG] "User subcommand", "PAss subcommand", "ACCt subcommand" for where secrets stand; EZA1701I shows `PASS` alone (seen).
Rules: pure. A word that might be short for a subcommand with a secret is taken for one, so that a slip of the finger shows
nothing either. The mark is assumed: no public output shows a password on a subcommand's line.
"""

from __future__ import annotations

MARK = "********"
#: Subcommands and server commands that are followed by a secret, and how many words stand before it.
_SECRET_AFTER = {"user": 1, "pass": 0, "acct": 0, "account": 0}
#: Subcommands that are followed by another subcommand or by a server command.
_PREFIXES = ("proxy", "quote")


def masked(line: str) -> str:
    """Return a subcommand or server command with its secret replaced; other lines as they are."""
    name, _, rest = line.strip().partition(" ")
    rest = rest.strip()
    if not rest:
        return line
    meant = [kept for subcommand, kept in _SECRET_AFTER.items() if subcommand.startswith(name.lower())]
    if meant:
        words = rest.split()
        kept = min(meant)
        return " ".join([name, *words[:kept], *([MARK] if len(words) > kept else [])])
    if any(prefix.startswith(name.lower()) for prefix in _PREFIXES):
        return f"{name} {masked(rest)}"
    return line


def nothing_but_the_name(line: str) -> str:
    """Return a line with everything behind its first word replaced."""
    name, _, rest = line.strip().partition(" ")
    return f"{name} {MARK}" if rest.strip() else name


def on_the_wire(command: str) -> str:
    """Return what EZA1701I shows of a command: of PASS and ACCT the verb alone."""
    verb = command.partition(" ")[0]
    return verb if verb.upper() in ("PASS", "ACCT") else command


#: Control characters of ASCII and ISO 8859-1 but for the tabulator: terminals obey them.
_CONTROLS = dict.fromkeys((*range(9), *range(10, 32), *range(127, 160)), ".")


def visible(line: str) -> str:
    """Return a line with a dot for each control character."""
    return line.translate(_CONTROLS)
