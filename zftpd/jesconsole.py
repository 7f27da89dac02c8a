"""JES2 commands of the operator, and the levers of the job clock for tests that have the server in another process.

    $D I   $S I1,C=AB   $P I1   $D J12   $C J12,P   $H J12   $A J12   $T J12,PRTY=9        as jes/operator.py
    HOLD INPUT|ACTIVE [mask]     RELEASE [mask]     OUTCOME jobname RC=8|ABEND=S0C4|JCL|SECURITY|CONVERTER|SYSFAIL|CANCELED|NONE
                                                     OUTCOME jobname SECONDS=90    the first step takes so long

Not here: the socket that carries them (net/operatorsocket.py). `zftpd command` sends one.
Rules: they go to the process that has the initiators; the others answer nothing. Each is answered, also one that cannot be read.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jes.operator import command
from jes.system import Jes
from saf.system import Saf
from zftpd.messages import message

#: What an operator's line begins with when it is for JES.
VERB = "JES"
_FLAGS = {
    "JCL": "jcl_error", "SECURITY": "security", "CONVERTER": "converter", "SYSFAIL": "system_failure", "CANCELED": "canceled",
}  # fmt: skip
_ABEND = re.compile(r"S?[0-9A-F]{3}|U\d{4}")


class JesConsole:
    """Answers commands for one JES."""

    def __init__(self, jes: Jes, saf: Saf) -> None:
        """Act as the installation's operator."""
        self._jes = jes
        self._saf = saf

    def run(self, text: str) -> list[str]:
        """Return the answer to one line; nothing when it is not for JES."""
        verb, _, rest = text.strip().partition(" ")
        if verb.upper() != VERB:
            return []
        return self.answer(rest.strip())

    def answer(self, text: str) -> list[str]:
        """Return the answer to one command."""
        if text.startswith("$"):
            return command(self._jes, self._saf.operator(), text)
        words = text.upper().split()
        try:
            return [self._lever(words[0], words[1:])]
        except (LookupError, ValueError):
            return [message("operator.jes", text=text or "nothing")]

    def _lever(self, verb: str, words: list[str]) -> str:
        control = self._jes.control
        if verb == "HOLD":
            mask = words[1] if len(words) > 1 else "*"
            control.hold_in(words[0], mask)
            return message("operator.jes.hold", mask=mask, state=words[0])
        if verb == "RELEASE":
            control.release(words[0] if words else None)
            return message("operator.jes.release", mask=words[0] if words else "*")
        if verb != "OUTCOME":
            raise ValueError(verb)
        jobname, *end = words[0], words[1], *words[2:]
        control.outcome(jobname, **{name: value for word in end for name, value in _outcome(word).items()})
        return message("operator.jes.outcome", jobname=jobname, outcome=" ".join(end))


def _outcome(word: str) -> dict[str, Any]:
    """Return what one word means to `Control.outcome`. Raises ValueError, KeyError."""
    keyword, _, value = word.partition("=")
    if word == "NONE":
        return {}
    if keyword == "RC":
        return {"rc": int(value)}
    if keyword == "SECONDS":
        return {"seconds": float(value)}
    if keyword == "ABEND":
        if not _ABEND.fullmatch(value):
            raise ValueError(word)
        return {"abend": value}
    return {_FLAGS[word]: True}


def main(arguments: Sequence[str]) -> int:
    """`zftpd command '$D I'`: give a command to the JES of the running server."""
    from zftpd.operator import ask_server

    made = argparse.ArgumentParser(prog="zftpd command", description="Give the JES of a running server a command.")
    made.add_argument("--socket", type=Path, help="control socket of the server (default: the one in the data folder)")
    made.add_argument("command", nargs="+", help="'$D I', '$S I1,C=AB', HOLD ACTIVE PAY*, RELEASE, OUTCOME PAY ABEND=S0C7")
    options = made.parse_args(list(arguments))
    answers = ask_server(options.socket, f"{VERB} {' '.join(options.command)}")
    for line in answers or ():
        print(line)  # noqa: T201
    failed = any(line.startswith("$HASP003") or line.partition(" ")[0].endswith("E") for line in answers or ())
    return 1 if answers is None or failed else 0
