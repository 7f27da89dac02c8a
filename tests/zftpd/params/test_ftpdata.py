from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from zftpd.params import ftpdata
from zftpd.params.filetext import text_of
from zftpd.params.ftpdata import read
from zftpd.params.kinds import Choice, Count, Dsname, Octal, Recfm, Switch, Text, Word
from zftpd.params.param import Where
from zftpd.params.sets import Anonymous, AnonymousUser, CodePages, Names, Ports, Smf, SmfWanted, SubChar, Volumes
from zftpd.params.settings import Settings
from zftpd.params.table import PARAMS
from zftpd.params.traces import Traces

FILES = Path(__file__).resolve().parents[3] / "fixtures" / "ftpdata"


def values_of(param):
    """What hypothesis may put into a setting."""
    kind = param.kind
    names = st.from_regex(r"[A-Z][A-Z0-9]{0,3}", fullmatch=True)
    strategy = {
        Switch: lambda: st.booleans(),
        Count: lambda: st.one_of(
            st.integers(kind.low, kind.high), *[st.just(word) for word in kind.words], *[st.just(0)] * kind.zero
        ),
        Choice: lambda: st.sampled_from([int(word) if kind.as_number else word for word in kind.words]),
        Word: lambda: names,
        Traces: lambda: st.sampled_from([(), ("CMD",), ("CMD", "JES")]),
        Dsname: lambda: names,
        Text: lambda: st.from_regex(r"[A-Za-z/'*][A-Za-z0-9./*@']{0,20}", fullmatch=True).filter(
            lambda text: text.count("'") == 0
        ),
        Octal: lambda: st.integers(0, 0o777),
        Recfm: lambda: st.sampled_from(["F", "FB", "FBA", "VBS", "U", "VBM"]),
        CodePages: lambda: st.tuples(names, names if not kind.table else st.one_of(names, st.just(""))),
        Ports: lambda: st.integers(kind.low, kind.high).map(lambda port: (port, kind.high)),
        Volumes: lambda: st.lists(names, min_size=1, max_size=3, unique=True).map(tuple),
        Names: lambda: st.lists(
            st.sampled_from(kind.words) if kind.words else names.filter(lambda n: n != kind.none), min_size=1, unique=True
        ).map(tuple),
        Smf: lambda: st.sampled_from([SmfWanted(kind.standard, False), SmfWanted(None, True), SmfWanted(7, True)]),
        Anonymous: lambda: st.sampled_from([AnonymousUser(), AnonymousUser("GUEST"), AnonymousUser("GUEST", "secret")]),
        SubChar: lambda: st.sampled_from(["SPACE", "6F"]),
    }[type(kind)]()
    return st.one_of(st.none(), strategy) if param.clearable and param.default != () else strategy


@limits(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_settings_survive_being_written_as_ftp_data(data):
    server = [param for param in PARAMS if param.where & Where.SERVER]
    chosen = data.draw(st.lists(st.sampled_from(server), max_size=12, unique_by=lambda param: param.name))
    settings = dataclasses.replace(Settings(), **{param.attribute: data.draw(values_of(param)) for param in chosen})

    again = ftpdata.read(ftpdata.write(settings))

    assert settings == again.settings
    assert again.errors == ()


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=200))
def test_no_text_breaks_the_reader(text):
    assert isinstance(ftpdata.read(text).settings, Settings)


def test_the_configuration_of_page_37_reads_as_given():
    read = ftpdata.read((FILES / "page37.data").read_text())

    assert read.diagnostics == ()
    settings = read.settings
    assert (settings.extensions, settings.tlsmechanism, settings.tlsrfclevel) == (("AUTH_TLS",), "ATTLS", "RFC4217")
    assert (settings.secure_ftp, settings.secure_login) == ("ALLOWED", "NO_CLIENT_AUTH")
    assert (settings.secure_ctrlconn, settings.secure_dataconn) == ("PRIVATE", "PRIVATE")


