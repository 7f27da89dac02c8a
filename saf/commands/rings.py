"""RACDCERT ADDRING, DELRING, LISTRING, CONNECT and REMOVE.

Source: [RACFCL]; pages 36 and 59 of the source document.
"""

from __future__ import annotations

from sqlalchemy import delete as sql_delete
from sqlalchemy import func, insert, select, update

from saf.commands import certowner as common
from saf.commands.operands import Keyword, Operands, Takes, plain, valued
from saf.commands.run import Run
from saf.digtcert import certificate, display
from saf.digtcert.certificate import CERTAUTH, SITE, Stored, whose
from saf.digtcert.ringdata import entries_of
from saf.errors import OperandError
from saf.schema import RING_ENTRIES, RINGS

RING_NAME_MAX = 237
_USAGES = ("PERSONAL", "CERTAUTH", "SITE")
_WHICH = (*common.OWNER_KEYWORDS, *common.WHICH_KEYWORDS, *valued("RING"))
KEYWORDS = (
    *valued("ADDRING", "DELRING", "LISTRING", "RING", "USAGE"),
    *plain("DEFAULT"),
    Keyword("CONNECT", Takes.FIELDS, (*_WHICH, *valued("USAGE"), *plain("DEFAULT"))),
    Keyword("REMOVE", Takes.FIELDS, _WHICH),
)


def _ring_owner(run: Run, operands: Operands, function: str) -> str:
    owner = common.owner(run, operands)
    if owner in (CERTAUTH, SITE):
        raise OperandError("keyword", whose(owner))
    common.authorize(run, function, owner)
    return owner


def addring(run: Run, operands: Operands) -> int:
    """ADDRING: make an empty ring."""
    owner = _ring_owner(run, operands, "ADDRING")
    name = operands.value("ADDRING")
    if not 1 <= len(name) <= RING_NAME_MAX or name == "*":
        raise OperandError("invalid", name, "RING NAME")
    if certificate.has_ring(run.change, owner, name):
        raise run.refuse("IRRD122I", ring=name)
    run.change.sql.execute(insert(RINGS).values(owner=owner, name=name, created=run.today))
    return 0


def delring(run: Run, operands: Operands) -> int:
    """DELRING: delete a ring; its certificates stay."""
    owner = _ring_owner(run, operands, "DELRING")
    name = operands.value("DELRING")
    if not run.change.remove(RINGS, owner, name):
        raise run.refuse("IRRD114I", ring=name)
    place = (RING_ENTRIES.c.owner == owner) & (RING_ENTRIES.c.ring == name)
    run.change.sql.execute(sql_delete(RING_ENTRIES).where(place))
    return 0


def listring(run: Run, operands: Operands) -> int:
    """LISTRING: show a ring, or with `*` all rings of a user."""
    owner = _ring_owner(run, operands, "LISTRING")
    wanted = operands.value("LISTRING")
    query = select(RINGS.c.name).where(RINGS.c.owner == owner).order_by(RINGS.c.name)
    names = [row.name for row in run.change.sql.execute(query)]
    if wanted == "*":
        if not names:
            raise run.refuse("IRRD115I", whose=f"User {owner}")
    elif wanted in names:
        names = [wanted]
    else:
        raise run.refuse("IRRD114I", ring=wanted)
    run.show(f"Digital ring information for user {owner}:")
    for name in names:
        run.show("", *display.ring_lines(name, entries_of(run.change, owner, name)))
    run.show("")
    return 0


def _place(run: Run, operands: Operands, function: str) -> tuple[str, str, Stored, Operands]:
    """Return ring owner, ring and certificate of CONNECT or REMOVE.

    RING, USAGE and DEFAULT belong inside the parentheses; page 36 of the source document has them outside, which does as well.
    """
    owner = _ring_owner(run, operands, function)
    inner = operands.fields(function)
    ring = inner.value("RING", operands.value("RING"))
    if not ring:
        raise run.refuse("IRRD121I")
    if not certificate.has_ring(run.change, owner, ring):
        raise run.refuse("IRRD114I", ring=ring)
    stored = common.chosen(run, common.owner(run, inner, owner), inner)
    return owner, ring, stored, inner


def connect(run: Run, operands: Operands) -> int:
    """CONNECT: put a certificate on a ring, or change how it is connected."""
    owner, ring, stored, inner = _place(run, operands, "CONNECT")
    own_usage = {CERTAUTH: "CERTAUTH", SITE: "SITE"}.get(stored.owner, "PERSONAL")
    usage = inner.value("USAGE", operands.value("USAGE", own_usage)).upper()
    if usage not in _USAGES:
        raise OperandError("invalid", usage, "USAGE")
    if usage != own_usage:
        # To make a certificate an authority, or to use an authority's key as a user's, is the authority's administrator's to do.
        common.authorize(run, "CONNECT", CERTAUTH)
    elif stored.owner not in (owner, run.acee.userid, CERTAUTH, SITE):
        common.authorize(run, "CONNECT", stored.owner)
    is_default = "DEFAULT" in inner or "DEFAULT" in operands
    entries = RING_ENTRIES.c
    on_ring = (entries.owner == owner) & (entries.ring == ring)
    if is_default:
        run.change.sql.execute(update(RING_ENTRIES).where(on_ring).values(is_default=False))
    place = int(run.change.sql.execute(select(func.max(entries.place)).where(on_ring)).scalar() or 0) + 1
    run.change.remove(RING_ENTRIES, owner, ring, stored.id)
    values = {"owner": owner, "ring": ring, "certificate": stored.id, "place": place, "usage": usage, "is_default": is_default}
    run.change.sql.execute(insert(RING_ENTRIES).values(**values))
    return 0


def remove(run: Run, operands: Operands) -> int:
    """REMOVE: take a certificate off a ring."""
    owner, ring, stored, _ = _place(run, operands, "REMOVE")
    if not run.change.remove(RING_ENTRIES, owner, ring, stored.id):
        raise run.refuse("IRRD116I", label=stored.label, ring=ring, owner=owner)
    return 0
