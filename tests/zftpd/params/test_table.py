"""Rules that hold for every row, whatever it says."""

from __future__ import annotations

import dataclasses

import pytest

from zftpd.params import ftpdata
from zftpd.params.kinds import BadValue
from zftpd.params.settings import Settings
from zftpd.params.table import PARAMS, SITE_WORDS, STATEMENTS, may_clash, site_word

IDS = [param.name for param in PARAMS]
EVIDENCE = {"seen", "known", "assumed"}


def test_settings_and_table_name_the_same_things():
    assert [param.attribute for param in PARAMS] == [field.name for field in dataclasses.fields(Settings)]


@pytest.mark.parametrize("param", PARAMS, ids=IDS)
def test_every_row_has_help_source_evidence_and_a_description_of_its_values(param):
    assert param.help.endswith(".")
    assert param.source
    assert param.evidence in EVIDENCE
    assert param.kind.allowed
    assert param.where or param.is_site


@pytest.mark.parametrize("param", PARAMS, ids=IDS)
def test_every_default_survives_text_and_back(param):
    if param.default is None:
        return
    value = None
    for text in param.texts(param.default):
        value = param.read(text, value)

    assert param.default == (value if value is not None or param.texts(param.default) else ())


@pytest.mark.parametrize("param", PARAMS, ids=IDS)
def test_nonsense_is_a_bad_value_and_nothing_worse(param):
    for text in ("", "=", "((", "1e9", "\0", "ü" * 50, "-1", "99999999999999999999"):
        try:
            param.read(text)
        except BadValue as error:
            assert error.allowed


def test_no_two_site_words_share_an_abbreviation():
    words = [row.spelling for row in SITE_WORDS]

    assert [(one, other) for at, one in enumerate(words) for other in words[at + 1 :] if may_clash(one, other)] == []


def test_every_abbreviation_that_is_long_enough_finds_its_word():
    for row in SITE_WORDS:
        least = next((at for at, letter in enumerate(row.spelling) if letter.islower()), len(row.spelling))
        for length in range(least, len(row.spelling) + 1):
            assert row is site_word(row.spelling[:length].lower()), row.spelling[:length]
        short = site_word(row.spelling[: least - 1])
        assert short is not row


@pytest.mark.parametrize(
    ("word", "statement"),
    [
        ("BLK", "BLKSIZE"),
        ("BLOCKSI", "BLKSIZE"),
        ("BL", "SPACETYPE"),
        ("PRI", "PRIMARY"),
        ("FILE", "FILETYPE"),
        ("LR", "LRECL"),
        ("REC", "RECFM"),
        ("SBD", "SBDATACONN"),
        ("CY", "SPACETYPE"),
        ("NOTRAIL", "TRAILINGBLANKS"),
        ("D", "DIRECTORY"),
        ("IN", "INACTIVE"),
    ],
)
def test_the_manuals_capitals_are_the_least_abbreviation(word, statement):
    assert statement == site_word(word).param.name