def test_the_configuration_of_page_64_reads_as_given(shared):
    """Straight from the document: tabs, semicolons and all."""
    text = (shared / "seed" / "zos-ftp-security.txt").read_text()
    page = text[text.index("EXTENSIONS\tAUTH_TLS") :].partition("\n\n")[0]
    read = ftpdata.read(page)

    assert read.diagnostics == ()
    assert len(read.counted) == 8
    assert (read.settings.secure_ftp, read.settings.secure_login) == ("REQUIRED", "VERIFY_USER")


def test_the_kept_copy_of_page_64_is_the_document(shared):
    text = (shared / "seed" / "zos-ftp-security.txt").read_text()

    assert (FILES / "page64.data").read_text() in text + "\n"


def test_the_site_example_has_nothing_wrong_and_the_broken_one_nothing_right():
    assert ftpdata.read((FILES / "site.data").read_text()).diagnostics == ()
    broken = ftpdata.read((FILES / "broken.data").read_text())

    assert [each.line for each in broken.diagnostics] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert broken.settings == Settings()


def test_comments_case_and_blanks_do_not_matter():
    read = ftpdata.read(
        "; all comment\n\n  inactive\t600 ; ten minutes\nBANNER /etc/banner;comment\nPASSIVEDATAPORTS (50000, 50100) ; x\n"
    )

    assert (read.settings.inactive, read.settings.banner, read.settings.passivedataports) == (600, "/etc/banner", (50000, 50100))
    assert read.diagnostics == ()


@pytest.mark.parametrize(
    ("line", "reason", "advice"),
    [
        ("TISSRFCLEVEL RFC4217", "unknown", "TLSRFCLEVEL"),
        ("NONSENSE 1", "unknown", ""),
        ("SECURE_FTP MAYBE", "invalid", "ALLOWED | REQUIRED"),
        ("INACTIVE soon", "not numeric", "0-86400"),
        ("INACTIVE 99999", "range", "0-86400"),
        ("INACTIVE", "missing", "0-86400"),
        ("EPSV4 TRUE", "other side", ""),
        ("JESOWNER *", "site only", ""),
        ("INACTIVE 60 70", "extra", ""),
        ("SSLV3 TRUE", "limited", None),
    ],
)
def test_a_bad_statement_is_reported_with_line_and_reason(line, reason, advice):
    (found,) = ftpdata.read(f"; first\n{line}\n").diagnostics

    assert (2, line.split()[0], reason) == (found.line, found.statement, found.reason)
    assert advice in {None, found.advice}


def test_a_statement_that_comes_twice_counts_the_second_time():
    read = ftpdata.read("INACTIVE 60\nINACTIVE 120\n")

    assert read.settings.inactive == 120
    assert [each.reason for each in read.diagnostics] == ["repeated"]


def test_repeatable_statements_add_up():
    read = ftpdata.read("EXTENSIONS AUTH_TLS\nEXTENSIONS SIZE\nSMF STD\nSMF TYPE119\nSMFSTOR 99\n")

    assert read.settings.extensions == ("AUTH_TLS", "SIZE")
    assert SmfWanted(0, True) == read.settings.smf
    assert SmfWanted(99, False) == read.settings.smfstor


def test_a_statement_without_value_leaves_the_attribute_to_the_system():
    assert (ftpdata.read("LRECL\nBLKSIZE ; none").settings.lrecl, ftpdata.read("BLKSIZE").settings.blksize) == (None, None)


def test_what_a_release_does_not_know_is_reported():
    (found,) = ftpdata.read("SECURE_SESSION_REUSE REQUIRED", absent=frozenset({"SECURE_SESSION_REUSE"})).diagnostics

    assert found.reason == "absent"


def test_the_client_reads_its_own_statements():
    read = ftpdata.read("EPSV4 TRUE\nSECURE_MECHANISM TLS\nBANNER /x\n", side=Where.CLIENT)

    assert (read.settings.epsv4, read.settings.secure_mechanism) == (True, "TLS")
    assert [each.reason for each in read.diagnostics] == ["other side"]


