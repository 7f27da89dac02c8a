"""Every combination of the SECURE_ statements and TLSRFCLEVEL, on the port that takes AUTH and on the secure one, against the
rules of zos-ftp-server.md 7: who is signed on and by what, which PROT and CCC are taken, and what may lie on a clear socket.
"""

from __future__ import annotations

import itertools
import ssl
from dataclasses import dataclass, replace

import pytest

from tests.zftpd.net.policed import certificate, policy
from zftpd.effects import OpenData, StopTls
from zftpd.params.defaults import changed
from zftpd.testing.memory import Dialogue

FTP, LOGIN, PASSWORD = ("ALLOWED", "REQUIRED"), ("NO_CLIENT_AUTH", "REQUIRED", "VERIFY_USER"), ("REQUIRED", "OPTIONAL")
CTRLCONN, DATACONN = ("CLEAR", "SAFE", "PRIVATE"), ("NEVER", "CLEAR", "SAFE", "PRIVATE")
WAYS = ("clear", "AUTH TLS", "AUTH SSL", "implicit")
CARDS = ("none", "own", "foreign")


@dataclass(frozen=True)
class Combination:
    ftp: str
    login: str
    password: str
    ctrlconn: str
    dataconn: str
    level: str
    way: str
    card: str

    @property
    def tls(self) -> bool:
        return self.way != "clear"

    @property
    def signs_on(self) -> str:
        """What USER comes to: refused, password, or at once."""
        if not self.tls:
            return "refused" if self.ftp == "REQUIRED" else "password"
        if self.login == "NO_CLIENT_AUTH":
            return "password"
        if self.card == "none" or (self.login == "VERIFY_USER" and self.card == "foreign"):
            return "refused"
        return "at once" if self.card == "own" and self.password == "OPTIONAL" else "password"

    @property
    def first_protection(self) -> str:
        """Before any PROT: AUTH SSL and the secure port protect at once."""
        return "P" if self.way in ("AUTH SSL", "implicit") and self.dataconn != "NEVER" else "C"


@pytest.fixture
def begun(policed):
    """Begin the dialogue of a combination, as far as the handshake."""
    server = policed(policy("Full"))
    own = ssl.PEM_cert_to_DER_cert(_pem(server.folder / "user.pem"))
    foreign = ssl.PEM_cert_to_DER_cert(_pem(certificate(server.folder, "foreign")))
    server.saf.command(server.saf.operator(), "SETROPTS CLASSACT(DIGTCERT)")
    cards = {"none": None, "own": own, "foreign": foreign}

    def begin(one: Combination) -> Dialogue:
        wanted = {
            "secure_ftp": one.ftp,
            "secure_login": one.login,
            "secure_password": one.password,
            "secure_ctrlconn": one.ctrlconn,
            "secure_dataconn": one.dataconn,
            "tlsrfclevel": one.level,
        }
        facts = replace(server.facts, settings=changed(server.facts.settings, wanted))
        dialogue = Dialogue(facts, certificate=cards[one.card])
        dialogue.session.secure.implicit = one.way == "implicit"
        dialogue.open()
        if one.way == "implicit":
            dialogue._drive(dialogue.engine.secure())
        elif one.tls:
            assert dialogue.command(one.way).startswith("234 ")
        return dialogue

    return begin


def _pem(path):
    text = path.read_text()
    return text[text.index("-----BEGIN CERTIFICATE") :]


def signed_on(dialogue: Dialogue, one: Combination) -> bool:
    said = dialogue.command("USER USER1")
    expected = {"refused": ("53",), "password": ("331",), "at once": ("230", "232")}[one.signs_on]
    assert said.startswith(expected), (one, said)
    if one.signs_on == "password":
        assert dialogue.command("PASS SECRET").startswith("230"), one
    else:
        assert not dialogue.command("PASS SECRET").startswith("230"), one
    return one.signs_on != "refused"