def test_the_whole_catalogue_of_server_statements_is_there():
    """Sections 6.1 to 6.8 of the reference name these."""
    wanted = [
        "BANNER",
        "LOGINMSG",
        "MVSINFO",
        "HFSINFO",
        "ADMINEMAILADDRESS",
        "STARTDIRECTORY",
        "INACTIVE",
        "FTPKEEPALIVE",
        "DATAKEEPALIVE",
        "DATATIMEOUT",
        "REPLYSECURITYLEVEL",
        "DEBUG",
        "DEBUGONSITE",
        "DUMP",
        "DUMPONSITE",
        "NONSWAPD",
        "PORTOFENTRY4",
        "APPLNAME",
        "TRACE",
        "SUPPRESSIGNOREWARNINGS",
        "RECFM",
        "LRECL",
        "BLKSIZE",
        "PRIMARY",
        "SECONDARY",
        "SPACETYPE",
        "DIRECTORY",
        "RETPD",
        "DCBDSN",
        "UNITNAME",
        "VOLUME",
        "UCOUNT",
        "VCOUNT",
        "DATACLASS",
        "STORCLASS",
        "MGMTCLASS",
        "DSNTYPE",
        "PDSTYPE",
        "EATTR",
        "BUFNO",
        "CONDDISP",
        "MIGRATEVOL",
        "AUTOMOUNT",
        "AUTORECALL",
        "AUTOTAPEMOUNT",
        "TRAILINGBLANKS",
        "TRUNCATE",
        "WRAPRECORD",
        "RDW",
        "ASATRANS",
        "QUOTESOVERRIDE",
        "DIRECTORYMODE",
        "LISTSUBDIR",
        "LISTLEVEL",
        "ISPFSTATS",
        "UMASK",
        "UNIXFILETYPE",
        "FIFOIOTIME",
        "FIFOOPENTIME",
        "CHKPTINT",
        "WRTAPEFASTIO",
        "READTAPEFORMAT",
        "TAPEREADSTREAM",
        "SPREAD",
        "SQLCOL",
        "DB2",
        "DB2PLAN",
        "JESLRECL",
        "JESRECFM",
        "JESPUTGETTO",
        "JESINTERFACELEVEL",
        "JESENTRYLIMIT",
        "JESGETBYDSN",
        "CTRLCONN",
        "CCTRANS",
        "SBTRANS",
        "SBDATACONN",
        "MBDATACONN",
        "ENCODING",
        "MBREQUIRELASTEOL",
        "MBSENDEOL",
        "SBSENDEOL",
        "SBSUB",
        "SBSUBCHAR",
        "DBSUB",
        "UCSHOSTCS",
        "UCSSUB",
        "UCSTRUNC",
        "UNICODEFILESYSTEMBOM",
        "XLATE",
        "EXTDBSCHINESE",
        "EXTENSIONS",
        "ANONYMOUS",
        "ANONYMOUSLEVEL",
        "ANONYMOUSFILEACCESS",
        "ANONYMOUSFILETYPESEQ",
        "ANONYMOUSFILETYPEJES",
        "ANONYMOUSFILETYPESQL",
        "ANONYMOUSHFSDIRMODE",
        "ANONYMOUSHFSFILEMODE",
        "ANONYMOUSHFSINFO",
        "ANONYMOUSMVSINFO",
        "ANONYMOUSLOGINMSG",
        "ANONYMOUSFTPLOGGING",
        "EMAILADDRCHECK",
        "ACCESSERRORMSGS",
        "VERIFYUSER",
        "PORTCOMMAND",
        "PORTCOMMANDPORT",
        "PORTCOMMANDIPADDR",
        "PASSIVEDATACONN",
        "PASSIVEDATAPORTS",
        "DSWAITTIME",
        "DSWAITTIMEREPLY",
        "SECURE_FTP",
        "SECURE_LOGIN",
        "SECURE_PASSWORD",
        "SECURE_PASSWORD_KERBEROS",
        "SECURE_CTRLCONN",
        "SECURE_DATACONN",
        "SECURE_PBSZ",
        "SECURE_SESSION_REUSE",
        "SECUREIMPLICITZOS",
        "TLSMECHANISM",
        "TLSRFCLEVEL",
        "TLSPORT",
        "TLSTIMEOUT",
        "KEYRING",
        "CIPHERSUITE",
        "SSLV3",
        "SMF",
        "SMFAPPE",
        "SMFDEL",
        "SMFLOGN",
        "SMFREN",
        "SMFRETR",
        "SMFSTOR",
        "SMFJES",
        "SMFSQL",
        "SMFEXIT",
        "FTPLOGGING",
        "CHKCONFIDENCE",
    ]

    assert [name for name in wanted if name not in STATEMENTS] == []


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("recfm", "VB"),
        ("lrecl", 256),
        ("blksize", 6233),
        ("primary", 1),
        ("directory", 27),
        ("vcount", 59),
        ("bufno", 5),
        ("inactive", 300),
        ("umask", 0o027),
        ("jeslrecl", 80),
        ("jesputgetto", 600),
        ("jesinterfacelevel", 1),
        ("jesentrylimit", 200),
        ("fifoiotime", 20),
        ("fifoopentime", 60),
        ("tlsport", 990),
        ("tlstimeout", 100),
        ("secure_pbsz", 16384),
        ("truncate", True),
        ("trailingblanks", False),
        ("quotesoverride", True),
        ("listsubdir", True),
        ("db2plan", "EZAFTPMQ"),
        ("migratevol", "MIGRAT"),
        ("conddisp", "CATLG"),
        ("extensions", ()),
        ("anonymous", None),
        ("tlsrfclevel", "DRAFT"),
        ("tlsmechanism", "FTP"),
    ],
)
def test_defaults_are_those_of_the_reference(attribute, value):
    assert value == getattr(Settings(), attribute)


def test_no_statement_belongs_nowhere():
    assert [name for name, param in STATEMENTS.items() if not ftpdata.STATEMENTS[name].where] == []
