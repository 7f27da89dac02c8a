"""Page 58 a third time: whatever client authentication refuses, the client gets a reply, and the log says whom and why."""

from __future__ import annotations

import ftplib

import pytest

from tests.source_document.attls import context, secured
from tests.source_document.test_page_58_through_a_client import level, login, racf  # noqa: F401  (a fixture)
from tests.waiting import told

CERTIFICATE = "531 Server requires client certificate for login processing"
LABEL = "LABEL('USER1 TLS JULY 2010')"


def refused(server, made, *who):
    with pytest.raises(ftplib.error_perm) as caught:
        login(server, made, *who)
    return str(caught.value)


@pytest.mark.parametrize("secure_login", ["REQUIRED", "VERIFY_USER"])
def test_a_client_without_a_certificate(level, certificates, secure_login):  # noqa: F811
    server = level(secure_login)

    assert refused(server, context(certificates)) == CERTIFICATE
    assert "ACCESS FAIL   USERID=USER1 REASON=The client has sent no certificate" in told(server, "EZYFS57I")
    assert told(server, "does not sign USER1 on: The client has sent no certificate").startswith("EZYFT00W ID=FTPD1")


def test_the_certificate_of_another_user(level, certificates):  # noqa: F811
    server = level("VERIFY_USER")

    assert refused(server, context(certificates, user=True), "IBMUSER", "SYS1") == CERTIFICATE
    assert told(server, "does not sign IBMUSER on: The client certificate is that of another user")
    # RACF knows the certificate and has nothing against its user, so it says nothing.
    assert not any("ICH408I" in line for line in server.said)


def test_the_owner_of_a_certificate_that_names_somebody_else_has_not_signed_on(level, certificates):  # noqa: F811
    server = level("VERIFY_USER", "OPTIONAL")

    refused(server, context(certificates, user=True), "IBMUSER", "SYS1")

    assert server.saf.describe("USER1").last_access is None


@pytest.mark.parametrize(
    ("commands", "finding", "reason"),
    [
        ((f"RACDCERT ID(USER1) DELETE({LABEL})",), "NOT DEFINED", "is not that of a user"),
        ((f"RACDCERT ID(USER1) ALTER({LABEL}) NOTRUST",), "NOT TRUSTED", "is not trusted"),
        (
            (f"RACDCERT ID(USER1) DELETE({LABEL})", "RACDCERT ID(USER1) MAP SDNFILTER('O=IBM.C=US') WITHLABEL('X') NOTRUST"),
            "NOT TRUSTED",
            "is not trusted",
        ),
    ],
    ids=["not-registered", "without-trust", "mapped-without-trust"],
)
def test_a_certificate_that_racf_refuses(level, certificates, commands, finding, reason):  # noqa: F811
    server = level("VERIFY_USER")
    racf(server, *commands)

    assert refused(server, context(certificates, user=True)) == CERTIFICATE
    lines = told(server, "ICH408I").splitlines()
    assert lines[0] == "ICH408I USER(        ) GROUP(        ) NAME(???                 )"
    assert lines[1].startswith(f"  DIGITAL CERTIFICATE IS {finding}. CERTIFICATE SERIAL NUMBER(")
    assert "ISSUER(CN=MVS098 Certificate Authority.OU=Z/OS CS V1R11" in lines[2]
    assert told(server, f"does not sign USER1 on: The client certificate {reason}")


@pytest.mark.parametrize("password", ["REQUIRED", "OPTIONAL"])
def test_a_revoked_user_with_a_good_certificate(level, certificates, password):  # noqa: F811
    server = level("VERIFY_USER", password)
    racf(server, "ALTUSER USER1 REVOKE")

    assert refused(server, context(certificates, user=True)).startswith("530 PASS command failed")
    assert "LOGON/JOB INITIATION - REVOKED USER ACCESS ATTEMPT" in told(server, "USER(USER1")
    assert "REASON=The user's access has been revoked" in told(server, "EZYFS57I")


@pytest.mark.parametrize("password", ["REQUIRED", "OPTIONAL"])
def test_a_user_without_the_servers_profile(level, certificates, password):  # noqa: F811
    server = level("VERIFY_USER", password)
    resource = f"EZB.FTP.MVS1.FTPD1.PORT{server.address[1]}"
    racf(server, f"RDEFINE SERVAUTH {resource} UACC(NONE)")

    assert refused(server, context(certificates, user=True)).startswith("530 PASS command failed")
    assert told(server, "CL(SERVAUTH)").splitlines()[1] == f"  {resource} CL(SERVAUTH)"
    assert "REASON=The user is not authorized to use this server" in told(server, "EZYFS57I")


def test_a_user_who_may_not_use_the_application(level, certificates):  # noqa: F811
    server = level("VERIFY_USER\nAPPLNAME FTPTEST", "OPTIONAL")
    racf(server, "RDEFINE APPL FTPTEST UACC(NONE)")

    assert refused(server, context(certificates, user=True)).startswith("530")
    assert "NOT AUTHORIZED TO APPLICATION" in told(server, "USER(USER1")


def test_level_1_asks_racf_nothing_about_a_certificate_of_nobody(level, certificates):  # noqa: F811
    server = level("REQUIRED")
    racf(server, f"RACDCERT ID(USER1) DELETE({LABEL})")

    assert login(server, context(certificates, user=True)).startswith("230")
    assert not any("ICH408I" in line for line in server.said)


def test_three_refused_users_end_the_session(level, certificates):  # noqa: F811
    client = secured(level("VERIFY_USER"), context(certificates, user=True))
    for userid in ("IBMUSER", "TCPCS", "NOBODY"):
        with pytest.raises(ftplib.error_perm, match="531"):
            client.sendcmd(f"USER {userid}")

    with pytest.raises((EOFError, OSError)):
        client.sendcmd("NOOP")
    client.close()
