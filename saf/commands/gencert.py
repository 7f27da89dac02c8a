"""RACDCERT GENCERT, GENREQ, REKEY and ROLLOVER: new certificates, requests, and new keys for old certificates.

Source: [RACFCL]; pages 33 to 35 and 59 of the source document.
"""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cryptography import x509
from sqlalchemy import update

from saf.commands import certowner as common
from saf.commands.operands import Keyword, Operands, Takes, listed, plain, valued, whole_number
from saf.commands.run import Output, Run
from saf.digtcert import certificate, dnames, making, packages
from saf.digtcert.certificate import CERTAUTH, Stored
from saf.digtcert.keystore import KeyStore
from saf.errors import OperandError
from saf.schema import RING_ENTRIES

_VALIDITY = timedelta(days=365)
_DATE = valued("DATE", "TIME")
_KEY_KINDS = ("RSA", "NISTECC", "BPECC")
_REFUSED = ("DSA", "ICSF", "PCICC", "FROMICSF")
KEYWORDS = (
    Keyword("SUBJECTSDN", Takes.FIELDS, listed(*dnames.PART_NAMES)),
    *valued("SIZE", "WITHLABEL"),
    Keyword("NOTBEFORE", Takes.FIELDS, _DATE),
    Keyword("NOTAFTER", Takes.FIELDS, _DATE),
    *listed("KEYUSAGE"),
    Keyword("ALTNAME", Takes.FIELDS, listed("IP", "DOMAIN", "EMAIL", "URI")),
    Keyword("SIGNWITH", Takes.FIELDS, (*common.OWNER_KEYWORDS, *valued("LABEL"))),
    *(Keyword(name, Takes.OPTIONAL) for name in (*_KEY_KINDS, *_REFUSED)),
    Keyword("REKEY", Takes.FIELDS, common.WHICH_KEYWORDS),
    Keyword("ROLLOVER", Takes.FIELDS, common.WHICH_KEYWORDS),
    Keyword("GENREQ", Takes.FIELDS, common.WHICH_KEYWORDS),
    *valued("NEWLABEL"),
    *plain("FORCE"),
)


@dataclass(frozen=True)
class Prepared:
    """What was done ahead of the transaction: a data set read, a key pair made."""

    contents: bytes | None = None
    key: making.PrivateKey | None = None


def new_key(operands: Operands) -> making.PrivateKey:
    """Return the key pair that the operands ask for."""
    for name in _REFUSED:
        if name in operands:
            raise OperandError("keyword", name)
    kind = operands.any_of(*_KEY_KINDS) or "RSA"
    if operands.value(kind):
        raise OperandError("keyword", operands.value(kind))  # RSA(PKDS): there is no ICSF here
    size = whole_number(operands.value("SIZE"), "SIZE", 1, 1 << 16) if "SIZE" in operands else None
    return making.new_key(kind, size)


def gencert(run: Run, operands: Operands) -> int:
    """GENCERT: make a certificate, self-signed or signed by another, for a new key pair or for a request in a data set.

    [RACFCL RACDCERT GENCERT] "Authorization required": ADD by whose it becomes, GENCERT by whose key signs it.
    """
    owner = common.owner(run, operands)
    common.authorize(run, "ADD", owner)
    if "SIGNWITH" not in operands:
        common.authorize(run, "GENCERT", owner)
    prepared = run.prepared if isinstance(run.prepared, Prepared) else Prepared()
    request = _request(run, prepared)
    issuer, signer = _signer(run, operands, owner)
    if request is not None and issuer is None:
        raise OperandError("missing", "SIGNWITH", "SIGNWITH")
    wanted = _wanted(run, operands, owner, request)
    label = common.new_label(run, operands, owner)
    public_key = request.public_key() if request else prepared.key.public_key() if prepared.key else None
    signing = signer or prepared.key
    if public_key is None or signing is None:
        raise run.refuse("IRRD128I", function="GENCERT")
    serial = _next_serial(run, issuer.subject if issuer else wanted.subject)
    made = making.certificate(wanted, public_key, signing, issuer, serial)
    trust = _trust(run, made, issuer)
    stored = Stored(0, owner, label, made, trust)
    if prepared.key is not None:
        stored = replace(stored, key=_sealed(run, stored, prepared.key))
    certificate.add(run.change, stored, run.today)
    return 0


