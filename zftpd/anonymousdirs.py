"""`zftpd anonymous-directories`: the directories in which anonymous users are shut in, and the user they run as.

Source: page 12 of the source document ("use the supplied shell script to build a specific z/OS UNIX file system directory
structure for anonymous access"); [CG] "Setting up the anonymous directory structure". The names pub, incoming and extract are the
script's [known], the permissions too: incoming takes files and shows none, extract gives files to those who know their names.
Rules: everything belongs to the superuser, so that anonymous users change nothing but what they store. What is there already
stays and gets the permissions again.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from mvsfs.access import Requester
from mvsfs.errors import MvsError
from mvsfs.paths import store_url
from zftpd.anonymous import DEFAULT_USERID

if TYPE_CHECKING:
    from mvsfs.system import Mvs
    from saf.system import Saf

#: Directories below the home directory and their permissions; '' is the home directory itself.
DIRECTORIES: tuple[tuple[str, int], ...] = (("", 0o555), ("/pub", 0o755), ("/incoming", 0o733), ("/extract", 0o711))
STATEMENTS = """ANONYMOUS             {userid}/SURROGATE
ANONYMOUSLEVEL        3
ANONYMOUSFILEACCESS   HFS
ANONYMOUSFILETYPESEQ  TRUE
ANONYMOUSFILETYPEJES  FALSE
ANONYMOUSFILETYPESQL  FALSE
ANONYMOUSHFSDIRMODE   333
ANONYMOUSHFSFILEMODE  000
STARTDIRECTORY        HFS"""


def prepare(mvs: Mvs, saf: Saf, userid: str, home: str) -> Iterator[str]:
    """Make the user and the directories, and say what was made. Raises MvsError, ValueError."""
    if userid not in saf.snapshot().users:
        command = f"ADDUSER {userid} NAME('ANONYMOUS FTP') NOPASSWORD RESTRICTED OMVS(AUTOUID HOME('{home}'))"
        done = saf.command(saf.operator(), command)
        if done.rc:
            raise ValueError("; ".join(done.lines))
        yield f"{userid:<24} user, protected and restricted"
    root = Requester(saf.operator().userid, token=saf.operator())
    for parent in _parents(home):
        if not _is_there(mvs, parent, root):
            mvs.unix.mkdir(parent, root, mode=0o755)
    for below, mode in DIRECTORIES:
        path = home + below
        if not _is_there(mvs, path, root):
            mvs.unix.mkdir(path, root, mode=mode)
        mvs.unix.chown(path, root, uid=0)
        mvs.unix.chmod(path, mode, root)
        yield f"{path:<24} {mode:03o}"


def _parents(path: str) -> list[str]:
    parts = path.strip("/").split("/")[:-1]
    return ["/" + "/".join(parts[: count + 1]) for count in range(len(parts))]


def _is_there(mvs: Mvs, path: str, who: Requester) -> bool:
    try:
        mvs.unix.stat(path, who)
    except MvsError:
        return False
    return True


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    from jes.opening import open_system

    options = _parser().parse_args(list(arguments))
    userid, home = options.userid.upper(), options.home.rstrip("/")
    mvs, saf = open_system(store_url(options.store), now=lambda: datetime.now().astimezone())
    try:
        with mvs:
            for line in prepare(mvs, saf, userid, home):
                print(line)  # noqa: T201
    except (MvsError, ValueError) as error:
        print(f"zftpd: {home}: {error}")  # noqa: T201
        return 2
    print(f"\nIn FTP.DATA:\n\n{STATEMENTS.format(userid=userid)}")  # noqa: T201
    return 0


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="zftpd anonymous-directories", description="Prepare the directories of anonymous users.")
    made.add_argument("--store", help="folder or address of the store (default: the data folder)")
    made.add_argument("--userid", default=DEFAULT_USERID, help=f"whose authority anonymous users have (default {DEFAULT_USERID})")
    made.add_argument("--home", default="/u/anonymo", help="the directory that they see as / (default /u/anonymo)")
    return made
