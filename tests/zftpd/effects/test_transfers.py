"""Settings of transfers and listings, each seen in the bytes that arrive [zos-ftp-server.md 4.3, 5]."""

from __future__ import annotations

import pytest

from mvsfs.info import Status

LONG = b"ABCDEFGHIJ" * 10 + b"\r\n"


def sent(ftp, name="A.B", *words):
    for word in words:
        ftp.command(word if word.startswith(("TYPE", "MODE", "STRU")) else f"SITE {word}")
    said = ftp.command(f"RETR {name}")
    assert said.splitlines()[-1].startswith("250"), said
    return ftp.sent


@pytest.mark.parametrize(("word", "data"), [("ASATRANS", b"\fPAGE\n\nLINE"), ("NOASATRANS", b"1PAGE\r\n0LINE\r\n")])
def test_asatrans_turns_control_characters_into_those_of_c(ftp, store, word, data):
    store(ftp, "IBMUSER.A.B", "VBA", 84, "1PAGE", "0LINE")

    assert sent(ftp, "A.B", word).replace(b"\r\n", b"\n").startswith(data.replace(b"\r\n", b"\n"))


@pytest.mark.parametrize(("word", "data"), [("RDW", b"\0\x07\0\0\xc1\xc2\xc3"), ("NORDW", b"\xc1\xc2\xc3")])
def test_rdw_keeps_record_descriptor_words(ftp, store, word, data):
    store(ftp, "IBMUSER.A.B", "VB", 84, "ABC")

    assert sent(ftp, "A.B", "TYPE I", word) == data


@pytest.mark.parametrize(("word", "data"), [("TRAILINGBLANKS", b"AB   \r\n"), ("NOTRAIL", b"AB\r\n")])
def test_trailingblanks_keeps_the_padding_of_fixed_records(ftp, store, word, data):
    store(ftp, "IBMUSER.A.B", "FB", 5, "AB   ")

    assert sent(ftp, "A.B", word) == data


@pytest.mark.parametrize(
    ("words", "code", "lengths"),
    [("", "250", [80]), ("NOTRUNCATE", "451", None), ("WRAPRECORD", "250", [80, 80])],
)
def test_truncate_and_wraprecord_decide_on_long_lines(ftp, records, words, code, lengths):
    ftp.command(f"SITE LRECL=80 RECFM=FB {words}")
    said = ftp.command("STOR A.B", LONG).splitlines()[-1]

    assert said.startswith(code)
    if lengths:
        assert [len(record) for record in records(ftp, "IBMUSER.A.B")] == lengths


def test_autorecall_brings_a_migrated_data_set_back(ftp, store):
    store(ftp, "IBMUSER.A.B", "FB", 5, "ABCDE")
    migrate(ftp)
    assert sent(ftp) == b"ABCDE\r\n"


def test_noautorecall_leaves_it_migrated(ftp, store):
    store(ftp, "IBMUSER.A.B", "FB", 5, "ABCDE")
    migrate(ftp)
    ftp.command("SITE NOAUTORECALL")
    said = ftp.command("RETR A.B")

    assert said.startswith(("550", "451", "450"))
    assert ftp.session.server.mvs.find("IBMUSER.A.B").status is Status.MIGRATED


def migrate(ftp):
    from dataclasses import replace

    mvs = ftp.session.server.mvs
    mvs.enter(replace(mvs.find("IBMUSER.A.B"), status=Status.MIGRATED, volser="MIGRAT"))


@pytest.mark.parametrize(("word", "rows"), [("DIRECTORYMODE", ["A"]), ("DATASETMODE", ["A.B", "A.C.D"])])
def test_directorymode_shows_one_qualifier(ftp, store, word, rows):
    store(ftp, "IBMUSER.A.B", "FB", 80)
    store(ftp, "IBMUSER.A.C.D", "FB", 80)
    ftp.command(f"SITE {word}")
    ftp.command("NLST")

    assert ftp.sent.decode().split() == rows


