"""A file system with three users: the superuser, ANNA (uid 100, group 10) and BERT (uid 200, group 10 and 20)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from mvsfs.access import OpenGuard, Requester, UnixIdentity
from mvsfs.errors import UnixError
from mvsfs.storage.options import StoreOptions
from mvsfs.storage.store import open_store
from mvsfs.unix.files import UnixFiles

PEOPLE = {
    "IBMUSER": UnixIdentity(0, 0, frozenset({0}), "/u/ibmuser"),
    "ANNA": UnixIdentity(100, 10, frozenset({10}), "/u/anna"),
    "BERT": UnixIdentity(200, 20, frozenset({20, 10}), "/u/bert"),
    "CARL": UnixIdentity(300, 30, frozenset({30}), "/u/carl"),
}


class Town(OpenGuard):
    """Who lives here."""

    def unix_identity(self, who: Requester) -> UnixIdentity:
        return PEOPLE[who.userid]

    def unix_name(self, number: int, *, group: bool = False) -> str:
        if group:
            return {0: "SYS1", 10: "STAFF"}.get(number, str(number))
        return next((name for name, person in PEOPLE.items() if person.uid == number), str(number))


@dataclass
class Actor:
    """One user at the file system: `anna.write("/tmp/x", b"...")`."""

    files: object
    who: Requester

    def __getattr__(self, name):
        call = getattr(self.files, name)
        return lambda *args, **keys: call(*args, self.who, **keys) if name != "chmod" else call(*args, who=self.who)

    def write(self, path, data=b"", **keys):
        with self.files.open_output(path, self.who, **keys) as writer:
            writer.write(data)

    def read(self, path):
        with self.files.open_input(path, self.who) as reader:
            return reader.read()

    def chtag(self, path, codepage, **keys):
        self.files.chtag(path, codepage, self.who, **keys)

    def names(self, path):
        return [info.path.rpartition("/")[2] for info in self.files.listdir(path, self.who)]


@pytest.fixture
def errno_of():
    """The errno name that a refused call carries."""

    def refused(call, *args, **keys):
        with pytest.raises(UnixError) as caught:
            call(*args, **keys)
        return caught.value.errno_name

    return refused


@pytest.fixture
def store(clock):
    opened = open_store("memory:", now=clock, guard=Town(), sysname="MVS1", options=StoreOptions())
    yield opened
    opened.close()


@pytest.fixture
def files(store):
    return UnixFiles(store)


@pytest.fixture
def root(files):
    return Actor(files, Requester("IBMUSER"))


@pytest.fixture
def anna(files):
    files.make_home("ANNA", Requester("ANNA"))
    return Actor(files, Requester("ANNA"))


@pytest.fixture
def bert(files):
    return Actor(files, Requester("BERT"))


@pytest.fixture
def carl(files):
    return Actor(files, Requester("CARL"))
