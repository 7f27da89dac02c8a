"""RACDCERT ADD, EXPORT, LIST, CHECKCERT, ALTER and DELETE: certificates that are there, or come from data sets.

Source: [RACFCL]; pages 35, 36, 59, 74 and 75 of the source document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from saf.access import Access
from saf.commands import certowner as common
from saf.commands.gencert import Prepared, private_key
from saf.commands.operands import Keyword, Operands, Takes, plain, valued
from saf.commands.run import Output, Run
from saf.digtcert import certificate, display, making, packages
from saf.digtcert.certificate import CERTAUTH, Stored, fingerprint, key_hash, whose
from saf.digtcert.keystore import KeyStore
from saf.errors import OperandError

_TRUSTS = ("TRUST", "NOTRUST", "HIGHTRUST")
KEYWORDS = (
    *valued("ADD", "DSN", "FORMAT", "PASSWORD", "CHECKCERT"),
    *plain(*_TRUSTS),
    *(Keyword(name, Takes.FIELDS, common.WHICH_KEYWORDS) for name in ("EXPORT", "LIST", "ALTER", "DELETE", "LISTCHAIN")),
)


def add(run: Run, operands: Operands) -> int:
    """ADD: take over the certificate, or the certificate package, in a data set."""
    owner = common.owner(run, operands)
    common.authorize(run, "ADD", owner)
    package = _read(run, operands)
    renewed = _own_key(run, owner, package)
    if renewed is None:
        _check_new(run, package.certificate)
    trust = _assessed(run, operands, package.certificate)
    if renewed is not None:
        label = common.label(operands.value("WITHLABEL", renewed.label))
        _check_free(run, owner, label, renewed)
        certificate.put(run.change, replace(renewed, certificate=package.certificate, label=label, trust=trust, request=False))
    else:
        label = common.new_label(run, operands, owner)
        stored = Stored(0, owner, label, package.certificate, trust)
        certificate.add(run.change, _with_key(run, stored, package.key), run.today)
    for other in package.chain:
        _add_authority(run, other)
    return 0


def _read(run: Run, operands: Operands) -> packages.Package:
    prepared = run.prepared
    if not isinstance(prepared, Prepared) or prepared.contents is None:
        raise run.refuse("IRRD103I")
    password = operands.value("PASSWORD") if "PASSWORD" in operands else None
    try:
        return packages.read(prepared.contents, password)
    except packages.WrongPassword:
        raise run.refuse("IRRD123I") from None
    except packages.NotACertificate:
        raise run.refuse("IRRD104I") from None


def _own_key(run: Run, owner: str, package: packages.Package) -> Stored | None:
    """Return the owner's certificate whose private key the new one belongs to: an answer to a request, or a renewal."""
    if package.key is not None:
        return None
    same = certificate.find(run.change, owner=owner, public_key=key_hash(package.certificate.public_key()))
    with_key = [stored for stored in same if stored.key is not None]
    return with_key[0] if with_key else None


def _check_free(run: Run, owner: str, label: str, renewed: Stored) -> None:
    if any(other.id != renewed.id for other in certificate.find(run.change, owner=owner, label=label)):
        raise run.refuse("IRRD111I", label=label)


def _check_new(run: Run, made: x509.Certificate) -> None:
    candidate = Stored(0, "", "", made, "")
    for other in certificate.find(run.change):
        if other.serial == candidate.serial and other.certificate.issuer == made.issuer:
            raise run.refuse("IRRD109I", profile=candidate.profile)


def _with_key(run: Run, stored: Stored, key: object | None) -> Stored:
    if key is None:
        return stored
    if not isinstance(key, making.PrivateKey):
        raise run.refuse("IRRD125I", keyword="The type of this key")
    sealed = KeyStore(run.context).seal(run.change, making.encoded(key), stored.public_key)
    return replace(stored, key=sealed)


