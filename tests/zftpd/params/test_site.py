from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zftpd.params.settings import Settings
from zftpd.params.site import Chmod, Qdisk, SiteFacts, apply


def changes(outcome, before=None):
    """What a SITE command changed."""
    before = before or Settings()
    return {name: value for name in Settings.__slots__ if (value := getattr(outcome.settings, name)) != getattr(before, name)}


def lines(text, **facts):
    return apply(text, Settings(), SiteFacts(**facts)).lines


def test_the_manuals_example_corrects_the_block_size():
    outcome = apply("lrecl=80 recfm=fb subsys=bp01", Settings())

    assert outcome.lines == ["BLOCKSIZE must be a multiple of LRECL for RECFM FB", "BLOCKSIZE being set to 6160"]
    assert changes(outcome) == {"lrecl": 80, "recfm": "FB", "blksize": 6160, "subsys": "BP01"}


@pytest.mark.parametrize(
    ("text", "blksize"),
    [
        ("LRECL=80 RECFM=F BLKsize=800", 80),
        ("LRECL=80 RECFM=FB BLKsize=800", 800),
        ("LRECL=80 RECFM=VB BLKsize=800", 800),
        ("RECFM=VB LRECL=800 BLKSIZE=800", 804),
        ("RECFM=U BLKSIZE=0", 0),
        ("RECFM=FB LRECL=80 BLKSIZE=0", 0),
        ("RECFM=FB LRECL=8000", 8000),
        ("RECFM=VBS LRECL=32756 BLKSIZE=1000", 1000),
    ],
)
def test_block_size_suits_format_and_length(text, blksize):
    assert blksize == apply(text, Settings()).settings.blksize


def test_a_record_length_that_the_format_cannot_have_is_taken_back():
    assert apply("LRECL=0", Settings()).settings.lrecl == 256
    assert apply("LRECL=X", Settings()).settings.lrecl == 256
    assert apply("RECFM=VBS LRECL=X", Settings()).settings.lrecl == "X"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("FOOBAR=123", "Unrecognized parameter 'FOOBAR=123' on SITE command."),
        ("undefined", "Unrecognized parameter 'undefined' on SITE command."),
        ("JESINTERFACELEVEL=1", "Unrecognized parameter 'JESINTERFACELEVEL=1' on SITE command."),
        ("RDW=TRUE", "Unrecognized parameter 'RDW=TRUE' on SITE command."),
        ("BLKSIZE=abc", "Blocksize parameter (abc) is not numeric. Blocksize ignored."),
        ("BLKSIZE=99999", "Blocksize parameter (99999) must be between 0 and 32760. Blocksize ignored."),
        ("BUfno=x", "BUfno parameter (x) is not numeric. BUfno ignored."),
        ("BUfno=999", "BUfno parameter (999) must be between 1 and 255 - BUfno ignored."),
        ("CHK=x", "Chkptint parameter (x) is not numeric. Chkptint ignored."),
        ("DATAKEEPALIVE=Ab", "Parameter DATAKEEPALIVE value Ab is not numeric - the parameter is ignored"),
        ("CONDDISP=KEEP", "Conddisp parameter (KEEP) is invalid. Conddisp ignored."),
        ("umask=000", "Umask invalid syntax. Specify UMASK octal value. UMASK ignored"),
        ("UMASK 9", "Umask invalid syntax. Specify UMASK octal value. UMASK ignored"),
        ("UMASK", "Umask invalid syntax. Specify UMASK octal value. UMASK ignored"),
        ("CHMOD", "Chmod parameters missing. Specify CHMOD mode filename. CHMOD ignored"),
        ("CHMOD 755", "Chmod parameters missing. Specify CHMOD mode filename. CHMOD ignored"),
        ("CHMOD=755 x", "Chmod invalid syntax. Specify CHMOD mode filename. CHMOD ignored"),
        ("DEBUG=ALL", "DEBUG is not allowed on the SITE command. DEBUG ignored."),
        ("FILETYPE=", "Filetype parameter value is missing. Filetype ignored."),
    ],
)
def test_a_bad_word_is_answered_and_changes_nothing(text, line):
    outcome = apply(text, Settings())

    assert [line] == outcome.lines
    assert changes(outcome) == {}