@pytest.mark.parametrize(
    ("line", "attribute", "value"),
    [
        ("lrecl 80", "lrecl", 80),
        ("\tLRECL\t80\t;\tcards", "lrecl", 80),
        ("LRECL 80;cards", "lrecl", 80),
        ("  LRECL     80  ", "lrecl", 80),
        ("LRECL 80\r", "lrecl", 80),
        (f"{'LRECL 80':<72}00010000", "lrecl", 80),
        (f"{'LRECL 80 ; cards':<72}00010000", "lrecl", 80),
        ("PASSIVEDATAPORTS(50000,50010)", "passivedataports", (50000, 50010)),
        ("PASSIVEDATAPORTS ( 50000 , 50010 ) ; range", "passivedataports", (50000, 50010)),
        ("BANNER 'SYS1.BANNER(HELLO)'", "banner", "'SYS1.BANNER(HELLO)'"),
        ("BANNER /etc/Banner" + " " * 5000, "banner", "/etc/Banner"),
        ("LRECL ; left to the data class", "lrecl", None),
        ("SBDATACONN (ibm-1141 , iso8859-1)", "sbdataconn", ("IBM-1141", "ISO8859-1")),
    ],
)
def test_a_statement_is_read_however_it_was_typed(line, attribute, value):
    found = read(f"; a comment\n\n{line}\n")

    assert getattr(found.settings, attribute) == value
    assert not found.diagnostics


FILE = "; cards\nLRECL 80\nRECFM FB ; as cards\n"


@pytest.mark.parametrize(
    "data",
    [
        FILE.encode(),
        FILE.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + FILE.encode(),
        FILE.replace("cards", "Käfer").encode("latin-1"),
        FILE.replace("\n", "\x85").encode("cp1047").replace(b"\x25", b"\x15"),
        FILE.encode("cp1047"),
        "".join(f"{line:<80}" for line in FILE.split("\n")).encode("cp1047"),
        "".join(f"{line:<72}{number:08d}" for number, line in enumerate(FILE.split("\n"))).encode("cp1047"),
    ],
    ids=["lf", "crlf", "mark", "latin-1", "ebcdic", "ebcdic-lf", "card-images", "numbered-cards"],
)
def test_a_file_is_read_in_whatever_form_it_came(data):
    found = read(text_of(data))

    assert (found.settings.lrecl, found.settings.recfm) == (80, "FB")
    assert not found.diagnostics


def test_a_file_of_nothing_but_blanks_and_comments_changes_nothing():
    assert read("\n   \n;;;\n\t\n").settings == Settings()


@pytest.mark.parametrize("name", ["page37.data", "page64.data"])
def test_the_files_of_the_source_document_are_understood(name):
    found = read((FILES / name).read_text())

    assert not found.errors
    assert found.settings.tlsmechanism == "ATTLS"
    assert found.settings.tlsrfclevel == "RFC4217"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("EPSV4 TRUE", "other side"),
        ("CCTRANS MYTAB", "other side"),
        ("SOCKSCONFIGFILE /etc/socks", "other side"),
        ("SEQNUMSUPPORT TRUE", "other side"),
        ("RESTPUT TRUE", "other side"),
        ("NETRCLEVEL 2", "other side"),
        ("JESOWNER *", "site only"),
        ("SUBSYS BP01", "site only"),
        ("LRECL 80 81", "extra"),
        ("LRECL", None),
        ("BANNER", "missing"),
        ("LRECLL 80", "unknown"),
        ("LRECL = 80", "not numeric"),
        ("PASSIVEDATAPORTS (1,2", "invalid"),
        ("PASSIVEDATAPORTS (1,2)", "range"),
    ],
)
def test_what_is_wrong_is_told_by_its_reason(line, reason):
    found = read(f"\n{line}\n")

    assert [each.reason for each in found.diagnostics] == ([reason] if reason else [])
    assert all(each.line == 2 for each in found.diagnostics)
