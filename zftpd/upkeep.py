"""What a process that serves does beside serving: it follows FTP.DATA, policy and exit files, and answers the operator.

Rules: started after the workers are forked, in each of them. Whatever fails here is told and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from zftpd.attls.netstat import answer
from zftpd.attls.pagent import PolicyAgent
from zftpd.configuration import BadConfiguration
from zftpd.exits.call import Exits
from zftpd.exits.loader import BadExit, load
from zftpd.messages import message
from zftpd.net.daemon import Daemon
from zftpd.net.operatorsocket import OperatorSocket
from zftpd.operator import OperatorCommands, SessionRow, row_of
from zftpd.params.settings import Settings
from zftpd.reload import Reload


class Upkeep:
    """The upkeep of one process."""

    def __init__(
        self,
        daemon: Daemon,
        exits: Exits,
        *,
        console: Callable[[str], None],
        config: Path | None = None,
        read: Callable[[], Settings],
        specs: tuple[str, ...] = (),
        operator: Path | None = None,
        jes: Callable[[str], list[str]] = lambda _text: [],
        agent: PolicyAgent | None = None,
        follow: bool = True,
    ) -> None:
        """Serve the daemon. `read` reads FTP.DATA anew; `operator` is the folder of the control socket, None for none;
        `jes` answers for JES in the process that has the initiators; `agent` reads the AT-TLS policy, at once when it changes
        where it is to `follow`.
        """
        self._daemon, self._exits, self._console = daemon, exits, console
        self._config, self._read, self._specs = config, read, specs
        self._agent, self._policy = agent, agent.path.resolve() if agent is not None and follow else None
        self._files = [*([config] if config else []), *([self._policy] if self._policy else []), *exits.files]
        self._reload = Reload(self._files, self._changed) if self._files else None
        commands = OperatorCommands(
            lambda: daemon.facts.settings,
            daemon.use,
            self._rows,
            self.read_again,
            lambda text: answer(text, daemon.sessions),
            jes,
            *([agent.modified] if agent is not None else []),
        )
        self._socket = OperatorSocket(operator, commands.run) if operator is not None else None

    def start(self) -> None:
        """Begin."""
        for part in (self._reload, self._socket):
            if part is not None:
                part.start()

    def stop(self) -> None:
        """End."""
        for part in (self._socket, self._reload):
            if part is not None:
                part.stop()

    def read_again(self) -> list[str]:
        """Read FTP.DATA anew and return what there is to say."""
        if self._config is None:
            return [message("operator.reload")]
        try:
            self._daemon.use(self._read())
        except (BadConfiguration, OSError, UnicodeDecodeError) as error:
            return [message("ftpdata.kept", name=self._config.name, reason=error)]
        return [message("ftpdata.reloaded", name=self._config.name)]

    def catch_up(self) -> None:
        """Take over what has changed before this process was made from an older state."""
        if self._reload is not None:
            self._changed({path.resolve() for path in self._files})

    def _changed(self, files: set[Path]) -> None:
        """Take over what has changed."""
        if self._config is not None and self._config.resolve() in files:
            for line in self.read_again():
                self._console(line)
        if self._agent is not None and self._policy in files:
            for line in self._agent.refresh():
                self._console(line)
        if files & {path.resolve() for path in self._exits.files}:
            self._load_exits()

    def _load_exits(self) -> None:
        try:
            self._exits.replace(load(self._specs))
        except BadExit as error:
            self._console(message("exit.kept", point=error.spec.partition("=")[0], reason=error.reason))
            return
        for point, source in self._exits.sources.items():
            self._console(message("exit.reloaded", point=point, source=source))

    def _rows(self) -> list[SessionRow]:
        return [row_of(session) for session in self._daemon.sessions]
