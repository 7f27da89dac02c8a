"""Makes docs/reference/racf.md from the tables: commands with their operands, classes, messages and their evidence.

Usage: python -m saf.reference docs/reference/racf.md

Rules: the page is never edited by hand; a test demands that it is current.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from saf.classes import CLASSES
from saf.commands.racdcert import FUNCTIONS, WITHOUT_ICSF
from saf.commands.table import COMMANDS
from saf.messages import TEXTS

NOTE = "<!-- made by `python -m saf.reference docs/reference/racf.md`; do not edit -->\n"


def page() -> str:
    """Return the page."""
    return "\n".join([NOTE, "# RACF\n", *_commands(), *_racdcert(), *_classes(), *_messages()]) + "\n"


def _commands() -> list[str]:
    out = [
        "## Commands\n",
        'As `saf "COMMAND ..."`, in seed folders and in jobs. A keyword may be shortened to what tells it from the others. '
        "What is not listed is refused: IKJ56712I.\n",
        "| command | short | keywords |",
        "|---|---|---|",
    ]
    for command in COMMANDS:
        words = " ".join(keyword.form for keyword in command.keywords if command.name != "RACDCERT")
        out.append(
            f"| {command.name} | {' '.join(command.aliases)} | {words or ('see below' if command.name == 'RACDCERT' else '')} |"
        )
    return [*out, ""]


def _racdcert() -> list[str]:
    (row,) = [command for command in COMMANDS if command.name == "RACDCERT"]
    others = [keyword for keyword in row.keywords if keyword.name not in FUNCTIONS and keyword.name not in WITHOUT_ICSF]
    return [
        "## RACDCERT\n",
        f"Functions: {', '.join(FUNCTIONS)}.\n",
        f"Other keywords: {' '.join(keyword.form for keyword in others)}\n",
        f"Refused by name, since they need ICSF: {', '.join(WITHOUT_ICSF)}; MULTIID; DSA, ICSF, PCICC, FROMICSF, RSA(PKDS).\n",
    ]


def _classes() -> list[str]:
    out = ["## Classes\n", "| class | active at first | without a profile | OPERATIONS | what for |", "|---|---|---|---|---|"]
    for row in CLASSES:
        unprotected = "refused" if row.default_rc == 8 else "not protected"
        out.append(f"| {row.name} | {_yes(row.active)} | {unprotected} | {_yes(row.operations)} | {row.help} |")
    return [*out, ""]


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"


def _messages() -> list[str]:
    counts = Counter(text.evidence for text in TEXTS.values())
    known = ", ".join(f"{counts[word]} {word}" for word in ("seen", "known", "assumed"))
    out = [
        "## Messages\n",
        f"{known}. Keys are those of [sources](../sources.md).\n",
        "| message | evidence | source |",
        "|---|---|---|",
    ]
    for text in TEXTS.values():
        out.append(f"| `{text.id} {text.words}` | {text.evidence} | {text.source} |")
    return out


def main(arguments: list[str]) -> int:
    """Write the page."""
    Path(arguments[0]).write_text(page())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
