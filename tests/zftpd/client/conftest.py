"""A client over lists instead of a terminal."""

from __future__ import annotations

import pytest

from zftpd.client.host_files import HostFiles
from zftpd.client.interpreter import run
from zftpd.client.state import Client, Console
from zftpd.params.defaults import changed, defaults


@pytest.fixture
def zftp(tmp_path):
    """Run subcommands and return what the client showed and its code: zftp(["dir"], port=2121, fwfriendly=True).

    Names of the client's own attributes (exit_on_error, policy, netrc ...) are taken for those, others for settings.
    """

    def session(lines, port, host="127.0.0.1", local=None, **given):
        shown = []
        left = iter(lines)
        own = {name: given.pop(name) for name in list(given) if name in Client.__dataclass_fields__}
        client = Client(
            console=Console(show=shown.append, read=lambda _: next(left, None), read_hidden=lambda _: next(left, None)),
            local=local or HostFiles(tmp_path),
            settings=changed(defaults(), {"fwfriendly": True, "datacttime": 10, "myopentime": 10, **given}),
            userid="USER1",
            **own,
        )
        code = run(client, host, port)
        return shown, code

    return session
