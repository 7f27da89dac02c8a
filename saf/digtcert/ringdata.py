"""The certificates of a key ring, real or virtual, with their private keys when asked for: what R_datalib returns.

Source: [RACFCB] R_datalib "virtual key ring": `*AUTH*/*` all CERTAUTH certificates, `*SITE*/*` all SITE ones, `userid/*` a
user's. The source document uses the first on page 79.
Source of who may ask: [RACFCB] R_datalib "RACF authorization" and "Usage notes": a ring by IRR.DIGTCERT.LISTRING (READ for one's
own and for the virtual rings of CERTAUTH and SITE, UPDATE for another user's) or by owner.ring.LST of RDATALIB; the private key
of a user's certificate for that user, or with UPDATE to owner.ring.LST; that of another for CONTROL of IRR.DIGTCERT.GENCERT.
Rules: certificates that are not trusted are not handed out, as R_datalib skips them. Without a caller the installation asks.
Deviation: one's own rings, and the virtual rings of authorities, are open while no profile covers IRR.DIGTCERT.LISTRING.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import select

from saf.access import Access
from saf.context import Context
from saf.database import Tables
from saf.decide import decide
from saf.digtcert import certificate, making
from saf.digtcert.certificate import CERTAUTH, SITE, Stored, owner_named
from saf.digtcert.keystore import KeyStore
from saf.errors import RingNotAuthorized, RingNotFound
from saf.keyring import KeyRing, RingEntry
from saf.profiles import Acee, Decision
from saf.schema import RING_ENTRIES

_VIRTUAL = {"*AUTH*": (CERTAUTH, "CERTAUTH"), "*SITE*": (SITE, "SITE")}


def entries_of(tables: Tables, owner: str, ring: str) -> list[tuple[str, RingEntry]]:
    """Return the entries of a ring, each with its owner as the database has it; without private keys, trusted or not."""
    columns = RING_ENTRIES.c
    query = select(RING_ENTRIES).where((columns.owner == owner) & (columns.ring == ring)).order_by(columns.place)
    found = []
    for row in tables.sql.execute(query).mappings().all():
        stored = certificate.by_id(tables, row["certificate"])
        if stored is not None:
            found.append((stored.owner, _entry(stored, row["usage"], default=row["is_default"], key=None)))
    return found


def _entry(stored: Stored, usage: str, *, default: bool, key: bytes | None) -> RingEntry:
    pem = stored.certificate.public_bytes(Encoding.PEM)
    return RingEntry(stored.label, owner_named(stored.owner), usage, default, pem, key, stored.trust)


def keyring(context: Context, owner: str, ring: str, caller: Acee | None = None) -> KeyRing:
    """Return a ring with the keys that the caller may have. `*AUTH*/*` and the like may come as owner `*AUTH*`, ring `*`.

    Raises: RingNotFound, RingNotAuthorized, KeyStoreClosed.
    """
    by_ring = _asked(context, caller, "RDATALIB", f"{owner}.{ring}.LST".upper(), Access.READ) if caller else None
    if caller is not None and by_ring is not None:
        _check_ring(context, caller, owner.upper(), ring, by_ring)
    with context.database.read() as tables:
        if ring == "*":
            stored, usage = _virtual(tables, owner)
            entries = [(one, usage, False) for one in stored]
        else:
            if not certificate.has_ring(tables, owner.upper(), ring):
                raise RingNotFound(owner.upper(), ring)
            entries = _connected(tables, owner.upper(), ring)
        store = KeyStore(context)
        made = []
        for one, usage, default in entries:
            # An authority's key signs certificates and nothing else: it never leaves with a ring.
            wanted = one.key is not None and usage == "PERSONAL" and _may_have_key(context, caller, one, by_ring)
            key = _pem(store.open(tables, one.key or b"", one.public_key)) if wanted else None
            made.append(_entry(one, usage, default=default, key=key))
    return KeyRing(owner.upper(), ring, tuple(made))


def _asked(context: Context, caller: Acee, saf_class: str, resource: str, wanted: Access) -> Decision:
    snapshot = context.snapshot()
    return decide(caller, snapshot.rules, snapshot.index(saf_class), saf_class, resource, wanted)


def _check_ring(context: Context, caller: Acee, owner: str, ring: str, by_ring: Decision) -> None:
    """Let a caller reach a ring: by the profile of the ring where there is one, else by IRR.DIGTCERT.LISTRING."""
    own = owner in (caller.userid, *_VIRTUAL)
    if by_ring.profile:
        allowed = by_ring.allowed
    else:
        listring = _asked(context, caller, "FACILITY", "IRR.DIGTCERT.LISTRING", Access.READ if own else Access.UPDATE)
        allowed = listring.allowed and (own or listring.rc == 0)
    if not allowed and not caller.special:
        raise RingNotAuthorized(caller.userid, owner, ring)


def _may_have_key(context: Context, caller: Acee | None, one: Stored, by_ring: Decision | None) -> bool:
    if caller is None or one.owner == caller.userid:
        return True
    if one.owner in (CERTAUTH, SITE):
        return _asked(context, caller, "FACILITY", "IRR.DIGTCERT.GENCERT", Access.CONTROL).rc == 0
    return by_ring is not None and bool(by_ring.profile) and by_ring.held >= Access.UPDATE


def _virtual(tables: Tables, owner: str) -> tuple[list[Stored], str]:
    kept, usage = _VIRTUAL.get(owner.upper(), (owner.upper(), "PERSONAL"))
    return [one for one in certificate.find(tables, owner=kept) if one.trust != "NOTRUST"], usage


def _connected(tables: Tables, owner: str, ring: str) -> list[tuple[Stored, str, bool]]:
    columns = RING_ENTRIES.c
    query = select(RING_ENTRIES).where((columns.owner == owner) & (columns.ring == ring)).order_by(columns.place)
    found = []
    for row in tables.sql.execute(query).mappings().all():
        stored = certificate.by_id(tables, row["certificate"])
        if stored is not None and stored.trust != "NOTRUST":
            found.append((stored, str(row["usage"]), bool(row["is_default"])))
    return found


def _pem(der: bytes) -> bytes:
    return making.decoded(der).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