def _assessed(run: Run, operands: Operands, made: x509.Certificate) -> str:
    """Return the status of a certificate that is added, telling what was found out about it.

    [RACFCL RACDCERT ADD] "trust status": an expired one, or one that outlives its issuer, is never trusted; one whose issuer is
    not known is trusted only when TRUST or HIGHTRUST says so.
    """
    asked = operands.any_of(*_TRUSTS)
    authorities = [other for other in certificate.find(run.change, owner=CERTAUTH) if other.trust != "NOTRUST"]
    if made.not_valid_after_utc < run.context.now():
        return _found(run, "has an incorrect date range", "NOTRUST")
    if _is_issued_by(made, made):
        return _found(run, "is self-signed", asked or "TRUST")
    issuer = next((other.certificate for other in authorities if _is_issued_by(made, other.certificate)), None)
    if issuer is None:
        status = asked or "NOTRUST"
        run.say("IRRD119I", status=status)
        return status
    if made.not_valid_after_utc > issuer.not_valid_after_utc or made.not_valid_before_utc < issuer.not_valid_before_utc:
        return _found(run, "has an incorrect date range", "NOTRUST")
    return asked or "TRUST"


def _found(run: Run, finding: str, status: str) -> str:
    run.say("IRRD113I", action="adding", finding=finding, status=status)
    return status


