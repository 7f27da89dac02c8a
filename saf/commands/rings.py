"""RACDCERT ADDRING, DELRING, LISTRING, CONNECT and REMOVE.

Source: [RACFCL]; pages 36 and 59 of the source document.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete as sql_delete
from sqlalchemy import func, insert, select, update

from saf.access import Access
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


@dataclass(frozen=True)
class _Place:
    """A ring and a certificate that CONNECT or REMOVE names; `own` where the ring is the issuer's, `usage` as it was given."""

    owner: str
    ring: str
    whose: str
    inner: Operands
    usage: str
    own: bool


def _place(run: Run, operands: Operands, function: str) -> _Place:
    """Return what CONNECT or REMOVE names.

    RING, USAGE and DEFAULT belong inside the parentheses; page 36 of the source document has them outside, which does as well.
    """
    owner = common.owner(run, operands)
    if owner in (CERTAUTH, SITE):
        raise OperandError("keyword", whose(owner))
    inner = operands.fields(function)
    ring = inner.value("RING", operands.value("RING"))
    if not ring:
        raise run.refuse("IRRD121I")
    usage = inner.value("USAGE", operands.value("USAGE")).upper()
    return _Place(owner, ring, common.owner(run, inner, owner), inner, usage, own=owner == run.acee.userid)


def _meant(run: Run, place: _Place) -> Stored:
    """Return the certificate of a place whose ring is there. Raises: CommandRefused."""
    if not certificate.has_ring(run.change, place.owner, place.ring):
        raise run.refuse("IRRD114I", ring=place.ring)
    return common.chosen(run, place.whose, place.inner)


def _demand_connect(run: Run, place: _Place, usage: str) -> None:
    """Check the authority that CONNECT takes. Raises: CommandRefused.

    Source: [RACFCL RACDCERT CONNECT] tables 1 and 2: to make a user's certificate an authority, or to use an authority's key as a
    user's, is for who administers authorities.
    """
    authority = place.whose in (CERTAUTH, SITE)
    if not place.own or (authority and usage == "PERSONAL"):
        level = Access.CONTROL
    else:
        level = Access.READ if place.whose == run.acee.userid else Access.UPDATE
    common.demand(run, "CONNECT", level)
    if usage != "PERSONAL" and not authority:
        common.demand(run, "ADD", Access.CONTROL)


def connect(run: Run, operands: Operands) -> int:
    """CONNECT: put a certificate on a ring, or change how it is connected."""
    named = _place(run, operands, "CONNECT")
    usage = named.usage or {CERTAUTH: "CERTAUTH", SITE: "SITE"}.get(named.whose, "PERSONAL")
    if usage not in _USAGES:
        raise OperandError("invalid", usage, "USAGE")
    _demand_connect(run, named, usage)
    stored, owner, ring, inner = _meant(run, named), named.owner, named.ring, named.inner
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
    named = _place(run, operands, "REMOVE")
    # [RACFCL RACDCERT REMOVE] table 1
    level = Access.UPDATE if named.whose in (CERTAUTH, SITE) else Access.READ
    common.demand(run, "REMOVE", level if named.own else Access.CONTROL)
    stored = _meant(run, named)
    if not run.change.remove(RING_ENTRIES, named.owner, named.ring, stored.id):
        raise run.refuse("IRRD116I", label=stored.label, ring=named.ring, owner=named.owner)
    return 0
