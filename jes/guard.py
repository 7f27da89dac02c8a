"""SafGuard: the security database answers the permission questions of data sets and z/OS UNIX files.

Rules: this adapter is the only place where mvsfs and saf meet. `Requester.token` is the Acee; without one the user's facts
are taken from the database, and a user that is not defined has no access at all.
"""

from __future__ import annotations

import re
from functools import partial

from mvsfs.access import Access, Requester, UnixIdentity, UnixRefusal
from saf.access import Access as SafAccess
from saf.errors import SafError
from saf.profiles import Acee, FileRefusal
from saf.system import Saf

_TEMPORARY = re.compile(r"SYS\d{5}\.T\d{6}\.RA000\.")
#: The default UID and GID of a user without an OMVS segment: nobody's (BPX.UNIQUE.USER is not active).
_NOBODY = 65534
_SEARCH = 1


class SafGuard:
    """Fulfils mvsfs.access.Guard."""

    def __init__(self, saf: Saf) -> None:
        """Ask `saf`."""
        self._saf = saf

    def may_access(self, who: Requester, dsname: str, wanted: Access, *, volser: str = "", new: bool = False) -> bool:
        """Tell whether the user may have this access to the data set; a new one is asked for as ALTER by the caller."""
        acee = self._acee(who)
        if acee is None:
            return False
        if _TEMPORARY.match(dsname) and dsname.split(".")[3:4] == [who.jobname]:
            return True  # a job's temporary data sets are its own
        if new:
            return self._saf.may_create(acee, dsname, volser=volser)
        return self._saf.auth(acee, "DATASET", dsname, SafAccess(int(wanted)), volser=volser).allowed

    def unix_identity(self, who: Requester) -> UnixIdentity:
        """Return UID, GIDs and home of the user."""
        acee = self._acee(who)
        if acee is None or acee.uid is None:
            nobody = acee or Acee(who.userid, "")
            refused = partial(self._refused, nobody, _NOBODY, _NOBODY)
            return UnixIdentity(uid=_NOBODY, gid=_NOBODY, groups=frozenset(), home="/", refused=refused)
        gid = acee.gid if acee.gid is not None else _NOBODY
        refused = partial(self._refused, acee, acee.uid, gid)
        return UnixIdentity(uid=acee.uid, gid=gid, groups=acee.gids | {gid}, home=acee.home or "/", refused=refused)

    def _refused(self, acee: Acee, uid: int, gid: int, facts: UnixRefusal) -> None:
        """Tell of a refusal by permission bits (DIRSRCH, DIRACC, FSOBJ) or ownership (FSSEC)."""
        search_only = facts.wanted == _SEARCH
        of_bits = "FSOBJ" if not facts.directory else "DIRSRCH" if search_only else "DIRACC"
        # To read or change a directory one searches it as well; the message tells what it is about.
        intent = facts.wanted if search_only else facts.wanted & ~_SEARCH
        file = FileRefusal(facts.call, facts.inode, intent, facts.held_by, facts.held, uid, gid)
        self._saf.refuse_file(acee, facts.path, of_bits if facts.wanted else "FSSEC", file)

    def unix_name(self, number: int, *, group: bool = False) -> str:
        """Return the name that listings show for a UID or GID."""
        return self._saf.unix_name(number, group=group) or str(number)

    def unix_number(self, name: str, *, group: bool = False) -> int | None:
        """Return the number of a user or group; digits stand for themselves."""
        return int(name) if name.isdecimal() else self._saf.unix_number(name, group=group)

    def home_of(self, userid: str) -> str | None:
        """Return the home directory of a user."""
        return self._saf.home_of(userid)

    def _acee(self, who: Requester) -> Acee | None:
        if isinstance(who.token, Acee):
            return who.token
        try:
            return self._saf.acee(who.userid)
        except SafError:
            return None
