"""MVSGET and MVSPUT: copy a data set, sequential or partitioned, with its attributes.

Source: [UG] "MVSGet subcommand", "MVSPut subcommand": MVSGET is LOCSITE and GET, or LOCSITE, LMKDIR and MGET *; MVSPUT is SITE
and PUT, or SITE, MKDIR and MPUT *. XDSS tells a remote data set's attributes as the words of a SITE.
Rules: the copy goes in TYPE E and MODE B [assumed], which keep every record as it is; what was set before is set again. A data
set that is there already is only replaced with (REALLOCATE.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from zftpd.client.codes import ClientError
from zftpd.client.errors import ServerRefused, SubcommandFailed
from zftpd.client.local import simple_name
from zftpd.client.local_store import StoreFiles
from zftpd.client.moving import fetch, send
from zftpd.client.state import Client
from zftpd.client.subcommands.row import Subcommand
from zftpd.client.subcommands.transfer import remote_names
from zftpd.params.site import apply


def mvsget(client: Client, words: list[str], _text: str) -> None:
    """Copy a remote data set to a local one like it."""
    remote, local, reallocate = _names(client, words, "mvsget remote [local] [(REALLOCATE]")
    store = _store(client, "MVSGET")
    attributes = _remote_attributes(client, remote)
    if store.exists(local):
        if not reallocate:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "exists", name=local)
        store.delete(local)
    kept = client.settings
    try:
        client.settings = apply(" ".join(attributes), kept).settings
        listed = remote_names(client, _member(remote, "*")) if _is_partitioned(attributes) else None
        members = listed and [simple_name(name) for name in listed]
        with _as_records(client):
            if listed is None:
                fetch(client, remote, local, replace=True)
                return
            store.make_directory(local, client.settings)
            for name in members or ():
                fetch(client, _member(remote, name), _member(local, name), replace=True)
    finally:
        client.settings = kept


def mvsput(client: Client, words: list[str], _text: str) -> None:
    """Copy a local data set to a remote one like it."""
    local, remote, reallocate = _names(client, words, "mvsput local [remote] [(REALLOCATE]")
    store = _store(client, "MVSPUT")
    attributes = store.attributes(local)
    if _is_there(client, remote):
        if not reallocate:
            raise SubcommandFailed(ClientError.FILE_ACCESS, "exists", name=remote)
        client.exchange(f"DELE {remote}")
    client.exchange(f"SITE {' '.join(attributes)}")
    with _as_records(client):
        if _is_partitioned(attributes):
            client.exchange(f"MKD {remote}")
            for name in store.names(_member(local, "*")):
                send(client, name, _member(remote, name.rstrip("')").rpartition("(")[2]), "STOR", announce=False)
        else:
            send(client, local, remote, "STOR", announce=False)


def _names(client: Client, words: list[str], usage: str) -> tuple[str, str, bool]:
    """Return source, target and whether (REALLOCATE was given."""
    client.connected()
    plain = [word for word in words if not word.startswith("(")]
    options = [word.strip("()").upper() for word in words if word.startswith("(")]
    bad = [option for option in options if not (len(option) >= len("REA") and "REALLOCATE".startswith(option))]
    if not 1 <= len(plain) <= 2 or bad:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage=usage)
    return plain[0], plain[-1], bool(options)


def _store(client: Client, name: str) -> StoreFiles:
    if not isinstance(client.local, StoreFiles):
        raise SubcommandFailed(ClientError.INVALID_ENVIRONMENT, "needs-data-sets", name=name)
    return client.local


def _remote_attributes(client: Client, remote: str) -> list[str]:
    """Return what XDSS says of a remote data set, as words of LOCSITE."""
    words = client.exchange(f"XDSS {remote}").text.split()
    return words[words.index("SITE") + 1 :] if "SITE" in words else words


def _is_there(client: Client, remote: str) -> bool:
    try:
        client.exchange(f"XDSS {remote}")
    except ServerRefused:
        return False
    return True


def _is_partitioned(attributes: list[str]) -> bool:
    return any(word.upper().startswith("PDSTYPE=") for word in attributes)


def _member(dataset: str, member: str) -> str:
    """Return the name of a member: `'A.B'` and M give `'A.B(M)'`."""
    return f"{dataset[:-1]}({member})'" if dataset.endswith("'") else f"{dataset}({member})"


@contextmanager
def _as_records(client: Client) -> Iterator[None]:
    """Transfer in TYPE E and MODE B for a while."""
    before = client.wire
    client.exchange("TYPE E")
    client.exchange("MODE B")
    client.set_wire(type="E", form="N", mode="B")
    try:
        yield
    finally:
        if client.control is not None:
            client.exchange(f"MODE {before.mode}")
            client.exchange(f"TYPE {before.type}{' ' + before.form if before.type in 'BFU' else ''}")
            client.set_wire(type=before.type, form=before.form, mode=before.mode)


SUBCOMMANDS = (
    Subcommand("mvsget", 4, mvsget, "mvsget remote [local] [(REALLOCATE]", "Fetch a data set with its attributes."),
    Subcommand("mvsput", 4, mvsput, "mvsput local [remote] [(REALLOCATE]", "Store a data set with its attributes."),
)
