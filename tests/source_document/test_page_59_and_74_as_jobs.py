"""Pages 59 and 74: the RACDCERT commands as batch TSO jobs. (SYSSTSIN and SYSIN are read as SYSTSIN.)"""

from __future__ import annotations

import subprocess
from datetime import datetime

import pytest

from jes.config import JesConfig
from jes.opening import open_system
from jes.system import Jes
from tests.jes.system import System
from tests.source_document.test_page_59_user_certificate import COMMANDS

HEAD = """//ALFRDCT JOB 1,ALFRD,CLASS=A,MSGCLASS=X,NOTIFY=USER1
//*
//IEFPROC EXEC PGM=IKJEFT01,REGION=4M,DYNAMNBR=10
//SYSTSPRT DD SYSOUT=*          BATCH TSO SESSION LOG
//SYSTSIN DD *
"""
PAGE_74 = """RACDCERT CERTAUTH +
ADD('USER1.ZILLA.SELFSIGN.B64') +
TRUST +
FORMAT(CERTB64) +
WITHLABEL('ABCTL5 ZILLASELFSIGNED')
"""


@pytest.fixture
def system():
    def now():
        return datetime.now().astimezone()

    mvs, saf = open_system("memory:", now=now)
    jes = Jes.open(mvs, saf, now=now, config=JesConfig(poll_seconds=0.05))
    made = System(mvs, saf, jes)
    assert saf.command(made.acee, "ADDUSER USER1").rc in (0, 8)
    jes.start()
    yield made
    made.close()


def session_log(system, commands):
    info = system.run(HEAD + commands + "/*\n", 60)
    return info.completion.text, system.output(info, "SYSTSPRT")


def test_page_74_the_session_log_reads_as_on_the_page(system, tmp_path):
    arguments = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k", "-out", "c", "-subj", "/CN=zilla", "-days", "9"]
    subprocess.run(["openssl", *arguments], cwd=tmp_path, check=True, capture_output=True)
    text = (tmp_path / "k").read_text() + (tmp_path / "c").read_text()
    system.put("USER1.ZILLA.SELFSIGN.B64", *text.splitlines())

    ended, log = session_log(system, PAGE_74)

    assert ended.endswith("0000"), (ended, log)
    told = "IRRD113I The certificate that you are adding is self-signed. The certificate is added with TRUST status."
    assert told in " ".join(" ".join(log).split())
    assert "ABCTL5 ZILLASELFSIGNED" in [entry.label for entry in system.saf.keyring("*AUTH*", "*").trusted]


def test_page_59_the_package_lies_in_a_data_set_that_openssl_opens(system, tmp_path):
    dates = "NOTBEFORE(DATE(2010-02-01)) NOTAFTER(DATE(2039-12-31))"
    ca = f"RACDCERT CERTAUTH GENCERT SUBJECTSDN(CN('CA')) WITHLABEL('ABCTLS CA') {dates}"
    assert system.saf.command(system.acee, ca).rc == 0

    ended, log = session_log(
        system, "\n".join(COMMANDS).replace("2020-12-31", "2039-12-31") + "\nRACDCERT ID(USER1) LISTRING (USER1RING)\n"
    )

    assert ended.endswith("0000"), (ended, log)
    assert any("USER1 TLS JULY 2010" in line and "PERSONAL" in line for line in log)
    from mvsfs.info import Target

    package = b"".join(system.mvs.records(Target("USER1.USER1.DER.P12"), system.who))
    (tmp_path / "u.p12").write_bytes(package)
    command = ["openssl", "pkcs12", "-in", "u.p12", "-nodes", "-passin", "pass:XXXXXX"]
    shown = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert shown.count("BEGIN PRIVATE KEY") == 1
