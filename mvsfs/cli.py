"""The `mvsfs` command: look into a store and change it without a server.

Rules: names that begin with `/` are z/OS UNIX paths, everything else is a dsname, `DSNAME(MEMBER)` or mask, in any case and
with or without quotes. The store is the server's unless --store names another.
"""

from __future__ import annotations

import signal
from datetime import datetime
from typing import Annotated

import typer

from mvsfs import cli_data, cli_exchange, cli_list, cli_manage
from mvsfs.access import OpenGuard, Requester
from mvsfs.cli_output import explained
from mvsfs.paths import STORE_VARIABLE, store_url
from mvsfs.storage.options import StoreOptions
from mvsfs.system import Mvs

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

StoreOption = Annotated[
    str | None,
    typer.Option("--store", envvar=STORE_VARIABLE, help="Folder or address of the store.", show_default=False),
]
UserOption = Annotated[str, typer.Option("--user", help="User who acts: owner of new files, name in statistics.")]


@app.callback()
def main_options(context: typer.Context, store: StoreOption = None, user: UserOption = "IBMUSER") -> None:
    """Data sets and z/OS UNIX files of a store."""

    def opened() -> tuple[Mvs, Requester]:
        with explained():
            mvs = Mvs.open(
                store_url(store),
                now=lambda: datetime.now().astimezone(),
                guard=OpenGuard(),
                options=StoreOptions(accounted=False),
            )
        context.call_on_close(mvs.close)
        return mvs, Requester(user.upper(), jobname="MVSFS")

    context.obj = opened


for name, command in (*cli_list.COMMANDS, *cli_data.COMMANDS, *cli_manage.COMMANDS, *cli_exchange.COMMANDS):
    app.command(name)(command)


def main() -> None:
    """Run the command; a reader that has seen enough (`| head`) ends it silently."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    app()


if __name__ == "__main__":
    main()
