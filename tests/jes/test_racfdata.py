"""RACDCERT with real data sets."""

from __future__ import annotations

import pytest

from jes.racfdata import RacfDatasets


@pytest.fixture
def racf(opened):
    system = opened(start=False)
    datasets = RacfDatasets(system.mvs, system.who)

    def command(text):
        result = system.saf.command(system.acee, text, datasets)
        assert result.rc == 0, result.lines
        return result.lines

    command.system, command.datasets = system, datasets
    command("RACDCERT CERTAUTH GENCERT SUBJECTSDN(CN('CA')) WITHLABEL('CA') NISTECC")
    return command


@pytest.mark.parametrize("form", ["CERTB64", "CERTDER", "PKCS7B64", "PKCS12DER", "PKCS12B64"])
def test_what_is_exported_to_a_data_set_is_added_from_it(racf, form):
    password = "PASSWORD('x')" if "12" in form else ""
    racf(f"RACDCERT CERTAUTH EXPORT(LABEL('CA')) DSN('IBMUSER.CA') FORMAT({form}) {password}")
    racf("RACDCERT CERTAUTH DELETE(LABEL('CA'))")

    racf(f"RACDCERT CERTAUTH ADD('IBMUSER.CA') TRUST WITHLABEL('BACK') {password}")

    assert "  Label: BACK" in racf("RACDCERT CERTAUTH LIST")


def test_an_export_is_text_in_ebcdic_records_of_vb_84(racf):
    racf("RACDCERT CERTAUTH EXPORT(LABEL('CA')) DSN('IBMUSER.CA')")

    info = racf.system.mvs.find("IBMUSER.CA")
    assert (str(info.dcb.recfm), info.dcb.lrecl) == ("VB", 84)
    assert racf.system.lines("IBMUSER.CA")[0] == "-----BEGIN CERTIFICATE-----"


def test_an_export_takes_the_place_of_a_data_set_of_that_name(racf):
    racf.system.put("IBMUSER.CA", "old", lrecl=133)

    racf("RACDCERT CERTAUTH EXPORT(LABEL('CA')) DSN('IBMUSER.CA')")

    assert racf.system.lines("IBMUSER.CA")[-1] == "-----END CERTIFICATE-----"


def test_pem_in_fixed_records_is_added(racf):
    racf("RACDCERT CERTAUTH EXPORT(LABEL('CA')) DSN('IBMUSER.CA')")
    racf.system.put("IBMUSER.FIXED", *racf.system.lines("IBMUSER.CA"))
    racf("RACDCERT CERTAUTH DELETE(LABEL('CA'))")

    racf("RACDCERT CERTAUTH ADD('IBMUSER.FIXED') WITHLABEL('FIXED')")


def test_a_data_set_that_the_user_may_not_write_is_told(racf):
    system = racf.system
    acee = system.user("USER1")
    system.saf.command(system.acee, "ADDSD 'IBMUSER.**' UACC(NONE)")
    system.saf.command(system.acee, "RDEFINE FACILITY IRR.DIGTCERT.* UACC(CONTROL)")
    from mvsfs.access import Requester

    datasets = RacfDatasets(system.mvs, Requester("USER1", token=acee))

    result = system.saf.command(acee, "RACDCERT CERTAUTH EXPORT(LABEL('CA')) DSN('IBMUSER.CA')", datasets)

    assert (result.rc, result.lines) == (8, ["IRRD106I The output data set IBMUSER.CA could not be written."])
