"""The SERVAUTH resources of the source document, page 11: who may use the server, its port, SITE DUMP, DEBUG, UNIX files."""

from __future__ import annotations

import pytest

from saf import Access

RESOURCES = [
    ("EZB.PORTACCESS.*.*.FTPPORT", "EZB.PORTACCESS.MVS1.TCPIP.FTPPORT"),
    ("EZB.FTP.*.*.PORT21", "EZB.FTP.MVS1.FTPD1.PORT21"),
    ("EZB.FTP.MVS1.FTPD1.PORT4021", "EZB.FTP.MVS1.FTPD1.PORT4021"),
    ("EZB.FTP.*.*.SITE.DUMP", "EZB.FTP.MVS1.FTPD1.SITE.DUMP"),
    ("EZB.FTP.*.*.SITE.DEBUG", "EZB.FTP.MVS1.FTPD1.SITE.DEBUG"),
    ("EZB.FTP.*.*.ACCESS.HFS", "EZB.FTP.MVS1.FTPD1.ACCESS.HFS"),
]


@pytest.mark.parametrize(("profile", "resource"), RESOURCES, ids=[name for _, name in RESOURCES])
def test_only_whom_the_profile_lists_may_use_the_resource(racf, profile, resource):
    listed, other = racf.user("USER1"), racf.user("USER2")
    racf(f"RDEFINE SERVAUTH {profile} UACC(NONE)")
    racf(f"PERMIT {profile} CLASS(SERVAUTH) ID(USER1) ACCESS(READ)")
    racf("SETROPTS RACLIST(SERVAUTH) REFRESH")

    assert racf.saf.auth(listed, "SERVAUTH", resource, Access.READ).allowed
    refused = racf.saf.auth(other, "SERVAUTH", resource, Access.READ)

    assert (refused.allowed, refused.rc, refused.profile) == (False, 8, profile)


def test_the_profile_of_one_port_leaves_the_others_alone(racf):
    acee = racf.user("USER1")
    racf("RDEFINE SERVAUTH EZB.FTP.*.*.PORT4021 UACC(NONE)")

    assert not racf.saf.auth(acee, "SERVAUTH", "EZB.FTP.MVS1.FTPD1.PORT4021", Access.READ).allowed
    assert racf.saf.auth(acee, "SERVAUTH", "EZB.FTP.MVS1.FTPD1.PORT21", Access.READ).rc == 4