def _is_issued_by(made: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        made.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _add_authority(run: Run, made: x509.Certificate) -> None:
    if certificate.find(run.change, hashed=fingerprint(made)):
        return
    common.authorize(run, "ADD", CERTAUTH)
    label = certificate.free_label(run.change, CERTAUTH)
    trust = "NOTRUST" if made.not_valid_after_utc < run.context.now() else "TRUST"
    certificate.add(run.change, Stored(0, CERTAUTH, label, made, trust), run.today)
    run.say("IRRD199I", label=label, whose=whose(CERTAUTH))


def export(run: Run, operands: Operands) -> int:
    """EXPORT: write a certificate, with its chain or its private key where the format holds them, to a data set."""
    owner = common.owner(run, operands)
    form = operands.value("FORMAT", "PKCS12DER" if "PASSWORD" in operands else "CERTB64").upper()
    # [RACFCL RACDCERT EXPORT] "Authorization required": a package with the private key is another resource's to give.
    common.authorize(run, "EXPORTKEY" if form.startswith("PKCS12") else "EXPORT", owner)
    if form not in packages.FORMATS:
        raise OperandError("invalid", form, "FORMAT")
    stored = common.chosen(run, owner, operands.fields("EXPORT"))
    if "DSN" not in operands:
        raise run.refuse("IRRD130I", keyword="DSN")
    key = None
    if form.startswith("PKCS12"):
        if not operands.value("PASSWORD"):
            raise run.refuse("IRRD123I")
        key = private_key(run, stored, "EXPORT")
    chain = [part.certificate for part in chain_of(run, stored)]
    contents = packages.write(form, chain, key, stored.label, operands.value("PASSWORD"))
    run.outputs.append(Output(common.dsname(run.acee.userid, operands.given["DSN"]), contents, packages.is_text(form)))
    return 0


def chain_of(run: Run, stored: Stored) -> list[Stored]:
    """Return a certificate and its issuers as far as they are known: the owner's own first, then CERTAUTH's."""
    chain = [stored]
    known = certificate.find(run.change, owner=stored.owner) + certificate.find(run.change, owner=CERTAUTH)
    while not _is_issued_by(chain[-1].certificate, chain[-1].certificate):
        issuer = next((other for other in known if _is_issued_by(chain[-1].certificate, other.certificate)), None)
        if issuer is None or issuer in chain:
            break
        chain.append(issuer)
    return chain


def list_(run: Run, operands: Operands) -> int:
    """LIST: show an owner's certificates, or the one named."""
    owner = common.owner(run, operands)
    common.authorize(run, "LIST", owner)
    which = operands.fields("LIST")
    found = [common.chosen(run, owner, which)] if which.given else certificate.find(run.change, owner=owner)
    if not found:
        raise run.refuse("IRRD105I", whose=whose(owner))
    run.show(f"Digital certificate information for {whose(owner)}:", "")
    for stored in found:
        run.show(*display.certificate_lines(stored, certificate.rings_of(run.change, stored), run.context.now().tzinfo), "")
    return 0


def listchain(run: Run, operands: Operands) -> int:
    """LISTCHAIN: show a certificate and its issuers."""
    owner = common.owner(run, operands)
    common.demand(run, "LIST", Access.CONTROL)
    chain = chain_of(run, common.chosen(run, owner, operands.fields("LISTCHAIN")))
    for number, stored in enumerate(chain, 1):
        run.show(f"Certificate {number}:", f"Digital certificate information for {whose(stored.owner)}:", "")
        run.show(*display.certificate_lines(stored, certificate.rings_of(run.change, stored), run.context.now().tzinfo), "")
    run.show(*_chain_lines(run, chain))
    rings = [set(certificate.rings_of(run.change, stored)) for stored in chain]
    common_rings = sorted(set.intersection(*rings))
    run.show(*(f"  Chain contains ring in common: {owner}/{ring}" for owner, ring in common_rings))
    if not common_rings:
        run.show("  Chain contains no ring in common")
    return 0


def _chain_lines(run: Run, chain: Sequence[Stored]) -> list[str]:
    now = run.context.now()
    complete = _is_issued_by(chain[-1].certificate, chain[-1].certificate)
    lines = [
        "Chain information:",
        f"  Chain contains {len(chain)} certificate(s), chain is {'complete' if complete else 'incomplete'}",
    ]
    if any(not stored.is_valid_at(now) for stored in chain):
        lines.append("  Chain contains expired certificate(s)")
    if any(stored.trust == "NOTRUST" for stored in chain):
        lines.append("  Chain contains NOTRUST certificate(s)")
    return lines


def checkcert(run: Run, operands: Operands) -> int:
    """CHECKCERT: show the certificates in a data set; whose one is, and what else is known of it, to those who may list it."""
    package = _read(run, operands)
    chain = _in_order(package)
    zone = run.context.now().tzinfo
    shown: list[Stored] = []
    for number, made in enumerate(chain, 1):
        known = certificate.find(run.change, hashed=fingerprint(made))
        listed = [stored for stored in known if common.may(run, "LIST", common.needed(run, stored.owner))]
        stored = listed[0] if listed else Stored(0, "", "", made, "")
        shown.append(stored)
        title = "Digital certificate information" + (f" for {whose(stored.owner)}:" if listed else ":")
        run.show(*([f"Certificate {number}:"] if len(chain) > 1 else []), title, "")
        run.show(*display.certificate_lines(stored, () if listed else None, zone, rings=False), "")
    if len(chain) > 1:
        run.show(*_chain_lines(run, shown))
    return 0


def _in_order(package: packages.Package) -> list[x509.Certificate]:
    """Return the certificate that a data set is about, then each one's issuer as far as it is there."""
    chain, rest = [package.certificate], list(package.chain)
    while issuer := next((one for one in rest if _is_issued_by(chain[-1], one)), None):
        chain.append(issuer)
        rest.remove(issuer)
    return chain


def alter(run: Run, operands: Operands) -> int:
    """ALTER: change trust or label."""
    owner = common.owner(run, operands)
    common.authorize(run, "ALTER", owner)
    stored = common.chosen(run, owner, operands.fields("ALTER"))
    trust = operands.any_of(*_TRUSTS)
    if trust is None and "NEWLABEL" not in operands:
        raise OperandError("missing", "TRUST", "TRUST, NOTRUST, HIGHTRUST OR NEWLABEL")
    if trust == "HIGHTRUST" and owner != CERTAUTH:
        raise OperandError("keyword", "HIGHTRUST")
    if "NEWLABEL" in operands:
        label = common.label(operands.value("NEWLABEL"))
        _check_free(run, owner, label, stored)
        stored = replace(stored, label=label)
    certificate.put(run.change, replace(stored, trust=trust or stored.trust))
    return 0


def delete(run: Run, operands: Operands) -> int:
    """DELETE: delete a certificate; one that a request was made from only with FORCE."""
    owner = common.owner(run, operands)
    common.authorize(run, "DELETE", owner)
    stored = common.chosen(run, owner, operands.fields("DELETE"))
    if stored.request and stored.key and "FORCE" not in operands:
        raise run.refuse("IRRD134I")
    certificate.remove(run.change, stored)
    return 0
