"""Page 11: SAF resources in the SERVAUTH class."""

from __future__ import annotations

import pytest

from saf import Access


@pytest.mark.parametrize(
    "resource",
    [
        "EZB.PORTACCESS.MVS098.TCPCS.FTPPORT",
        "EZB.FTP.MVS098.FTPABC1.PORT4021",
        "EZB.FTP.MVS098.FTPABC1.SITE.DUMP",
        "EZB.FTP.MVS098.FTPABC1.SITE.DEBUG",
        "EZB.FTP.MVS098.FTPABC1.ACCESS.HFS",
    ],
)
def test_a_servauth_profile_tells_who_may(racf, resource):
    racf(f"RDEFINE SERVAUTH {resource} UACC(NONE)")
    racf(f"PERMIT {resource} CLASS(SERVAUTH) ID(USER1) ACCESS(READ)")
    racf("SETROPTS RACLIST(SERVAUTH) REFRESH")

    assert racf.saf.auth(racf.saf.acee("USER1"), "SERVAUTH", resource, Access.READ).allowed
    assert not racf.saf.auth(racf.saf.acee("TCP"), "SERVAUTH", resource, Access.READ).allowed