def test_one_bad_word_does_not_stop_the_others():
    outcome = apply("BLKSIZE=x, FILETYPE=JES foo,JESOWNER=* ", Settings())

    assert len(outcome.lines) == 2
    assert changes(outcome) == {"filetype": "JES", "jesowner": "*"}


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("umask 022", {"umask": 0o022}),
        ("sbd=(IBM-1141,ISO8859-1)", {"sbdataconn": ("IBM-1141", "ISO8859-1")}),
        ("SBDATACONN=(IBM-1141, ISO8859-1) rdw", {"sbdataconn": ("IBM-1141", "ISO8859-1"), "rdw": True}),
        ("SBDATACONN=FTP_STANDARD_TABLE", {"sbdataconn": ("FTP_STANDARD_TABLE", "")}),
        ("VOLUME=(VOL001,VOL002)", {"volume": ("VOL001", "VOL002")}),
        ("vol(VOL001,VOL002)", {"volume": ("VOL001", "VOL002")}),
        ("cyl pri=5 sec=3", {"spacetype": "CYLINDER", "primary": 5, "secondary": 3}),
        ("DIRECTORYMODE", {"directorymode": True}),
        ("NOTRUNCATE NOQUO", {"truncate": False, "quotesoverride": False}),
        ("LRECL recfm blk prim unit dir", {"lrecl": None, "recfm": None, "blksize": None, "primary": None, "directory": None}),
        ("FIXrecfm 80 LRECL=80 RECFM=FB BLKSIZE=27920", {"recfm": "FB", "lrecl": 80, "blksize": 27920}),
        ("VARRECFM 137", {"lrecl": 137}),
        ("DCBDSN='sys1.model'", {"dcbdsn": "SYS1.MODEL"}),
        ("FILETYPE=SEQ TRAILINGBLANKS SBSENDEOL=NONE", {"trailingblanks": True, "sbsendeol": "NONE"}),
        ("ISPFSTATS", {"ispfstats": True}),
        ("LISTLEVEL=2", {"listlevel": 2}),
        ("INACTTIME=600", {"inactive": 600}),
        ("JESLRECL=*", {"jeslrecl": "*"}),
    ],
)
def test_words_set_what_the_reference_says(text, changed):
    outcome = apply(text, Settings())

    assert [line for line in outcome.lines if not line.startswith("BLOCKSIZE")] == []
    assert changed == changes(outcome)


def test_a_word_is_cleared_by_its_no_form():
    kept = apply("RDW TRAILINGBLANKS", Settings()).settings

    assert Settings() == apply("NORDW NOTRAIL", kept).settings


def test_settings_last_until_they_are_changed():
    first = apply("PRIMARY=5", Settings()).settings

    assert apply("SECONDARY=2", first).settings.primary == 5


def test_a_job_filter_without_value_is_that_of_the_login():
    kept = apply("JESSTATUS=OUTPUT JESOWNER=* JESJOBNAME=*", Settings()).settings

    assert Settings() == apply("JESSTATUS JESOWNER JESJOBNAME=", kept).settings


def test_chmod_and_qdisk_are_actions():
    outcome = apply("QDISK qd=vol001 CHMOD 755 /u/a file with blanks", Settings())

    assert [Qdisk(""), Qdisk("VOL001"), Chmod("755", "/u/a file with blanks")] == outcome.actions


def test_chmod_needs_a_login():
    assert lines("CHMOD 755 x", logged_in=False) == ["Chmod not allowed when user not logged in. CHMOD ignored."]


def test_job_filters_may_be_kept_from_a_user():
    outcome = apply("JESOWNER=* JESJOBNAME=*", Settings(), SiteFacts(may=lambda name: name != "JESOWNER"))

    assert changes(outcome) == {"jesjobname": "*"}
    assert len(outcome.lines) == 1


def test_code_pages_that_cannot_be_translated_are_not_taken():
    outcome = apply("SBDATACONN=(IBM-1047,NOSUCH)", Settings(), SiteFacts(is_pair=lambda host, net: False))

    assert changes(outcome) == {}
    assert outcome.lines == ["Translation between IBM-1047 and NOSUCH is not available. SBDataconn ignored."]


def test_debug_needs_the_statement_and_the_profile():
    opened = Settings(debugonsite=True, dumponsite=True)

    outcome = apply("DEBUG=(CMD,JES) DUMP=21", opened)
    assert outcome.lines == ["Active server traces - CMD JES", "Active server dumpIDs - 21"]
    assert apply("DEBUG XCMD", outcome.settings).settings.debug == ("JES",)
    assert apply("DEBUG=NONE", outcome.settings).settings.debug == ()
    assert apply("DEBUG=ALL", opened, SiteFacts(may=lambda _: False)).lines == [
        "DEBUG is not allowed on the SITE command. DEBUG ignored."
    ]


def test_a_release_that_lacks_a_word_does_not_recognize_it():
    assert lines("LISTLEVEL=2", absent=frozenset({"LISTLEVEL"})) == ["Unrecognized parameter 'LISTLEVEL=2' on SITE command."]


@given(st.text(max_size=80))
def test_no_text_breaks_site(text):
    outcome = apply(text, Settings())

    assert isinstance(outcome.settings, Settings)
