"""TSO commands of a client that runs in a job: those of IKJEFT01, for the user of the job, with their output in the dialogue.

Source: [UG] "TSO subcommand".
Rules: what a command allocates stays for the next one. Commands have no further input.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jes.errors import Abend
from jes.stepcontext import StepContext
from jes.utilities.tso.calls import CommandAbend
from jes.utilities.tso.ikjeft01 import execute
from jes.utilities.tso.session import TsoSession
from zftpd.client.codes import ClientError
from zftpd.client.errors import SubcommandFailed


@dataclass
class ShownSession(TsoSession):
    """A TSO session whose output is shown line by line."""

    show: Callable[[str], None] = print

    def put(self, *lines: str) -> None:
        """Show lines."""
        for line in lines:
            self.show(line)


def runner(step: StepContext, show: Callable[[str], None]) -> Callable[[str], int]:
    """Return what runs a TSO command of the step and returns its code. It raises SubcommandFailed for one that abends."""
    session = ShownSession(step, None, step.userid, show=show)

    def run(text: str) -> int:
        try:
            return execute(text, session)
        except (CommandAbend, Abend) as error:
            name = text.split(maxsplit=1)[0].upper()
            raise SubcommandFailed(ClientError.CLIENT, "tso-abend", name=name, reason=error) from error

    return run
