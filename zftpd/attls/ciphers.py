"""Cipher suites: the code on the wire, the name in policies, the name in FTP.DATA, the name of OpenSSL.

Source: IANA TLS registry; [CFGREF CIPHERSUITE] for the SSL_ names; the lists of pages 68 and 85 of the source document.
Rules: a row without an OpenSSL name is one that no current library offers; it is refused by name, not dropped silently.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cipher:
    """One cipher suite; `code` is four hexadecimal digits."""

    code: str
    name: str
    openssl: str | None = None
    ftp_name: str = ""

    @property
    def short_code(self) -> str:
        """The code as reports show it: two digits where the first two are zero."""
        return self.code[2:] if self.code.startswith("00") else self.code


CIPHERS: tuple[Cipher, ...] = (
    Cipher("0001", "TLS_RSA_WITH_NULL_MD5", None, "SSL_NULL_MD5"),
    Cipher("0002", "TLS_RSA_WITH_NULL_SHA", None, "SSL_NULL_SHA"),
    Cipher("0003", "TLS_RSA_EXPORT_WITH_RC4_40_MD5", None, "SSL_RC4_MD5_EX"),
    Cipher("0004", "TLS_RSA_WITH_RC4_128_MD5", None, "SSL_RC4_MD5"),
    Cipher("0005", "TLS_RSA_WITH_RC4_128_SHA", None, "SSL_RC4_SHA"),
    Cipher("0006", "TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5", None, "SSL_RC2_MD5_EX"),
    Cipher("0009", "TLS_RSA_WITH_DES_CBC_SHA", None, "SSL_DES_SHA"),
    Cipher("000A", "TLS_RSA_WITH_3DES_EDE_CBC_SHA", None, "SSL_3DES_SHA"),
    Cipher("000C", "TLS_DH_DSS_WITH_DES_CBC_SHA"),
    Cipher("000D", "TLS_DH_DSS_WITH_3DES_EDE_CBC_SHA"),
    Cipher("000F", "TLS_DH_RSA_WITH_DES_CBC_SHA"),
    Cipher("0010", "TLS_DH_RSA_WITH_3DES_EDE_CBC_SHA"),
    Cipher("0012", "TLS_DHE_DSS_WITH_DES_CBC_SHA"),
    Cipher("0013", "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA"),
    Cipher("0015", "TLS_DHE_RSA_WITH_DES_CBC_SHA"),
    Cipher("0016", "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA"),
    Cipher("002F", "TLS_RSA_WITH_AES_128_CBC_SHA", "AES128-SHA", "SSL_AES_128_SHA"),
    Cipher("0030", "TLS_DH_DSS_WITH_AES_128_CBC_SHA"),
    Cipher("0031", "TLS_DH_RSA_WITH_AES_128_CBC_SHA"),
    Cipher("0032", "TLS_DHE_DSS_WITH_AES_128_CBC_SHA", "DHE-DSS-AES128-SHA"),
    Cipher("0033", "TLS_DHE_RSA_WITH_AES_128_CBC_SHA", "DHE-RSA-AES128-SHA"),
    Cipher("0035", "TLS_RSA_WITH_AES_256_CBC_SHA", "AES256-SHA", "SSL_AES_256_SHA"),
    Cipher("0036", "TLS_DH_DSS_WITH_AES_256_CBC_SHA"),
    Cipher("0037", "TLS_DH_RSA_WITH_AES_256_CBC_SHA"),
    Cipher("0038", "TLS_DHE_DSS_WITH_AES_256_CBC_SHA", "DHE-DSS-AES256-SHA"),
    Cipher("0039", "TLS_DHE_RSA_WITH_AES_256_CBC_SHA", "DHE-RSA-AES256-SHA"),
    Cipher("003C", "TLS_RSA_WITH_AES_128_CBC_SHA256", "AES128-SHA256"),
    Cipher("003D", "TLS_RSA_WITH_AES_256_CBC_SHA256", "AES256-SHA256"),
    Cipher("0067", "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256", "DHE-RSA-AES128-SHA256"),
    Cipher("006B", "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256", "DHE-RSA-AES256-SHA256"),
    Cipher("009C", "TLS_RSA_WITH_AES_128_GCM_SHA256", "AES128-GCM-SHA256"),
    Cipher("009D", "TLS_RSA_WITH_AES_256_GCM_SHA384", "AES256-GCM-SHA384"),
    Cipher("009E", "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "DHE-RSA-AES128-GCM-SHA256"),
    Cipher("009F", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", "DHE-RSA-AES256-GCM-SHA384"),
    Cipher("C009", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "ECDHE-ECDSA-AES128-SHA"),
    Cipher("C00A", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "ECDHE-ECDSA-AES256-SHA"),
    Cipher("C013", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "ECDHE-RSA-AES128-SHA"),
    Cipher("C014", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "ECDHE-RSA-AES256-SHA"),
    Cipher("C023", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "ECDHE-ECDSA-AES128-SHA256"),
    Cipher("C024", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "ECDHE-ECDSA-AES256-SHA384"),
    Cipher("C027", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "ECDHE-RSA-AES128-SHA256"),
    Cipher("C028", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "ECDHE-RSA-AES256-SHA384"),
    Cipher("C02B", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ECDHE-ECDSA-AES128-GCM-SHA256"),
    Cipher("C02C", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE-ECDSA-AES256-GCM-SHA384"),
    Cipher("C02F", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256"),
    Cipher("C030", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "ECDHE-RSA-AES256-GCM-SHA384"),
    Cipher("CCA8", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-RSA-CHACHA20-POLY1305"),
    Cipher("CCA9", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-ECDSA-CHACHA20-POLY1305"),
    Cipher("1301", "TLS_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256"),
    Cipher("1302", "TLS_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384"),
    Cipher("1303", "TLS_CHACHA20_POLY1305_SHA256", "TLS_CHACHA20_POLY1305_SHA256"),
)
_BY_NAME = {name: cipher for cipher in CIPHERS for name in (cipher.name, cipher.ftp_name) if name}
_BY_CODE = {cipher.code: cipher for cipher in CIPHERS}
_BY_OPENSSL = {cipher.openssl: cipher for cipher in CIPHERS if cipher.openssl}


def named(name: str) -> Cipher | None:
    """Return the cipher of a TLS_ or SSL_ name, or None."""
    return _BY_NAME.get(name.upper())


def coded(code: str) -> Cipher | None:
    """Return the cipher of two or four hexadecimal digits, or None."""
    return _BY_CODE.get(code.upper().zfill(4))


def of_openssl(name: str) -> Cipher | None:
    """Return the cipher that OpenSSL calls so, or None."""
    return _BY_OPENSSL.get(name)


def listed(text: str, digits: int = 2) -> tuple[Cipher, ...]:
    """Return the ciphers of a name, or of codes written one after the other, each of `digits` digits.

    Raises: ValueError for what no row knows.
    """
    single = named(text)
    if single:
        return (single,)
    packed = text.replace(" ", "")
    if not packed or len(packed) % digits or not set(packed.upper()) <= set("0123456789ABCDEF"):
        raise ValueError(f"{text} is no cipher suite")
    found = []
    for at in range(0, len(packed), digits):
        cipher = coded(packed[at : at + digits])
        if cipher is None:
            raise ValueError(f"{packed[at : at + digits]} is no cipher suite")
        found.append(cipher)
    return tuple(found)