def _request(run: Run, prepared: Prepared) -> x509.CertificateSigningRequest | None:
    if prepared.contents is None:
        return None
    try:
        return packages.read_request(prepared.contents)
    except packages.NotACertificate:
        raise run.refuse("IRRD104I") from None


def _sealed(run: Run, stored: Stored, key: making.PrivateKey) -> bytes:
    return KeyStore(run.context).seal(run.change, making.encoded(key), stored.public_key)


def private_key(run: Run, stored: Stored, function: str) -> making.PrivateKey:
    """Return the private key of a certificate that a function needs. Raises: CommandRefused when it has none."""
    if stored.key is None:
        raise run.refuse("IRRD128I", function=function)
    return making.decoded(KeyStore(run.context).open(run.change, stored.key, stored.public_key))


def _signer(run: Run, operands: Operands, owner: str) -> tuple[x509.Certificate | None, making.PrivateKey | None]:
    if "SIGNWITH" not in operands:
        return None, None
    given = operands.fields("SIGNWITH")
    whose = common.owner(run, given, run.acee.userid if owner == CERTAUTH else owner)
    common.authorize(run, "GENCERT", whose)
    issuer = common.chosen(run, whose, given)
    return issuer.certificate, private_key(run, issuer, "GENCERT")


def _wanted(run: Run, operands: Operands, owner: str, request: x509.CertificateSigningRequest | None) -> making.Wanted:
    subject = request.subject if request else None
    if subject is None or "SUBJECTSDN" in operands:
        fields = operands.fields("SUBJECTSDN")
        subject = dnames.build({part: fields.values(part) for part in dnames.PART_NAMES})
    usages = tuple(_usage(word) for word in operands.values("KEYUSAGE"))
    authority = owner == CERTAUTH
    if authority and not usages:
        usages = ("CERTSIGN",)
    before, after = validity(run, operands)
    taken: tuple[x509.Extension[x509.ExtensionType], ...] = ()
    if request:
        kept = (x509.KeyUsage, x509.SubjectAlternativeName, x509.ExtendedKeyUsage)
        taken = tuple(extension for extension in request.extensions if isinstance(extension.value, kept))
    return making.Wanted(subject, before, after, usages, _alternatives(operands.fields("ALTNAME")), authority, taken)


#: Page 33 of the source document spells it so.
_SPELT = {"DATACRYPT": "DATAENCRYPT"}


def _usage(word: str) -> str:
    upper = _SPELT.get(word.upper(), word.upper())
    if upper not in making.USAGES:
        raise OperandError("invalid", word, "KEYUSAGE")
    return upper


def _alternatives(given: Operands) -> tuple[x509.GeneralName, ...]:
    made: list[x509.GeneralName] = []
    try:
        made += [x509.IPAddress(ipaddress.ip_address(value)) for value in given.values("IP")]
        made += [x509.DNSName(value) for value in given.values("DOMAIN")]
        made += [x509.RFC822Name(value) for value in given.values("EMAIL")]
        made += [x509.UniformResourceIdentifier(value) for value in given.values("URI")]
    except ValueError as error:
        raise OperandError("invalid", str(error)[:40], "ALTNAME") from None
    return tuple(made)


def validity(run: Run, operands: Operands) -> tuple[datetime, datetime]:
    """Return NOTBEFORE and NOTAFTER: today's first second and a year later unless given. Raises: CommandRefused."""
    start = common.moment(run, operands, "NOTBEFORE", "00:00:00")
    if start is None:
        start = run.context.now().replace(hour=0, minute=0, second=0, microsecond=0)
    end = common.moment(run, operands, "NOTAFTER", "23:59:59")
    if end is None:
        end = (start + _VALIDITY).replace(hour=23, minute=59, second=59)
    if end <= start:
        raise run.refuse("IRRD133I")
    return start, end