def stored(dialogue: Dialogue, one: Combination, protection: str) -> None:
    """Store a file, and assert that what must be protected never was on a clear socket."""
    said = dialogue.command("STOR /tmp/swept", data=b"x\r\n")
    opened = any(isinstance(effect, OpenData) for effect in dialogue.effects)
    assert dialogue.session.data.prot == protection, (one, protection)
    if one.dataconn in ("SAFE", "PRIVATE") and protection != "P":
        assert said.startswith("425") and not opened, (one, said)
    else:
        assert opened and said.splitlines()[-1].startswith("250"), (one, said)
    assert not (opened and one.dataconn in ("SAFE", "PRIVATE") and dialogue.session.secure.facts is None), one
    assert not (opened and one.dataconn == "NEVER" and protection == "P"), one


def protected(dialogue: Dialogue, one: Combination) -> str:
    """Try every PROT and return the protection that stands at the end."""
    standing = one.first_protection
    if not one.tls:
        assert dialogue.command("PBSZ 0").startswith("503 ") and dialogue.command("PROT P").startswith("503 "), one
        return standing
    assert dialogue.command("PBSZ 0").startswith("200 ")
    for level, takes in (("S", False), ("E", False), ("C", one.dataconn in ("NEVER", "CLEAR")), ("P", one.dataconn != "NEVER")):
        said = dialogue.command(f"PROT {level}")
        assert said.startswith("200 " if takes else "536 "), (one, level, said)
        if takes:
            standing = level
    return standing


def cleared(dialogue: Dialogue, one: Combination) -> bool:
    """Try CCC, and tell whether the control connection is clear now."""
    said = dialogue.command("CCC")
    stops = [effect for effect in dialogue.effects if isinstance(effect, StopTls)]
    if not one.tls:
        assert said.startswith("503 "), (one, said)
    elif one.way == "implicit" or one.ctrlconn != "CLEAR":
        assert said.startswith("534 ") and not stops, (one, said)
    else:
        assert said.startswith("200 ") and [one.level != "CCCNONOTIFY"] == [stop.notify for stop in stops], (one, said)
        assert dialogue.command("PROT C").startswith("503 "), one
    return bool(stops)


def combinations(level: str, way: str):
    """Who signs on does not depend on what connections are protected by: the whole product takes minutes and finds no more."""
    cards = CARDS if way != "clear" else ("none",)
    for ftp, login, password, card in itertools.product(FTP, LOGIN, PASSWORD, cards):
        yield Combination(ftp, login, password, "CLEAR", "CLEAR", level, way, card)
    for ctrlconn, dataconn in itertools.product(CTRLCONN, DATACONN):
        yield Combination("ALLOWED", "NO_CLIENT_AUTH", "REQUIRED", ctrlconn, dataconn, level, way, "none")


@pytest.mark.parametrize("level", ["DRAFT", "RFC4217", "CCCNONOTIFY"])
@pytest.mark.parametrize("way", WAYS)
def test_every_combination_keeps_the_rules(begun, level, way):
    for one in combinations(level, way):
        dialogue = begun(one)
        if not signed_on(dialogue, one):
            assert dialogue.command("PWD").startswith("530 "), one
            continue
        stored(dialogue, one, one.first_protection)
        standing = protected(dialogue, one)
        stored(dialogue, one, standing)
        left = cleared(dialogue, one)
        stored(dialogue, one, standing)  # data stay as PROT has set them
        again(dialogue, one, left)


def again(dialogue: Dialogue, one: Combination, left: bool) -> None:
    """REIN: out of TLS, but by the draft and on the secure port; the login is forgotten in any case."""
    assert dialogue.command("REIN").startswith("220 "), one
    stops = any(isinstance(effect, StopTls) for effect in dialogue.effects)
    out = one.tls and one.way != "implicit" and one.level != "DRAFT"
    assert stops == (out and not left), one
    assert dialogue.command("PWD").startswith("530 "), one
    assert (dialogue.session.secure.facts is None) == (out or not one.tls), one


@pytest.mark.parametrize("level", ["DRAFT", "RFC4217", "CCCNONOTIFY"])
def test_a_login_in_clear_counts_after_auth_by_the_draft_only(begun, level):
    for dataconn in DATACONN:
        one = Combination("ALLOWED", "NO_CLIENT_AUTH", "REQUIRED", "CLEAR", dataconn, level, "clear", "none")
        dialogue = begun(one)
        assert signed_on(dialogue, one)

        assert dialogue.command("AUTH TLS").startswith("234 ")

        assert dialogue.command("PWD").startswith("257 " if level == "DRAFT" else "530 "), one
