"""What ends a subcommand of the client early."""

from __future__ import annotations

from zftpd.client.codes import ClientError


class SubcommandFailed(Exception):
    """The subcommand cannot go on. `key` and `facts` name the message; `error` is the client error number."""

    def __init__(self, error: ClientError, key: str = "", **facts: object) -> None:
        super().__init__(key)
        self.error = error
        self.key = key
        self.facts = facts


class ServerRefused(Exception):
    """The server answered 4yz or 5yz; its words were already shown."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class ConnectionLost(Exception):
    """The control connection ended or broke, or cannot be understood any more. `error` is the client error number."""

    def __init__(self, reason: str, error: ClientError = ClientError.SESSION) -> None:
        super().__init__(reason)
        self.error = error


def timed(error: Exception, otherwise: ClientError) -> ClientError:
    """Return the client error number of an error of a connection: that of a timeout, or `otherwise`."""
    return ClientError.TIMEOUT if isinstance(error, TimeoutError) else otherwise
