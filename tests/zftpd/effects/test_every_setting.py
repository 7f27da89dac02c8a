"""Every parameter that the coverage page calls done has a test that shows its effect, and this table names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from zftpd.params.param import Where
from zftpd.params.table import BY_ATTRIBUTE, PARAMS

TESTS = Path(__file__).resolve().parents[2]
HERE = "zftpd/effects/"
#: Parameter -> file::beginning of the test's name.
PROOFS = {
    **dict.fromkeys(("RECFM", "LRECL", "BLKSIZE"), "test_allocation.py::test_recfm_lrecl_and_blksize"),
    **dict.fromkeys(("PRIMARY", "SPACETYPE"), "test_allocation.py::test_primary_is_allocated"),
    "SECONDARY": "test_allocation.py::test_secondary_decides",
    "DIRECTORY": "test_allocation.py::test_directory_blocks",
    "RETPD": "test_allocation.py::test_retpd",
    "DCBDSN": "test_allocation.py::test_dcbdsn",
    "VOLUME": "test_allocation.py::test_volume",
    "DATACLASS": "test_allocation.py::test_dataclass",
    **dict.fromkeys(("STORCLASS", "MGMTCLASS"), "test_allocation.py::test_storclass_and_mgmtclass"),
    "DSNTYPE": "test_allocation.py::test_dsntype",
    "PDSTYPE": "test_allocation.py::test_pdstype",
    "EATTR": "test_allocation.py::test_eattr",
    "CONDDISP": "test_allocation.py::test_conddisp",
    "MIGRATEVOL": "../test_settings_have_effect.py::test_migratevol",
    "FILETYPE": "test_transfers.py::test_filetype",
    "ASATRANS": "test_transfers.py::test_asatrans",
    "AUTORECALL": "test_transfers.py::test_noautorecall",
    "DIRECTORYMODE": "test_transfers.py::test_directorymode",
    "DSWAITTIME": "../test_settings_have_effect.py::test_a_transfer_waits",
    "DSWAITTIMEREPLY": "test_transfers.py::test_dswaittimereply",
    "ISPFSTATS": "test_transfers.py::test_ispfstats",
    "LISTLEVEL": "test_transfers.py::test_listlevel",
    "LISTSUBDIR": "../test_settings_have_effect.py::test_nolistsubdir",
    "QUOTESOVERRIDE": "test_transfers.py::test_quotes_override",
    "RDW": "test_transfers.py::test_rdw",
    "TRAILINGBLANKS": "test_transfers.py::test_trailingblanks",
    **dict.fromkeys(("TRUNCATE", "WRAPRECORD"), "test_transfers.py::test_truncate_and_wraprecord"),
    "REMOVEINBEOF": "test_transfers.py::test_removeinbeof",
    "CHKPTINT": "test_transfers.py::test_chkptint",
    "UMASK": "test_transfers.py::test_umask",
    **dict.fromkeys(("UNIXFILETYPE", "FIFOOPENTIME", "FIFOIOTIME"), "../test_pipes.py::test_"),
    "CHKCONFIDENCE": "../test_confidence.py::test_a_transfer_that_ends_well",
    **dict.fromkeys(("JESLRECL", "JESRECFM"), "test_jobs.py::test_jeslrecl_and_jesrecfm"),
    **dict.fromkeys(("JESJOBNAME", "JESOWNER", "JESSTATUS"), "test_jobs.py::test_jesjobname_jesowner_and_jesstatus"),
    "JESENTRYLIMIT": "test_jobs.py::test_jesentrylimit",
    "JESGETBYDSN": "test_jobs.py::test_jesgetbydsn",
    "JESTRAILINGBLANKS": "test_jobs.py::test_jestrailingblanks",
    "JESPUTGETTO": "test_jobs.py::test_jesputgetto",
    "JESINTERFACELEVEL": "test_jobs.py::test_jesinterfacelevel_1",
    "CTRLCONN": "../test_settings_have_effect.py::test_ctrlconn",
    "SBDATACONN": "test_translation.py::test_sbdataconn",
    "CCXLATE": "../test_translate_tables.py::test_ccxlate",
    "XLATE": "../test_translate_tables.py::test_site_xlate",
    "SBSENDEOL": "test_translation.py::test_sbsendeol",
    **dict.fromkeys(("SBSUB", "SBSUBCHAR"), "test_translation.py::test_sbsub_and_sbsubchar"),
    **dict.fromkeys(("ENCODING", "MBDATACONN"), "test_translation.py::test_encoding_and_mbdataconn"),
    "MBREQUIRELASTEOL": "test_translation.py::test_mbrequirelasteol",
    "MBSENDEOL": "test_translation.py::test_mbsendeol",
    "DBSUB": "test_translation.py::test_dbsub",
    "UCSHOSTCS": "test_translation.py::test_ucshostcs",
    "UCSSUB": "test_translation.py::test_ucssub",
    "UCSTRUNC": "test_translation.py::test_ucstrunc",
    "UNICODEFILESYSTEMBOM": "test_translation.py::test_unicodefilesystembom",
    "EXTENSIONS": "test_translation.py::test_extensions",
    "ACCESSERRORMSGS": "../commands/test_access.py::test_accesserrormsgs",
    "VERIFYUSER": "../../source_document/test_page_11_through_a_client.py::test_",
    "APPLNAME": "test_login.py::test_applname",
    **dict.fromkeys(
        ("PORTCOMMAND", "PORTCOMMANDPORT", "PORTCOMMANDIPADDR"), "../net/test_namespaces.py::test_port_and_eprt_are_refused"
    ),
    "PASSIVEDATACONN": "../net/test_namespaces.py::test_a_stranger_is_not_let",
    "PASSIVEDATAPORTS": "../net/test_namespaces.py::test_pasv_uses_only",
    "SECURE_FTP": "../commands/test_secure.py::test_secure_ftp_required",
    "SECURE_LOGIN": "../commands/test_secure.py::test_a_certificate_is_demanded",
    "SECURE_PASSWORD": "test_server.py::test_secure_password",
    "SECURE_CTRLCONN": "../commands/test_secure.py::test_secure_ctrlconn",
    "SECURE_DATACONN": "../commands/test_secure.py::test_secure_dataconn",
    "SECURE_SESSION_REUSE": "../net/test_tls.py::test_",
    "SECUREIMPLICITZOS": "test_server.py::test_tlsport",
    "TLSMECHANISM": "../../source_document/test_page_37_attls_server.py::test_page_37",
    "TLSRFCLEVEL": "../commands/test_secure.py::test_rfc4217",
    "TLSPORT": "test_server.py::test_tlsport",
    "KEYRING": "../../source_document/test_page_37_attls_server.py::test_page_37",
    "CIPHERSUITE": "test_server.py::test_ciphersuite",
    "ANONYMOUS": "../test_anonymous.py::test_without_the_statement",
    "ANONYMOUSLEVEL": "test_login.py::test_anonymouslevel",
    "ANONYMOUSFILEACCESS": "test_login.py::test_anonymousfileaccess",
    **dict.fromkeys(("ANONYMOUSFILETYPESEQ", "ANONYMOUSFILETYPEJES"), "test_login.py::test_anonymousfiletype"),
    "ANONYMOUSHFSDIRMODE": "test_login.py::test_anonymoushfsdirmode",
    "ANONYMOUSHFSFILEMODE": "test_login.py::test_anonymoushfsfilemode",
    **dict.fromkeys(("ANONYMOUSHFSINFO", "ANONYMOUSLOGINMSG"), "test_login.py::test_guests_have_words"),
    "ANONYMOUSMVSINFO": "test_login.py::test_anonymousmvsinfo",
    "ANONYMOUSFTPLOGGING": "test_login.py::test_anonymousftplogging",
    "EMAILADDRCHECK": "test_login.py::test_emailaddrcheck",
    "BANNER": "test_login.py::test_words_may_come",
    **dict.fromkeys(("LOGINMSG", "ADMINEMAILADDRESS"), "test_login.py::test_loginmsg"),
    "MVSINFO": "test_login.py::test_mvsinfo",
    "HFSINFO": "test_login.py::test_hfsinfo",
    "STARTDIRECTORY": "test_login.py::test_startdirectory",
    "INACTIVE": "test_server.py::test_inactive",
    **dict.fromkeys(("FTPKEEPALIVE", "DATAKEEPALIVE"), "test_server.py::test_keepalive_timers"),
    "DATATIMEOUT": "../net/test_namespaces.py::test_a_cable",
    "REPLYSECURITYLEVEL": "test_server.py::test_replysecuritylevel_1",
    **dict.fromkeys(("DEBUG", "DEBUGONSITE"), "../test_settings_have_effect.py::test_traces_go"),
    **dict.fromkeys(("DUMP", "DUMPONSITE"), "test_server.py::test_dump"),
    "TRACE": "../test_settings_have_effect.py::test_trace_true",
    "FTPLOGGING": "../test_settings_have_effect.py::test_ftplogging",
    **dict.fromkeys(("SMFAPPE", "SMFDEL", "SMFREN", "SMFRETR", "SMFSTOR"), "test_server.py::test_each_smf_statement"),
    "SMF": "test_server.py::test_an_events_own_statement",
    "SMFLOGN": "test_server.py::test_smflogn",
    "SMFJES": "../smf/test_through_a_client.py::test_jobs_are_recorded",
    "SMFEXIT": "test_server.py::test_smfexit",
    "SMFDCFG": "../test_settings_have_effect.py::test_smfdcfg",
    "SUPPRESSIGNOREWARNINGS": "test_server.py::test_suppressignorewarnings",
}


def has_effect(param):
    """Done, or done for some of its values; not what only the client obeys."""
    return param.where is not Where.CLIENT and (not param.limit or param.limited is not None)


@pytest.mark.parametrize("name", [param.name for param in PARAMS if has_effect(param)])
def test_a_parameter_that_is_called_done_has_its_proof(name):
    file, _, test = PROOFS[name].partition("::")
    path = (TESTS / HERE / file).resolve()

    assert f"def {test}" in path.read_text()


def test_only_what_works_is_proved():
    assert not [name for name in PROOFS if not has_effect(BY_ATTRIBUTE[name.lower()])]


def test_what_does_not_work_says_why():
    assert not [param.name for param in PARAMS if param.limit and len(param.limit.split()) < 2]
