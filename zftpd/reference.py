"""Makes the pages of docs/reference from the tables: every parameter, what works of everything there is, what we assume.

Usage: python -m zftpd.reference docs/reference

Rules: pages are never edited by hand; a test demands that they are current. What has no effect here is said to have none.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from jes.utilities.dfsort.messages import ROWS as DFSORT
from jes.utilities.idcams.texts import ROWS as IDCAMS
from jes.utilities.texts.row import shown
from jes.utilities.texts.table import ROWS as UTILITIES
from zftpd.attls.statements import STATEMENTS
from zftpd.client.interpreter import TABLE as SUBCOMMANDS
from zftpd.client.texts import MESSAGES as CLIENT_MESSAGES
from zftpd.exits.call import OUTCOME, SAFE
from zftpd.exits.points import POINTS
from zftpd.messages import MESSAGES
from zftpd.params import allocation, anonymous, clientonly, codesets, jobs, security, server, transfer
from zftpd.params.explain import default_text
from zftpd.params.help import ACTIONS, usages
from zftpd.params.notes import NOTES
from zftpd.params.param import Param, Where
from zftpd.params.statlines import LINES
from zftpd.params.table import PARAMS
from zftpd.protocol.wording import TEXTS
from zftpd.verbs import VERBS

NOTE = "<!-- made by `python -m zftpd.reference docs/reference`; do not edit -->\n"
SUBJECTS = (
    ("New data sets", allocation),
    ("Transfers, listings, z/OS UNIX files", transfer),
    ("Jobs", jobs),
    ("Translation and extensions", codesets),
    ("Security, login, addresses", security),
    ("Anonymous logins", anonymous),
    ("The server itself", server),
    ("The client", clientonly),
)
DONE, PARTLY, ACKNOWLEDGED, REFUSED = "done", "partly", "acknowledged only", "refused"
#: Commands that are known but do less than their name says.
COMMAND_LIMITS = {
    "ADAT": (REFUSED, "there is no Kerberos"),
    "ALLO": (ACKNOWLEDGED, "space comes from SITE, as on z/OS"),
    "ACCT": (REFUSED, "as on z/OS"),
    "SMNT": (REFUSED, "as on z/OS"),
}
#: Subcommands of the client that do less than the manual says.
SUBCOMMAND_LIMITS = {
    "!": (PARTLY, "not in a job and not over a store: there is no shell there"),
    "auth": (PARTLY, "there is no Kerberos"),
    "cprotect": (PARTLY, "there is no Kerberos: under TLS commands are private, never only safe"),
    "debug": (PARTLY, "the wordings of traces are our own"),
    "dump": (PARTLY, "any ID shows the control connection: there is no storage to show"),
    "proxy": (PARTLY, "not under PROT P"),
    "safe": (PARTLY, "servers refuse PROT S under TLS"),
    "tso": (PARTLY, "in a job, the commands of IKJEFT01"),
}


def parameters() -> str:
    """Return the page of all parameters."""
    out = [NOTE, "# Parameters\n"]
    out.append(
        "Every statement of FTP.DATA and every parameter of SITE. Capitals are the least abbreviation that SITE takes. "
        "*Evidence* says whether a wording or rule was seen in a capture or manual, is known, or is assumed; keys are those of "
        "[sources](../sources.md).\n"
    )
    for title, module in SUBJECTS:
        out += [
            f"## {title}\n",
            "| FTP.DATA | SITE | values | default | who | what it does | evidence |",
            "|---|---|---|---|---|---|---|",
        ]
        out += [_row(param) for param in module.PARAMS]
        out.append("")
    out += ["## SITE words that act\n", "| SITE | what it does |", "|---|---|"]
    out += [f"| `{_cell(usage)}` | {_cell(text)} |" for usage, text in ACTIONS]
    return "\n".join(out) + "\n"


def coverage() -> str:
    """Return the page that says of everything whether it works."""
    out = [
        NOTE,
        "# What works\n",
        "*done*: it has its effect. *partly*: but for what is said. *acknowledged only*: taken, kept and shown, ",
    ]
    out[-1] += "without effect. *refused*: answered in the words of z/OS.\n"
    for title, rows in (
        ("FTP commands", _commands()),
        ("Parameters", _parameters()),
        ("User exits", _exits()),
        ("AT-TLS policies", _policies()),
        ("Subcommands of the client", _subcommands()),
    ):
        found = list(rows)
        out += [f"## {title}\n", _count(found), "| what | state | remark |", "|---|---|---|"]
        out += [f"| `{_cell(name)}` | {state} | {_cell(remark)} |" for name, state, remark in found]
        out.append("")
    return "\n".join(out).rstrip() + "\n"


def state_of(param: Param) -> tuple[str, str]:
    """Return whether a parameter works, and what there is to say."""
    if not param.limit:
        return DONE, ""
    if param.limited is not None:
        return PARTLY, param.limit
    return (REFUSED if "refused" in param.limit else ACKNOWLEDGED), param.limit


def _row(param: Param) -> str:
    who = [word for flag, word in ((Where.SERVER, "server"), (Where.CLIENT, "client")) if param.where & flag]
    statement = f"`{param.name}`" if who else ""
    site = " ".join(f"`{_cell(usage)}`" for usage in usages(param))
    text = param.help + (f" *{param.limit}*" if param.limit else "")
    cells = (statement, site, _cell(param.kind.allowed), f"`{_cell(default_text(param))}`", ", ".join(who), _cell(text),
             f"{param.evidence} [{param.source}]")  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _count(rows: list[tuple[str, str, str]]) -> str:
    counts = {state: sum(each == state for _, each, _ in rows) for state in (DONE, PARTLY, ACKNOWLEDGED, REFUSED)}
    return ", ".join(f"{count} {state}" for state, count in counts.items() if count) + f", of {len(rows)}.\n"


def _commands() -> Iterator[tuple[str, str, str]]:
    for verb, row in sorted(VERBS.items()):
        state, remark = COMMAND_LIMITS.get(row.verb, (DONE if row.implemented else REFUSED, ""))
        yield verb, state, remark or ("" if verb == row.verb else f"the same as {row.verb}")


def _subcommands() -> Iterator[tuple[str, str, str]]:
    for row in sorted(SUBCOMMANDS, key=lambda each: each.name):
        yield (row.usage, *SUBCOMMAND_LIMITS.get(row.name, (DONE, "")))


def _parameters() -> Iterator[tuple[str, str, str]]:
    for param in sorted(PARAMS, key=lambda each: each.name):
        if param.where != Where.CLIENT:
            yield (param.name, *state_of(param))


def _exits() -> Iterator[tuple[str, str, str]]:
    for point in POINTS:
        yield point, DONE, f"an exit that fails is taken as {OUTCOME[SAFE[point]]}"


def _policies() -> Iterator[tuple[str, str, str]]:
    for statement in STATEMENTS:
        for name, spec in statement.parameters.items():
            state = (PARTLY if spec.partly else ACKNOWLEDGED) if spec.limit else DONE
            yield f"{statement.keyword} {name}", state, spec.limit


def evidence() -> str:
    """Return the page of every wording that is assumed: what to ask of somebody with a real system."""
    tables = (
        ("Replies", [(f"{row.code} {row.words}", row.evidence, row.source) for row in TEXTS.values()]),
        ("Lines of SITE", [(row.text, row.evidence, row.source) for row in NOTES.values()]),
        ("Lines of STAT", [(", ".join(line.shows).upper(), line.evidence, line.source) for line in LINES if line.shows]),
        ("Messages", [(row.words, row.evidence, row.source) for row in MESSAGES.values()]),
        ("Messages of the client", [(f"{row.id} {row.template}", row.evidence, "UG") for row in CLIENT_MESSAGES.values()]),
        ("Parameters", [(param.name, param.evidence, param.source) for param in PARAMS]),
        ("Messages of DFSORT", [(f"{key} {row.words}", row.evidence, "DFSORT") for key, row in DFSORT.items()]),
        ("Messages of IDCAMS", [(shown(key, row), row.evidence, row.source) for key, row in IDCAMS.items()]),
        (
            "Messages of the other utilities",
            [(shown(key, row).strip(), row.evidence, row.source) for key, row in UTILITIES.items()],
        ),
    )
    out = [
        NOTE,
        "# What we assume\n",
        "Every wording and rule has its evidence: seen in a capture or manual, known, or assumed. These are ",
    ]
    out[-1] += (
        "assumed. Whoever has a real system may correct them: a text in its table, or in a persona file without touching code.\n"
    )
    for title, rows in tables:
        assumed = [(text, source) for text, mark, source in rows if mark == "assumed"]
        counts = ", ".join(f"{sum(mark == each for _, mark, _ in rows)} {each}" for each in ("seen", "known", "assumed"))
        out += [f"## {title}\n", counts + ".\n", "| what | by analogy with |", "|---|---|"]
        out += [f"| `{_cell(text.replace(chr(10), ' / '))}` | {_cell(source)} |" for text, source in assumed]
        out.append("")
    return "\n".join(out).rstrip() + "\n"


PAGES = {"parameters.md": parameters, "coverage.md": coverage, "evidence.md": evidence}


def main(folder: Path) -> None:
    """Write the pages into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
