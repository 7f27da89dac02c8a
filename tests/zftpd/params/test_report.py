from __future__ import annotations

from dataclasses import replace

import pytest

from zftpd.params.report import SessionFacts, lines, one
from zftpd.params.settings import Settings
from zftpd.params.statlines import LINES
from zftpd.params.table import PARAMS

FACTS = SessionFacts("::ffff:10.1.2.3", 1026, "USER1", "USER1.", 115, data_port=1026)

VERBATIM = [
    "Server FTP talking to host ::ffff:10.1.2.3, port 1026",
    "User: USER1  Working directory: USER1.",
    "The control connection has transferred 115 bytes",
    "There is no current data connection.",
    "The next data connection will be actively opened",
    "to host ::ffff:10.1.2.3, port 1026,",
    "using Mode Stream, Structure File, type ASCII, byte-size 8",
    "Automatic recall of migrated data sets.",
    "Automatic mount of direct access volumes.",
    "Auto tape mount is allowed.",
    "Inactivity timer is set to 300",
    "Timer FTPKEEPALIVE is set to 0",
    "Timer DATAKEEPALIVE is set to 0",
    "Timer DSWAITTIME is set to 0",
    "Timer FIFOOPENTIME is set to 60",
    "Timer FIFOIOTIME is set to 20",
    "VCOUNT is 59",
    "ASA control characters in ASA files opened for text processing will be",
    " transferred as ASA control characters.",
    "Trailing blanks are removed from a fixed format data set when it is",
    " retrieved.",
    "Data set mode.  (Do not treat each qualifier as a directory.)",
    "ISPFSTATS is set to FALSE",
    "Primary allocation 1 track. Secondary allocation 1 track.",
    "Partitioned data sets will be created with 27 directory blocks.",
    "FileType SEQ (Sequential - default).",
    "Number of access method buffers is 5",
]


def test_the_first_part_is_the_manuals_own_sample():
    assert lines(Settings(), FACTS)[: len(VERBATIM)] == VERBATIM


@pytest.mark.parametrize(
    ("option", "changes", "shown"),
    [
        ("SBDATACONN", {}, ["SBDataconn codeset names: IBM-1047,ISO8859-1"]),
        ("SBDATACONN", {"xlate": "OWN"}, ["SBDataconn codeset names: none"]),
        ("SBDATACONN", {"sbdataconn": ("IBM-037", "IBM-850")}, ["SBDataconn codeset names: IBM-037,IBM-850"]),
        ("SBDATACONN", {"sbdataconn": ("USER1.TABLES", "")}, ["SBDataconn table: USER1.TABLES"]),
        ("MBDATACONN", {}, ["MBDataconn codeset names: none"]),
    ],
)
def test_code_pages_are_shown_as_a_pair_or_as_the_table_that_stands_for_one(option, changes, shown):
    assert shown == list(one(option, replace(Settings(), **changes), FACTS))


def test_the_record_format_ends_the_list():
    settings = replace(Settings(), recfm="FB", lrecl=80, blksize=27920)

    assert lines(settings, FACTS)[-1] == "Record format FB, Lrecl: 80, Blocksize: 27920"


@pytest.mark.parametrize("param", [param for param in PARAMS if param.is_site], ids=lambda param: param.name)
def test_every_parameter_that_site_can_set_is_shown_by_some_line(param):
    assert any(param.attribute in line.shows for line in LINES)
    assert one(param.site[0] if param.site else next(iter(param.words)), Settings(), FACTS)


@pytest.mark.parametrize(
    ("option", "line"),
    [
        ("(umask", "UMASK value is 027"),
        ("(UMASK)", "UMASK value is 027"),
        ("LISTLEVEL", "Server site variable LISTLEVEL is set to 0"),
        ("JESO", "JESOWNER is USER1"),
        ("JESJOBN", "JESJOBNAME is USER1*"),
        ("BLKSIZE", "Record format VB, Lrecl: 256, Blocksize: 6233"),
        ("UNIT", "Data sets will be allocated using unit SYSDA"),
        ("FILE", "FileType SEQ (Sequential - default)."),
        ("CY", "Primary allocation 1 track. Secondary allocation 1 track."),
    ],
)
def test_one_option_shows_its_line(option, line):
    assert [line] == one(option, Settings(), FACTS)


#: The options that the manual lists for STAT [UG sta.htm].
OPTIONS = """ASAtrans AUTOMount AUTORecall BLKsize BLocks BLOCKSIze BUfno CHKptint CONDdisp CYlinders DATAClass DATAKEEPALIVE
DATASetmode DB2 DBSUB DCbdsn DESt Directory DIRECTORYMode DSNTYPE DSWAITTIME EATTR ENcoding FIFOIOTIME FIFOOPENTIME FILEtype
FTpkeepalive INactivetime ISPFStats JESENTRYLimit JESGETBYDSN JESJOBName JESLrecl JESOwner JESRecfm JESSTatus LISTLEVel LISTSUBdir
LRecl MBDATACONN MBREQUIRELASTEOL MBSENDEOL MGmtclass MIGratevol PDSTYPE PRImary QUOtesoverride RDw READTAPEFormat RECfm RETpd
SBDataconn SBSENDEOL SBSUB SBSUBCHAR SECondary SPRead SQLCol STOrclass TRacks TRAILingblanks TRUNcate UCOUNT UCSHOSTCS UCSSUB
UCSTRUNC UMASK UNICODEFILESYSTEMBOM UNIT UNIXFILETYPE VCOUNT VOLume WRAPrecord WRTAPEFastio XLate"""


@pytest.mark.parametrize("option", OPTIONS.split())
def test_every_option_of_the_manual_has_a_line(option):
    assert one(option, Settings(), FACTS)


def test_an_unknown_option_has_no_line():
    assert None is one("NOSUCH", Settings(), FACTS)


def test_what_is_set_shows():
    settings = replace(Settings(), pdstype="PDSE", primary=5, spacetype="CYLINDER", filetype="JES", dataclass="DC1", rdw=True)
    shown = lines(settings, FACTS)

    assert "Partitioned data sets will be created in extended format." in shown
    assert "Primary allocation 5 cylinders. Secondary allocation 1 cylinder." in shown
    assert "FileType JES (MVS Job Spool).  JES Name is JES2" in shown
    assert "DATACLAS for new data sets is DC1" in shown


def test_security_level_1_keeps_addresses_to_itself():
    shown = lines(replace(Settings(), replysecuritylevel=1), FACTS)

    assert not [line for line in shown if "10.1.2.3" in line]


def test_the_level_of_tls_shows_only_when_auth_is_offered():
    level = "TLS security is supported at the DRAFT level"

    assert level not in lines(Settings(), FACTS)
    assert level in lines(replace(Settings(), extensions=("AUTH_TLS",)), FACTS)


def test_nobody_signed_on_says_so():
    assert lines(Settings(), SessionFacts("h", 1))[1] == "No user logged in"