def _next_serial(run: Run, issuer: x509.Name) -> int:
    # RACF counts from 0 for the authority itself; RFC 5280 wants positive numbers, so ours begin with 1.
    option = f"serial.{hashlib.sha256(issuer.public_bytes()).hexdigest()[:24]}"
    serial = int(run.change.options().get(option, 0)) + 1
    run.change.put_option(option, serial)
    return serial


def _trust(run: Run, made: x509.Certificate, issuer: x509.Certificate | None) -> str:
    now = run.context.now()
    outside = issuer is not None and not (
        issuer.not_valid_before_utc <= made.not_valid_before_utc and made.not_valid_after_utc <= issuer.not_valid_after_utc
    )
    if outside or made.not_valid_after_utc < now:
        run.say("IRRD113I", action="creating", finding="has an incorrect date range", status="NOTRUST")
        return "NOTRUST"
    return "TRUST"


def genreq(run: Run, operands: Operands) -> int:
    """GENREQ: write a request for a certificate that has a private key."""
    owner = common.owner(run, operands)
    common.authorize(run, "GENREQ", owner)
    stored = common.chosen(run, owner, operands.fields("GENREQ"))
    if "DSN" not in operands:
        raise run.refuse("IRRD130I", keyword="DSN")
    key = private_key(run, stored, "GENREQ")
    request = making.request(_like(stored, stored.certificate.not_valid_before_utc, stored.certificate.not_valid_after_utc), key)
    run.outputs.append(Output(common.dsname(run.acee.userid, operands.given["DSN"]), packages.write_request(request), text=True))
    certificate.put(run.change, replace(stored, request=True))
    return 0


def _like(stored: Stored, before: datetime, after: datetime) -> making.Wanted:
    model = stored.certificate
    return making.Wanted(model.subject, before, after, extensions=tuple(model.extensions))


def rekey(run: Run, operands: Operands) -> int:
    """REKEY: make a self-signed copy of a certificate with a new key pair and a label of its own."""
    owner = common.owner(run, operands)
    common.authorize(run, "REKEY", owner)
    stored = common.chosen(run, owner, operands.fields("REKEY"))
    if stored.key is None:
        raise run.refuse("IRRD128I", function="REKEY")
    before, after = validity(run, operands)
    label = common.new_label(run, operands, owner)
    prepared = run.prepared if isinstance(run.prepared, Prepared) else Prepared()
    key = prepared.key or new_key(operands)
    wanted = _like(stored, before, after)
    made = making.certificate(wanted, key.public_key(), key, None, _next_serial(run, wanted.subject))
    fresh = Stored(0, owner, label, made, _trust(run, made, None))
    certificate.add(run.change, replace(fresh, key=_sealed(run, fresh, key)), run.today)
    return 0


def rollover(run: Run, operands: Operands) -> int:
    """ROLLOVER: put the new certificate in the old one's place in every ring, and destroy the old private key."""
    owner = common.owner(run, operands)
    common.authorize(run, "ROLLOVER", owner)
    old = common.chosen(run, owner, operands.fields("ROLLOVER"))
    if "NEWLABEL" not in operands:
        raise OperandError("missing", "NEWLABEL", "NEWLABEL")
    found = certificate.find(run.change, owner=owner, label=common.label(operands.value("NEWLABEL")))
    if not found:
        raise run.refuse("IRRD107I")
    new = found[0]
    if new.id == old.id:
        raise OperandError("invalid", new.label, "NEWLABEL")
    if new.key is None or (old.key is None and "FORCE" not in operands):
        raise run.refuse("IRRD128I", function="ROLLOVER")
    connected = set(certificate.rings_of(run.change, new))
    entries = RING_ENTRIES.c
    for ring_owner, ring in certificate.rings_of(run.change, old):
        if (ring_owner, ring) not in connected:
            place = (entries.owner == ring_owner) & (entries.ring == ring) & (entries.certificate == old.id)
            run.change.sql.execute(update(RING_ENTRIES).where(place).values(certificate=new.id))
    certificate.put(run.change, replace(old, key=None, rolled_over=True))
    return 0