def test_ispfstats_gives_members_statistics(ftp):
    ftp.command("SITE PDSTYPE=PDS RECFM=FB LRECL=80 ISPFSTATS")
    ftp.command("MKD LIB")
    ftp.command("STOR LIB(WITH)", b"x\r\n")
    ftp.command("SITE NOISPFSTATS")
    ftp.command("STOR LIB(WITHOUT)", b"x\r\n")
    ftp.command("CWD LIB")
    ftp.command("LIST")
    rows = {line.split()[0]: line.split()[1:] for line in ftp.sent.decode().splitlines()[1:]}

    assert rows["WITH"][0] == "01.00"
    assert rows["WITH"][-1] == "IBMUSER"
    assert rows["WITHOUT"] == []


@pytest.mark.parametrize(("level", "kind"), [(0, "PO"), (1, "PO-E"), (2, "PO-E")])
def test_listlevel_is_the_form_of_listings(ftp, level, kind):
    ftp.command(f"SITE PDSTYPE=PDSE LISTLEVEL={level}")
    ftp.command("MKD A.B")
    ftp.command("LIST")

    assert kind in ftp.sent.decode().splitlines()[1].split()


def test_quotes_override_the_working_directory_unless_they_may_not(ftp, store):
    store(ftp, "OTHER.DATA", "FB", 5, "ABCDE")

    assert sent(ftp, "'OTHER.DATA'") == b"ABCDE\r\n"
    ftp.command("SITE NOQUOTESOVERRIDE")
    assert ftp.command("RETR 'OTHER.DATA'").startswith(("501", "550"))


@pytest.mark.parametrize(
    ("word", "mode"), [("UMASK 027", "-rw-r-----"), ("UMASK 000", "-rw-rw-rw-"), ("UMASK 777", "----------")]
)
def test_umask_takes_permissions_from_new_files(ftp, word, mode):
    ftp.command(f"SITE {word}")
    ftp.command("STOR /tmp/new", b"x\r\n")
    ftp.command("LIST /tmp/new")

    assert ftp.sent.decode().splitlines()[-1].startswith(mode)


def test_chkptint_sends_markers_in_block_mode(ftp, store):
    store(ftp, "IBMUSER.A.B", "FB", 5, *["ABCDE"] * 4)
    with_markers = sent(ftp, "A.B", "TYPE E", "MODE B", "CHKPTINT=2")

    assert with_markers.count(b"\x10\0") == 2
    assert sent(ftp, "A.B", "CHKPTINT=0").count(b"\x10\0") == 0


def test_removeinbeof_drops_a_last_x_1a(ftp, records):
    ftp.command("SITE REMOVEINBEOF RECFM=VB LRECL=84")
    ftp.command("STOR A.B", b"one\r\n\x1a")

    assert records(ftp, "IBMUSER.A.B") == ["one".encode("cp037")]


@pytest.mark.parametrize(
    ("filetype", "said"), [("SEQ", "125 Storing data set"), ("JES", "125 Sending Job to JES internal reader")]
)
def test_filetype_is_what_transfers_work_on(ftp, filetype, said):
    ftp.command(f"SITE FILETYPE={filetype}")

    assert ftp.command("STOR A.B", b"//J JOB\r\n").startswith(said)


def test_dswaittimereply_is_how_often_the_client_hears_of_the_wait(ftp, store, held, monkeypatch):
    monkeypatch.setattr("zftpd.commands.waiting.MINUTE", 60)
    store(ftp, "IBMUSER.BUSY", "FB", 5, "ABCDE")
    ftp.session.settings = type(ftp.session.settings)(dswaittime=1, dswaittimereply=15)
    with held(ftp, "IBMUSER.BUSY") as writer:
        said = ftp.command("RETR BUSY").splitlines()
        writer.discard()

    assert sum("1 attempts remaining" in line for line in said) == 4
    assert said[-1].startswith("450")
