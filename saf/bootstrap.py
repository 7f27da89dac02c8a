"""What a new security database holds: user IBMUSER and group SYS1, as RACF's initialisation (IRRMIN00) leaves them.

Source: [RACFSPG] IRRMIN00; IBMUSER has SPECIAL and OPERATIONS and is connected to SYS1, SYSCTLG and VSAMDSET. Here it
also gets UID 0 and a password that is not expired, since whoever starts a test system wants to sign on, and the two classes
that refuse what no profile covers get a profile that lets IBMUSER through.
"""

from __future__ import annotations

from collections.abc import Iterable

from saf.access import Access
from saf.context import Context
from saf.passwords import hashed
from saf.profiles import Connection, Group, Omvs, Profile, User

IBMUSER = "IBMUSER"
SYS1 = "SYS1"


def bootstrap(context: Context, password: str) -> bool:
    """Fill an empty database; tell whether it was empty."""
    today = context.today
    with context.database.read() as tables:
        if tables.user(IBMUSER) or tables.users():
            return False
    kept = hashed(password.upper(), context.options.scrypt, context.options.random)
    with context.database.change() as change:
        if change.users():
            return False  # another process was faster
        change.put_group(Group(SYS1, IBMUSER, "", today, gid=0))
        for name in ("SYSCTLG", "VSAMDSET"):
            change.put_group(Group(name, IBMUSER, SYS1, today))
        omvs = Omvs(0, "/u/ibmuser", "/bin/sh")
        user = User(IBMUSER, "", IBMUSER, SYS1, today, special=True, operations=True, password_date=today, omvs=omvs)
        change.put_user(user, password=kept, password_as_is=False)
        for name in (SYS1, "SYSCTLG", "VSAMDSET"):
            change.put_connection(Connection(IBMUSER, name, IBMUSER, today, authority="JOIN"))
        for saf_class, name, held in (("JESSPOOL", "**", Access.ALTER), ("SURROGAT", "*.SUBMIT", Access.READ)):
            change.put_profile(Profile(saf_class, name, True, IBMUSER, Access.NONE, today, access_list={IBMUSER: held}))
    return True


def protect(context: Context, names: Iterable[str]) -> None:
    """Define DATASET profiles with UACC(READ) for `names`, apart from those that are defined already."""
    with context.database.change() as change:
        for name in names:
            generic = "*" in name
            if change.profile("DATASET", name, generic=generic) is None:
                change.put_profile(Profile("DATASET", name, generic, IBMUSER, Access.READ, context.today))
