"""What is set on a TLS context, of a server or a client: protocols, cipher suites, groups, and the rest of a policy.

Source: zftpd/attls/handshake.py for what policies say; RFC 7919 and RFC 2409 for the groups of ephemeral Diffie-Hellman.
Rules: a protocol between two that are on is off where it is not named. What Python has no call for, libssl.py does where it can.
"""

from __future__ import annotations

import base64
import os
import ssl
import tempfile
import warnings
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from zftpd.attls.handshake import Handshake, group_bits
from zftpd.attls.strength import STRONG_KEY_BITS
from zftpd.net.libssl import Library

VERSIONS = {
    "TLSv1": ssl.TLSVersion.TLSv1,
    "TLSv1.1": ssl.TLSVersion.TLSv1_1,
    "TLSv1.2": ssl.TLSVersion.TLSv1_2,
    "TLSv1.3": ssl.TLSVersion.TLSv1_3,
}
_SWITCHED_OFF = {
    "TLSv1": ssl.OP_NO_TLSv1,
    "TLSv1.1": ssl.OP_NO_TLSv1_1,
    "TLSv1.2": ssl.OP_NO_TLSv1_2,
    "TLSv1.3": ssl.OP_NO_TLSv1_3,
}
#: SSL_OP_ALLOW_CLIENT_RENEGOTIATION, for which Python has no name.
_ALLOW_CLIENT_RENEGOTIATION = 1 << 8
#: Security levels of OpenSSL: anything, and at least 112 bits, which also means groups of 2048 bits.
_ANYTHING, _STRONG = "@SECLEVEL=0", "@SECLEVEL=2"
_LEGACY_BITS = 1024
_OAKLEY_GROUP_2 = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF",
    16,
)
_FFDHE_2048 = int(
    "FFFFFFFFFFFFFFFFADF85458A2BB4A9AAFDC5620273D3CF1D8B9C583CE2D3695A9E13641146433FBCC939DCE249B3EF9"
    "7D2FE363630C75D8F681B202AEC4617AD3DF1ED5D5FD65612433F51F5F066ED0856365553DED1AF3B557135E7F57C935"
    "984F0C70E0E68B77E2A689DAF3EFE8721DF158A136ADE73530ACCA4F483A797ABC0AB182B324FB61D108A94BB2C8E3FB"
    "B96ADAB760D7F4681D4F42A3DE394DF4AE56EDE76372BB190B07A7C8EE0A6D709E02FCE1CDF7E2ECC03404CD28342F61"
    "9172FE9CE98583FF8E4F1232EEF28183C3FE3B1B4C6FAD733BB5FCBC2EC22005C58EF1837D1683B2C6F34A26C1B2EFFA"
    "886B423861285C97FFFFFFFFFFFFFFFF",
    16,
)


def restrict(context: ssl.SSLContext, protocols: Sequence[str], ciphers: Sequence[str], *, weak: bool, least_dh: int = 0) -> None:
    """Set protocols and ciphers; suites of TLS 1.3 cannot be chosen. Raises ValueError, ssl.SSLError.

    `least_dh`: ephemeral groups must have so many bits; where weak keys are allowed that takes leaving their suites out.
    """
    versions = sorted(VERSIONS[name] for name in protocols if name in VERSIONS)
    if not versions:
        raise ValueError("no TLS version is left")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # an explicit policy may still ask for TLS 1.0 and 1.1
        context.minimum_version, context.maximum_version = versions[0], versions[-1]
        for name, version in VERSIONS.items():
            if versions[0] < version < versions[-1] and version not in versions:
                context.options |= _SWITCHED_OFF[name]
    weak = weak or versions[0] < ssl.TLSVersion.TLSv1_2  # their signatures are below OpenSSL's own measure
    older = [name for name in ciphers if not name.startswith("TLS_")]
    parts = [":".join(older) or "DEFAULT"]
    if weak:
        parts += ["!kDHE", _ANYTHING] if least_dh > _LEGACY_BITS else [_ANYTHING]
    elif least_dh > _LEGACY_BITS:
        parts.append(_STRONG)
    if older or len(parts) > 1:
        context.set_ciphers(":".join(parts))


def prepare(context: ssl.SSLContext, handshake: Handshake, library: Library | None) -> None:
    """Set what a policy says besides, for either side. Raises ssl.SSLError, ValueError for a group that OpenSSL lacks."""
    if handshake.strict:
        context.verify_flags |= ssl.VERIFY_X509_STRICT
    if handshake.middlebox is not None:
        if handshake.middlebox:
            context.options |= ssl.OP_ENABLE_MIDDLEBOX_COMPAT
        else:
            context.options &= ~ssl.OP_ENABLE_MIDDLEBOX_COMPAT
    if library is not None:
        if handshake.groups:
            library.set_groups(context, handshake.groups)
        if handshake.signatures:
            library.set_signatures(context, handshake.signatures)
    elif len(handshake.groups) == 1:
        context.set_ecdh_curve(handshake.groups[0])


def prepare_cache(context: ssl.SSLContext, handshake: Handshake, library: Library | None) -> None:
    """Set how long and how many sessions a server keeps; with a number of them no client keeps its own, as a ticket."""
    if library is None:
        return
    if handshake.cache_seconds:
        library.set_lifetime(context, handshake.cache_seconds)
    if handshake.cache_size:
        library.set_cache_size(context, handshake.cache_size)
        context.options |= ssl.OP_NO_TICKET


def out_of_reach(handshake: Handshake) -> list[str]:
    """Return the parameters of a policy that take more than Python's calls."""
    wanted = {
        "groups": len(handshake.groups) > 1,
        "SignaturePairs": bool(handshake.signatures),
        "ClientMaxSSLFragment": bool(handshake.fragment),
        "GSK_V3_SIDCACHE_SIZE": bool(handshake.cache_size),
    }
    return [name for name, is_wanted in wanted.items() if is_wanted]


def prepare_server(context: ssl.SSLContext, handshake: Handshake, certificate_bits: int, *, fips: bool) -> None:
    """Set what concerns servers only. Raises ssl.SSLError for an ephemeral group that the security level forbids."""
    context.options |= ssl.OP_CIPHER_SERVER_PREFERENCE | ssl.OP_NO_RENEGOTIATION
    if handshake.renegotiate:
        context.options &= ~ssl.OP_NO_RENEGOTIATION
        context.options |= _ALLOW_CLIENT_RENEGOTIATION
    if handshake.edh:
        bits = group_bits(handshake.edh, certificate_bits)
        _load_group(context, STRONG_KEY_BITS if fips else bits)


def _load_group(context: ssl.SSLContext, bits: int) -> None:
    """Load an ephemeral group; the library reads files only."""
    handle, name = tempfile.mkstemp(prefix="zftpd-", suffix=".pem")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_group(bits))
        context.load_dh_params(name)
    finally:
        Path(name).unlink()


@cache
def _group(bits: int) -> bytes:
    """Return a group in PEM: PKCS#3 has a prime and the generator, which is 2 for both."""
    prime = _OAKLEY_GROUP_2 if bits <= _LEGACY_BITS else _FFDHE_2048
    whole = prime.to_bytes(prime.bit_length() // 8 + 1, "big")  # a zero in front, or it would be negative
    inner = b"\x02\x82" + len(whole).to_bytes(2, "big") + whole + b"\x02\x01\x02"
    content = base64.encodebytes(b"\x30\x82" + len(inner).to_bytes(2, "big") + inner)
    return b"-----BEGIN DH PARAMETERS-----\n" + content + b"-----END DH PARAMETERS-----\n"
