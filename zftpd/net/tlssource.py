"""Where the server's certificate comes from: PEM files, a key ring, an AT-TLS policy, or its own making.

Source: zos-ftp-server.md 6.7; page 64 of the source document for KEYRING and CIPHERSUITE.
Rules: files that were named win over KEYRING, KEYRING over a certificate of our own making. TLSMECHANISM ATTLS needs a policy.
A key ring that was named and cannot be used stops the start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from saf.errors import SafError
from saf.system import Saf
from zftpd.attls.crypto import assist_lines, features
from zftpd.attls.errors import PolicyError
from zftpd.attls.handshake import Handshake
from zftpd.attls.pagent import PolicyAgent
from zftpd.attls.policy import Policy
from zftpd.net.certificates import self_signed
from zftpd.net.tls import TlsMaterial, TlsServer
from zftpd.net.tlschoice import AttlsTls, NativeTls, TlsChooser, ciphers_of, ring_material, ring_of
from zftpd.params.settings import Settings


class TlsUnusable(ValueError):
    """What was configured gives no TLS; the message says why."""


@dataclass(frozen=True, slots=True)
class TlsSource:
    """What the start options say of TLS. `userid` is the started task's, whose key ring a plain KEYRING means."""

    certificate: Path | None
    private_key: Path | None
    policy: Path | None
    folder: Path | None
    hostname: str
    jobname: str
    userid: str

    def chooser(
        self, settings: Settings, saf: Saf, now: Callable[[], datetime], console: Callable[[str], None]
    ) -> TlsChooser | None:
        """Return what decides for each connection. Raises TlsUnusable."""
        if settings.tlsmechanism == "ATTLS" or self.policy is not None:
            return self._attls(settings, saf, console)
        try:
            ciphers = ciphers_of(settings, console)
            rsa = bool(ciphers) and not any("ECDSA" in name for name in ciphers)
            material = self._material(settings, saf, now, rsa=rsa)
            asked = "CERT_NONE" if settings.secure_login == "NO_CLIENT_AUTH" else "CERT_OPTIONAL"
            client = asked if material.authorities else "CERT_NONE"
            wanted = replace(material, client=client, ciphers=ciphers, reuse=settings.secure_session_reuse)
            kept = settings.tlstimeout
            return NativeTls(TlsServer(replace(wanted, handshake=Handshake(resumption=kept > 0, cache_seconds=kept))))
        except (OSError, ValueError, SafError) as error:
            raise TlsUnusable(f"TLS cannot be offered: {error}") from error

    def _attls(self, settings: Settings, saf: Saf, console: Callable[[str], None]) -> TlsChooser | None:
        """Return what the policy decides; without a policy there is no TLS, as without a Policy Agent."""
        if self.policy is None:
            return None
        reuse = settings.secure_session_reuse
        chooser = AttlsTls(Policy(), saf, jobname=self.jobname, userid=self.userid, reuse=reuse, console=console)
        try:
            PolicyAgent(self.policy, chooser.install).start(console)
        except PolicyError as error:
            first, *others = error.findings
            more = f" (and {len(others)} more)" if others else ""
            raise TlsUnusable(f"the AT-TLS policy cannot be used: {self.policy}: {first}{more}") from error
        for line in assist_lines(features()):
            console(line)
        return chooser

    def _material(self, settings: Settings, saf: Saf, now: Callable[[], datetime], *, rsa: bool) -> TlsMaterial:
        """Return certificate, key and authorities; a certificate of our own has an RSA key where the cipher suites want one."""
        if self.certificate is not None:
            pem = self.certificate.read_text()
            key = (self.private_key or self.certificate).read_text()
            return TlsMaterial(pem, key, authorities=_authorities(pem))
        if settings.keyring:
            return ring_material(ring_of(saf, settings.keyring, self.userid))
        certificate, key = self_signed(self.hostname, now, self.folder, rsa=rsa)
        return TlsMaterial(certificate, key)


def _authorities(pem: str) -> str:
    """Return the certificates behind the first one of a PEM file: the chain, whose owners also sign client certificates."""
    mark = "-----BEGIN CERTIFICATE-----"
    at = pem.find(mark, pem.find(mark) + 1)
    return pem[at:] if at > 0 else ""
