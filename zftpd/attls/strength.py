"""What a policy demands of keys and cipher suites: FIPS140 and the PeerMin... parameters.

Source: [SSLPROG] "FIPS 140-2 mode": approved are AES and 3DES with SHA, TLS from 1.0 on; level 1 (On) takes keys of 80 bits of
strength, level 2 wants 112 bits of one's own, level 3 of everybody's; [IPCR] PeerMinRsaKeySize and its kin; page 29 of the source
document: DES and MD5 are not allowed in FIPS mode.
Rules: pure. The peer's own certificate is measured; its chain is the TLS library's business. A cipher suite of TLS 1.3 cannot be
chosen, so one that is not approved is refused when the handshake has agreed on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zftpd.attls.ciphers import CIPHERS, Cipher, of_openssl

OFF = "Off"
_UNAPPROVED = ("RC4", "RC2", "_DES_", "MD5", "NULL", "CHACHA20", "EXPORT")
#: RSA and EC key bits that are at least 80 and at least 112 bits strong.
STRONG_KEY_BITS = 2048
_STRENGTH_80, _STRENGTH_112 = (1024, 192), (STRONG_KEY_BITS, 224)
#: Level of FIPS140: what one's own key must have, and the peer's.
_LEVELS = {
    "On": (_STRENGTH_80, _STRENGTH_80),
    "Level1": (_STRENGTH_80, _STRENGTH_80),
    "Level2": (_STRENGTH_112, _STRENGTH_80),
    "Level3": (_STRENGTH_112, _STRENGTH_112),
}


@dataclass(frozen=True, slots=True)
class Demands:
    """What keys must have: bits of RSA, EC and DSA keys of the peer, and the level of FIPS140.

    `version_3`: certificates of the peer of an older version of X.509 are refused.
    """

    rsa: int = 0
    ecc: int = 0
    dsa: int = 0
    fips: str = OFF
    version_3: bool = False

    def own_key(self, certificate: bytes) -> str:
        """Return why one's own certificate (PEM) is too weak, or nothing."""
        if self.fips == OFF:
            return ""
        return _too_weak(_bits_of_pem(certificate), dict(zip(("RSA", "EC"), _LEVELS[self.fips][0], strict=True)))

    def peer(self, certificate: bytes | None, cipher: str) -> str:
        """Return why a handshake is not good enough, or nothing: the peer's certificate (DER) and the suite by OpenSSL's name."""
        if self.fips != OFF:
            suite = of_openssl(cipher)
            if suite is None or not is_approved(suite):
                return f"FIPS140 {self.fips} does not allow {suite.name if suite else cipher}"
        if certificate is None:
            return ""
        if self.version_3 and not _is_version_3(certificate):
            return "BAD_CERTIFICATE: X.509 version 3 is needed"
        least = {"RSA": self.rsa, "EC": self.ecc, "DSA": self.dsa}
        if self.fips != OFF:
            for kind, bits in zip(("RSA", "EC"), _LEVELS[self.fips][1], strict=True):
                least[kind] = max(least[kind], bits)
        return _too_weak(_bits_of_der(certificate), least)


NO_DEMANDS = Demands()


def _too_weak(key: tuple[str, int], least: dict[str, int]) -> str:
    kind, bits = key
    needed = least.get(kind, 0)
    return f"KEY_TOO_SMALL: {kind} key of {bits} bits, at least {needed} are needed" if bits < needed else ""


def is_approved(cipher: Cipher) -> bool:
    """Tell whether FIPS 140 approves of a cipher suite."""
    return not any(word in cipher.name for word in _UNAPPROVED)


def approved(wanted: Sequence[Cipher]) -> tuple[Cipher, ...]:
    """Return those of the suites wanted (all that the library has, when none is) that FIPS 140 approves of."""
    return tuple(cipher for cipher in wanted or CIPHERS if is_approved(cipher) and (wanted or cipher.openssl))


def _bits_of_pem(certificate: bytes) -> tuple[str, int]:
    from cryptography import x509

    return _bits(x509.load_pem_x509_certificate(certificate).public_key())


def _bits_of_der(certificate: bytes) -> tuple[str, int]:
    from cryptography import x509

    return _bits(x509.load_der_x509_certificate(certificate).public_key())


def _is_version_3(certificate: bytes) -> bool:
    from cryptography import x509

    try:
        return x509.load_der_x509_certificate(certificate).version == x509.Version.v3
    except (ValueError, x509.InvalidVersion):
        return False


def _bits(key: object) -> tuple[str, int]:
    from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa

    if isinstance(key, rsa.RSAPublicKey):
        return "RSA", key.key_size
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "EC", key.key_size
    if isinstance(key, dsa.DSAPublicKey):
        return "DSA", key.key_size
    return type(key).__name__, 256  # Ed25519 and the like have one size
