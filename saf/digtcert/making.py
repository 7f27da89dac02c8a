"""Making keys, certificates and requests.

Source: [RACFCL RACDCERT GENCERT]: SUBJECTSDN, SIZE, NOTBEFORE, NOTAFTER, KEYUSAGE, ALTNAME, RSA, NISTECC, BPECC, SIGNWITH.
KEYUSAGE words stand for bits: HANDSHAKE is digitalSignature and keyEncipherment, DATAENCRYPT dataEncipherment, DOCSIGN
nonRepudiation, CERTSIGN keyCertSign and cRLSign, KEYAGREE keyAgreement.
Rules: pure apart from the random source of the cryptographic library.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key

from saf.errors import CommandRefused, OperandError

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
RSA_SIZES = (1024, 4096)
_NIST: dict[int, type[ec.EllipticCurve]] = {
    192: ec.SECP192R1,
    224: ec.SECP224R1,
    256: ec.SECP256R1,
    384: ec.SECP384R1,
    521: ec.SECP521R1,
}
_BRAINPOOL: dict[int, type[ec.EllipticCurve]] = {256: ec.BrainpoolP256R1, 384: ec.BrainpoolP384R1, 512: ec.BrainpoolP512R1}
_CURVES = {"NISTECC": _NIST, "BPECC": _BRAINPOOL}
USAGES = ("HANDSHAKE", "DATAENCRYPT", "DOCSIGN", "CERTSIGN", "KEYAGREE")


@dataclass(frozen=True)
class Wanted:
    """What a certificate shall say."""

    subject: x509.Name
    not_before: datetime
    not_after: datetime
    usages: tuple[str, ...] = ()
    alternatives: tuple[x509.GeneralName, ...] = ()
    authority: bool = False
    extensions: tuple[x509.Extension[x509.ExtensionType], ...] = ()
    """Taken over as they are: when a request or an older certificate is the model."""


def new_key(kind: str, size: int | None) -> PrivateKey:
    """Return a new private key: kind RSA, NISTECC or BPECC. Raises: OperandError for a size that the kind does not have."""
    if kind == "RSA":
        bits = size or 2048
        if not RSA_SIZES[0] <= bits <= RSA_SIZES[1]:
            raise OperandError("invalid", str(bits), "SIZE")
        return rsa.generate_private_key(65537, bits)
    # RACF's default of 192 bits is refused by every current TLS library, so 256 it is.
    curve = _CURVES[kind].get(size or 256)
    if curve is None:
        raise OperandError("invalid", str(size), "SIZE")
    return ec.generate_private_key(curve())


def encoded(key: PrivateKey) -> bytes:
    """Return a private key as PKCS#8 without protection: to be sealed."""
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def decoded(der: bytes) -> PrivateKey:
    """Return the private key in PKCS#8."""
    key = load_der_private_key(der, None)
    if not isinstance(key, PrivateKey):
        raise CommandRefused("IRRD125I", {"keyword": "THE TYPE OF THIS KEY"})
    return key


def key_kind(certificate: x509.Certificate) -> tuple[str, int]:
    """Return type and size of a certificate's key as LIST shows them."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return "RSA", key.key_size
    if isinstance(key, ec.EllipticCurvePublicKey):
        return ("BP ECC" if key.curve.name.startswith("brainpool") else "NIST ECC"), key.key_size
    if isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
        return "EdDSA", 256 if isinstance(key, ed25519.Ed25519PublicKey) else 448
    return "UNKNOWN", 0


def certificate(
    wanted: Wanted, public_key: object, signer: PrivateKey, issuer: x509.Certificate | None, serial: int
) -> x509.Certificate:
    """Return a new certificate, signed by `signer`; self-signed when there is no issuer's certificate."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(wanted.subject)
        .issuer_name(issuer.subject if issuer else wanted.subject)
        .not_valid_before(wanted.not_before)
        .not_valid_after(wanted.not_after)
        .serial_number(serial)
        .public_key(public_key)  # type: ignore[arg-type]
    )
    own = x509.SubjectKeyIdentifier.from_public_key(public_key)  # type: ignore[arg-type]
    builder = builder.add_extension(own, critical=False)
    builder = builder.add_extension(_authority_key(issuer, own), critical=False)
    for extension, critical in _extensions(wanted, public_key):
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(signer, _hash_for(signer))


def _authority_key(issuer: x509.Certificate | None, own: x509.SubjectKeyIdentifier) -> x509.AuthorityKeyIdentifier:
    if issuer is None:
        return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)
    try:
        known = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(known)
    except x509.ExtensionNotFound:
        return x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key())  # type: ignore[arg-type]


def _hash_for(signer: PrivateKey) -> hashes.SHA256 | hashes.SHA384 | hashes.SHA512:
    if isinstance(signer, ec.EllipticCurvePrivateKey):
        if signer.key_size > 384:
            return hashes.SHA512()
        if signer.key_size > 256:
            return hashes.SHA384()
    return hashes.SHA256()


def _extensions(wanted: Wanted, public_key: object) -> list[tuple[x509.ExtensionType, bool]]:
    made: list[tuple[x509.ExtensionType, bool]] = []
    if wanted.usages:
        made.append((usage_bits(wanted.usages, is_rsa=isinstance(public_key, rsa.RSAPublicKey)), True))
    if wanted.authority or "CERTSIGN" in wanted.usages:
        made.append((x509.BasicConstraints(ca=True, path_length=None), True))
    if wanted.alternatives:
        made.append((x509.SubjectAlternativeName(wanted.alternatives), False))
    present = {type(extension) for extension, _ in made}
    ours = (x509.SubjectKeyIdentifier, x509.AuthorityKeyIdentifier)
    for model in wanted.extensions:
        if type(model.value) not in present and not isinstance(model.value, ours):
            made.append((model.value, model.critical))
    return made


def usage_bits(usages: Collection[str], *, is_rsa: bool) -> x509.KeyUsage:
    """Return the key usage extension for KEYUSAGE's words."""
    return x509.KeyUsage(
        digital_signature="HANDSHAKE" in usages,
        key_encipherment="HANDSHAKE" in usages and is_rsa,
        data_encipherment="DATAENCRYPT" in usages,
        content_commitment="DOCSIGN" in usages,
        key_cert_sign="CERTSIGN" in usages,
        crl_sign="CERTSIGN" in usages,
        key_agreement="KEYAGREE" in usages,
        encipher_only=False,
        decipher_only=False,
    )


def usage_words(certificate: x509.Certificate) -> list[str]:
    """Return KEYUSAGE's words for a certificate, as LIST shows them."""
    try:
        bits = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    words = {
        "HANDSHAKE": bits.digital_signature,
        "DATAENCRYPT": bits.data_encipherment,
        "DOCSIGN": bits.content_commitment,
        "CERTSIGN": bits.key_cert_sign,
        "KEYAGREE": bits.key_agreement,
    }
    return [word for word, on in words.items() if on]


def request(wanted: Wanted, key: PrivateKey) -> x509.CertificateSigningRequest:
    """Return a certificate request signed with its own key."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(wanted.subject)
    for extension, critical in _extensions(wanted, key.public_key()):
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(key, _hash_for(key))
