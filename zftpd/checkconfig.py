"""`zftpd check-config FILE`: explain an FTP.DATA file statement by statement, without starting anything.

Rules: exit code 0 when every statement is understood, 1 when one is in error, 2 when there is no file. With --strict also
statements that belong to the client or have not their full effect here are errors. --client reads the client's file.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from zftpd.params.explain import complaints, explained, summary
from zftpd.params.filetext import read_text
from zftpd.params.ftpdata import FtpData, read, write
from zftpd.params.param import Where
from zftpd.protocol import persona as personas


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(list(arguments))
    try:
        text = read_text(options.file)
        persona = personas.load(options.persona)
    except (OSError, personas.UnknownPersona) as error:
        print(f"zftpd: {error}", file=sys.stderr)  # noqa: T201
        return 2
    side = Where.CLIENT if options.client else Where.SERVER
    found = read(text, str(options.file), side=side, absent=persona.absent)
    for line in _shown(found, options):
        print(line)  # noqa: T201
    return int(bool(found.diagnostics if options.strict else found.errors))


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="zftpd check-config", description="Explain an FTP.DATA file statement by statement.")
    made.add_argument("file", type=Path, help="FTP.DATA file")
    made.add_argument("--strict", action="store_true", help="nothing may be ignored or without full effect")
    made.add_argument("--client", action="store_true", help="the file is that of the FTP client")
    made.add_argument("--persona", default="", help="release whose statements are known")
    made.add_argument("--brief", action="store_true", help="only what is wrong")
    made.add_argument("--settings", action="store_true", help="all settings that result, as FTP.DATA")
    return made


def _shown(found: FtpData, options: argparse.Namespace) -> list[str]:
    """Return the lines to print."""
    if options.settings:
        side = Where.CLIENT if options.client else Where.SERVER
        return write(found.settings, side=side).splitlines()
    return [*complaints(found), summary(found)] if options.brief else list(explained(found))
