"""Subcommands of the client one by one, with our own server."""

from __future__ import annotations

import re
import time

import pytest

from zftpd.client.errors import SubcommandFailed
from zftpd.client.interpreter import TABLE, find
from zftpd.client.local_store import StoreFiles

SIGN_ON = ["IBMUSER", "SYS1"]
#: The subcommands of [UG] with their least abbreviations in capitals.
MANUAL = """ACCt APpend AScii AUth BIG5 BINary BLock CCc CD CDUp CLEar CLose COMpress CProtect DEBug DELEte DELImit DIr DUMP
EBcdic EUckanji FEature FIle Get GLob HAngeul HElp IBmkanji JIS78kj JIS83kj Ksc5601 LAnguage LCd LMkdir LOCSIte LOCSTat LPwd LS
MDelete MGet MKDir MKFifo MOde MPut MVSGet MVSPut NOop Open PAss PRIvate PROMpt PROTect PROXy PUt PWd QUIt QUOte RECord REName
REStart RMdir SAfe SChinese SENDPort SENDSite SIte SJiskanji SRestart STAtus STREam STRuct SUnique SYstem TChinese TSO TYpe UCs2
User VErbose""".split()


@pytest.fixture
def port(zos):
    return zos.port


@pytest.fixture
def store(zos):
    return StoreFiles(zos.mvs, zos.who)


def said(shown, message):
    """The texts of one message id."""
    return [line.partition(" ")[2] for line in shown if line.startswith(message)]


def sent(shown):
    """The commands that were sent."""
    return [text.removeprefix(">>> ") for text in said(shown, "EZA1701I")]


@pytest.mark.parametrize("name", MANUAL)
def test_every_subcommand_of_the_manual_is_there_in_full_and_abbreviated(name):
    least = re.match("[A-Z0-9]+", name)[0]

    assert find(name).name == name.lower()
    assert find(least).name == name.lower()


def test_no_two_subcommands_share_a_name():
    names = [row.name for row in TABLE]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", ["pro", "m", "s", "l", "del", "mv", "t", "locs"])
def test_an_abbreviation_of_several_subcommands_is_ambiguous(name):
    with pytest.raises(SubcommandFailed) as refused:
        find(name)
    assert refused.value.key == "ambiguous"


def test_ambiguous_and_unknown_names_are_told_and_only_unknown_ones_end_a_session(zftp, port):
    shown, code = zftp([*SIGN_ON, "pro", "frobnicate", "pwd"], port, exit_on_error=True)

    assert said(shown, "EZA1464I") == ["Ambiguous subcommand pro"]
    assert said(shown, "EZA1465I") == ["Unknown subcommand frobnicate"]
    assert code == 99000
    assert "PWD" not in sent(shown)


@pytest.mark.parametrize(
    ("codes", "code"), [("FALSE", 16550), ("TRUE", 2), ("EXTENDED", 216)], ids=["standard", "client", "extended"]
)
def test_clienterrcodes_chooses_the_return_code(zftp, port, codes, code):
    shown, got = zftp([*SIGN_ON, "get 'NOT.THERE' x", "pwd"], port, exit_on_error=True, clienterrcodes=codes)

    assert got == code
    assert said(shown, "EZA1735I") == ["Std Return Code = 16550, Error Code = 00002"]


def test_exit_with_a_number_is_that_number(zftp, port):
    assert zftp([*SIGN_ON, "get 'NOT.THERE' x"], port, exit_on_error=True, fixed_exit=8)[1] == 8


@pytest.mark.parametrize("line", ["site nonsense=1", "sendsite", "glob", "debug nonsense", "help", "quote pwd", "lpwd"])
def test_what_does_not_end_a_session_does_not(zftp, port, line):
    shown, code = zftp([*SIGN_ON, line, "pwd", "quit"], port, exit_on_error=True)

    assert code == 0 and "PWD" in sent(shown)


def test_a_wrong_password_is_client_error_11(zftp, port):
    shown, _ = zftp(["IBMUSER", "WRONG"], port, exit_on_error=True)

    assert said(shown, "EZA1735I") == ["Std Return Code = 10530, Error Code = 00011"]


def test_logclienterr_tells_each_failure_with_ezz9830i(zftp, port):
    shown, _ = zftp([*SIGN_ON, "get 'NOT.THERE' x", "quit"], port, logclienterr=True)
    ended, _ = zftp([*SIGN_ON, "get 'NOT.THERE' x"], port, logclienterr=True, exit_on_error=True, clienterrcodes="EXTENDED")

    assert said(shown, "EZZ9830I") == ["USER1 FTP failed - Cmd = 16(get) Reply = 550 NX STD RC = 16550"]
    assert said(ended, "EZZ9830I") == ["USER1 FTP failed - Cmd = 16(get) Reply = 550 EX CEE RC = 00216"]


def test_verbose_shows_message_ids_or_leaves_them_out(zftp, port):
    shown, _ = zftp([*SIGN_ON, "verbose", "pwd", "verbose", "quit"], port)

    assert "Message IDs are not displayed when running in z/OS UNIX" in shown
    assert ">>> PWD" in shown
    assert "EZA2859I Message IDs are displayed when running in z/OS UNIX" in shown


def test_debug_all_shows_the_traces_of_the_manual(zftp, port):
    shown, _ = zftp([*SIGN_ON, "debug all", "debug xsec", "debug none", "quit"], port)

    assert said(shown, "EZA2923I") == [
        "Active client traces - FLO CMD PAR INT ACC UTL SEC FSC(1) SOC(1) SQL",
        "Active client traces - FLO CMD PAR INT ACC UTL FSC(1) SOC(1) SQL",
        "Active client traces - NONE",
    ]


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("sjiskanji", "TYPE B 1"), ("euckanji", "TYPE B 2"), ("jis83kj", "TYPE B 3 A"), ("jis78kj", "TYPE B 4 A"),
        ("hangeul", "TYPE B 5"), ("ksc5601", "TYPE B 6"), ("tchinese", "TYPE B 7"), ("big5", "TYPE B 8"),
        ("schinese", "TYPE B 9"), ("jis78kj (jisroman noso", "TYPE B 4 R N"), ("jis83kj (noso", "TYPE B 3 A N"),
        ("sjiskanji (sosi", "TYPE B 1 S A"), ("sjiskanji (sosi ebcdic", "TYPE B 1 S E"),
        ("sjiskanji ( sosi space", "TYPE B 1 S S"), ("sjiskanji (noso", "TYPE B 1 N"), ("type b 1 s e", "TYPE B 1 S E"),
        ("ucs2", "TYPE U 2"), ("ebcdic", "TYPE E"), ("binary", "TYPE I"), ("block", "MODE B"), ("compress", "MODE C"),
        ("record", "STRU R"), ("language en", "LANG en"), ("feature", "FEAT"), ("system", "SYST"), ("noop", "NOOP"),
        ("mkdir X", "MKD X"), ("rmdir X", "RMD X"), ("cdup", "CDUP"), ("cd ..", "CDUP"), ("mkfifo /tmp/p", "XFIF /tmp/p"),
    ],
)  # fmt: skip
def test_a_subcommand_that_is_one_command_sends_it(zftp, port, name, command):
    shown, _ = zftp([*SIGN_ON, name, "quit"], port)

    assert command in sent(shown)


def test_text_in_shift_jis_goes_there_and_back(zftp, port, store, zos):
    zos.seed({"IBMUSER.KANJI": {"recfm": "VB", "lrecl": 255, "text": "ABC\n"}})

    _, code = zftp(
        [*SIGN_ON, "sjiskanji", "put 'IBMUSER.KANJI' 'IBMUSER.VIA'", "get 'IBMUSER.VIA' 'IBMUSER.BACK'", "quit"],
        port,
        local=store,
        exit_on_error=True,
    )

    assert code == 0
    assert zos.text("IBMUSER.BACK") == "ABC\n"


def test_sendsite_tells_the_server_what_a_data_set_is_like(zftp, port, store, zos):
    zos.seed(
        {"IBMUSER.FB": {"recfm": "FB", "lrecl": 133, "text": "X\n"}, "IBMUSER.VB": {"recfm": "VB", "lrecl": 300, "text": "X\n"}}
    )

    shown, _ = zftp(
        [*SIGN_ON, "put 'IBMUSER.FB' A", "put 'IBMUSER.VB' B", "sendsite", "put 'IBMUSER.FB' C", "quit"], port, local=store
    )

    first, second = [command for command in sent(shown) if command.startswith("SITE")]
    assert first.startswith("SITE FIXrecfm 133 LRECL=133 RECFM=FB BLKSIZE=")
    assert second.startswith("SITE VARrecfm LRECL=300 RECFM=VB BLKSIZE=")
    assert [zos.info(f"IBMUSER.{name}").dcb.lrecl for name in "AB"] == [133, 300]


def test_without_sendport_the_server_connects_to_where_the_client_came_from(zftp, port, zos):
    zos.seed({"IBMUSER.A": "X\n"})

    shown, code = zftp([*SIGN_ON, "sendport", "dir", "quit"], port, fwfriendly=False, exit_on_error=True)

    assert code == 0 and not any(command.startswith("PORT") for command in sent(shown))
    assert any("A" in line for line in said(shown, "EZA2284I"))


def test_an_exclamation_mark_runs_a_shell_command_of_the_machine(zftp, port):
    shown, _ = zftp([*SIGN_ON, "!echo from the shell", "quit"], port)

    assert "from the shell" in shown


@pytest.mark.parametrize("entry", ["machine 127.0.0.1 login IBMUSER password SYS1", "default login IBMUSER\n password SYS1"])
def test_netrc_signs_on_without_asking(zftp, port, entry):
    shown, code = zftp(["pwd", "quit"], port, netrc=f"machine other login X password Y\n{entry}\n", exit_on_error=True)

    assert code == 0 and "PWD" in sent(shown)
    assert not any("SYS1" in line for line in shown) and not said(shown, "EZA1459I")


def test_netrc_is_left_alone_where_that_is_wanted(zftp, port):
    shown, _ = zftp([*SIGN_ON, "quit"], port, netrc="default login X password Y", use_netrc=False)

    assert "USER IBMUSER" in sent(shown)


def test_a_dbcs_type_and_reset_after_mvsput_are_remembered(zftp, port, store, zos):
    zos.seed({"IBMUSER.V": {"recfm": "VB", "lrecl": 100, "text": "ONE\nTWO\n"}})

    shown, _ = zftp([*SIGN_ON, "sjiskanji", "mvsput 'IBMUSER.V' 'IBMUSER.W'", "quit"], port, local=store)

    assert [command for command in sent(shown) if command.startswith(("TYPE", "MODE"))] == [
        "TYPE B 1", "TYPE E", "MODE B", "MODE S", "TYPE B 1",
    ]  # fmt: skip
    assert zos.text("IBMUSER.W") == "ONE\nTWO\n"


def test_mvsput_and_mvsget_copy_a_data_set_with_its_attributes(zftp, port, store, zos):
    zos.seed({"IBMUSER.FROM": {"recfm": "VB", "lrecl": 1000, "text": "ONE\n\nTHREE  \n"}})

    _, code = zftp(
        [*SIGN_ON, "mvsput 'IBMUSER.FROM' 'IBMUSER.THERE'", "mvsget 'IBMUSER.THERE' 'IBMUSER.BACK'", "quit"],
        port,
        local=store,
        exit_on_error=True,
    )

    assert code == 0
    before, after = zos.info("IBMUSER.FROM"), zos.info("IBMUSER.BACK")
    assert (after.dcb.recfm, after.dcb.lrecl, after.dcb.blksize) == (before.dcb.recfm, before.dcb.lrecl, before.dcb.blksize)
    assert zos.records("IBMUSER.BACK") == zos.records("IBMUSER.FROM") == zos.records("IBMUSER.THERE")


def test_mvsput_and_mvsget_copy_a_library_with_all_its_members(zftp, port, store, zos):
    zos.seed({"IBMUSER.LIB": {"recfm": "FB", "lrecl": 120, "members": {"A": "1\n", "B": "2\n", "C": "3\n"}}})

    _, code = zftp(
        [*SIGN_ON, "mvsput 'IBMUSER.LIB' 'IBMUSER.LIB2'", "mvsget 'IBMUSER.LIB2' 'IBMUSER.LIB3'", "quit"],
        port,
        local=store,
        exit_on_error=True,
    )

    assert code == 0
    assert zos.members("IBMUSER.LIB3") == ["A", "B", "C"]
    assert zos.records("IBMUSER.LIB3(B)") == zos.records("IBMUSER.LIB(B)")
    assert zos.info("IBMUSER.LIB3").dcb.lrecl == 120


def test_mvsget_replaces_a_data_set_only_when_told_to(zftp, port, store, zos):
    zos.seed(
        {
            "IBMUSER.NEW": {"recfm": "FB", "lrecl": 80, "text": "NEW\n"},
            "IBMUSER.OLD": {"recfm": "VB", "lrecl": 90, "text": "OLD\n"},
        }
    )

    _, refused = zftp([*SIGN_ON, "mvsget 'IBMUSER.NEW' 'IBMUSER.OLD'"], port, local=store, exit_on_error=True)
    kept = zos.text("IBMUSER.OLD")
    _, code = zftp([*SIGN_ON, "mvsget 'IBMUSER.NEW' 'IBMUSER.OLD' (REALLOCATE", "quit"], port, local=store, exit_on_error=True)

    assert (refused, kept) == (84200, "OLD\n")
    assert (code, zos.text("IBMUSER.OLD"), zos.info("IBMUSER.OLD").dcb.lrecl) == (0, "NEW\n", 80)


def test_mvsget_of_what_is_not_there_and_without_data_sets_is_refused(zftp, port, store, zos):
    assert zftp([*SIGN_ON, "mvsget 'NOT.THERE' 'IBMUSER.X'"], port, local=store, exit_on_error=True)[1] == 84550
    shown, code = zftp([*SIGN_ON, "mvsget 'NOT.THERE' x"], port, exit_on_error=True)
    assert code // 1000 == 84 and said(shown, "EZA2062I")
    assert not zos.exists("IBMUSER.X")


@pytest.fixture
def second(zos_start):
    return zos_start(ftpdata="PORTCOMMANDIPADDR UNRESTRICTED\nPASSIVEDATACONN UNRESTRICTED\n")


def test_proxy_transfers_between_two_servers(zftp, port, zos, second):
    zos.seed({"IBMUSER.HERE": "FIRST\n"})
    second.seed({"IBMUSER.THERE": "SECOND\n"})
    lines = [*SIGN_ON, f"proxy open 127.0.0.1 {second.port}", *SIGN_ON, "proxy get 'IBMUSER.HERE' 'IBMUSER.COPY'"]
    lines += ["proxy put 'IBMUSER.THERE' 'IBMUSER.COPY'", "proxy pwd", "proxy close", "pwd", "quit"]

    shown, code = zftp(lines, port, exit_on_error=True)

    assert code == 0, "\n".join(shown)
    assert second.text("IBMUSER.COPY") == "FIRST\n"
    assert zos.text("IBMUSER.COPY") == "SECOND\n"


def test_proxy_needs_its_own_open(zftp, port):
    shown, code = zftp([*SIGN_ON, "proxy pwd"], port, exit_on_error=True)

    assert code // 1000 == 61 and said(shown, "EZA2060I")


def test_a_file_that_is_not_there_leaves_both_servers_ready(zftp, port, zos, second):
    zos.seed({"IBMUSER.HERE": "FIRST\n"})
    lines = [*SIGN_ON, f"proxy open 127.0.0.1 {second.port}", *SIGN_ON, "proxy get 'NOT.THERE' 'IBMUSER.X'"]
    lines += ["proxy get 'IBMUSER.HERE' 'IBMUSER.COPY'", "quit"]

    zftp(lines, port)

    assert second.text("IBMUSER.COPY") == "FIRST\n"


@pytest.mark.parametrize("name", ["sjiskanji (jisroman", "jis83kj (sosi", "big5 (sosi utf8", "hangeul noso noso"])
def test_options_that_a_double_byte_type_has_not_are_refused_before_anything_is_sent(zftp, port, name):
    shown, _ = zftp([*SIGN_ON, name, "quit"], port)

    assert said(shown, "EZA1461I")
    assert not any(command.startswith("TYPE") for command in sent(shown))


def test_shifts_chosen_by_option_hold_on_both_sides(zftp, port, store, zos):
    zos.seed({"IBMUSER.KANJI": {"recfm": "VB", "lrecl": 255, "text": "ABC\n"}})
    moves = ["put 'IBMUSER.KANJI' 'IBMUSER.VIA'", "get 'IBMUSER.VIA' 'IBMUSER.BACK'"]

    _, code = zftp([*SIGN_ON, "sjiskanji (sosi space", *moves, "quit"], port, local=store, exit_on_error=True)

    assert code == 0
    assert zos.text("IBMUSER.BACK") == zos.text("IBMUSER.KANJI")


def test_the_disk_option_keeps_listings_under_the_names_of_the_manual(zftp, port, store, zos, tmp_path):
    zos.seed({"IBMUSER.A": {"recfm": "FB", "lrecl": 80, "text": "x\n"}})
    lines = [*SIGN_ON, "dir (disk", "ls (disk", "quit"]

    zftp(lines, port)
    zftp(lines, port, local=store)

    assert "Volume Unit" in (tmp_path / "DIROUTP").read_text()
    assert (tmp_path / "LSOUTPUT").read_text() == "A\n"
    assert zos.exists("IBMUSER.FTP.DIROUTP") and zos.exists("IBMUSER.FTP.LSOUTPUT")


def test_cprotect_shows_the_protection_of_commands_and_clear_is_ccc(zftp, zos_start, zos_certificate):
    zos = zos_start(ftpdata="EXTENSIONS AUTH_TLS\nTLSRFCLEVEL RFC4217\n")
    (pem,) = [path for path in zos_certificate.iterdir() if "BEGIN CERTIFICATE" in path.read_text()]
    zos.seed({"IBMUSER.A": {"recfm": "FB", "lrecl": 80, "text": "x\n"}})
    levels = ["cprotect", "cprotect safe", "cprotect private", "cprotect clear", "cprotect private"]
    lines = [*SIGN_ON, *levels, "dir", "pwd", "quit"]

    shown, _ = zftp(lines, zos.port, secure_mechanism="TLS", secure_dataconn="PRIVATE", keyring=str(pem))

    assert said(shown, "EZA2907I") == [f"Control connection protection is {level}" for level in ("private", "private", "clear")]
    assert said(shown, "EZA2063I") == ["cprotect safe is not supported by this client"]
    assert len(said(shown, "EZA2899I")) == 1
    assert any(line.startswith("EZA2284I") and line.endswith(" A") for line in shown)
    assert "CCC" in sent(shown) and any(line.startswith("257 ") for line in shown)


@pytest.mark.parametrize(
    ("words", "asked", "shown"),
    [("chkptint=7", "chk", "Checkpoint interval is 7"), ("my=33", "myopentime", "MYOPENTIME is 33"),
     ("fwf", "FWFR", "FWFRIENDLY is TRUE"),
     ("noepsv4", "epsv4", "EPSV4 is FALSE"), ("norestg", "restget", "RESTGET is FALSE"),
     ("recfm=vb lrecl=300", "lrecl", "Lrecl: 300"),
     ("prim=7", "primary", "Primary allocation 7 tracks"), ("encoding=mbcs", "en", "ENcoding is set to MBCS"),
     ("inact=44", "(inacttime", "INACTTIME is 44")],
)  # fmt: skip
def test_locstat_with_a_name_shows_what_locsite_has_set(zftp, port, words, asked, shown):
    answered, code = zftp([*SIGN_ON, f"locsite {words}", f"locstat {asked}", "quit"], port, exit_on_error=True)

    assert code == 0 and any(shown in line for line in said(answered, "EZA2811I")), said(answered, "EZA2811I")


def test_locstat_alone_shows_the_session_the_place_and_every_parameter_of_the_client(zftp, port, tmp_path):
    shown, _ = zftp([*SIGN_ON, "sendsite", "locstat", "quit"], port)

    lines = said(shown, "EZA2811I")
    assert lines[:2] == ["Trace: FALSE, Send Port: TRUE", "Send Site with Put command: FALSE"]
    assert f"Connected to:127.0.0.1, Port: {port}" in lines and f"Local directory is {tmp_path}" in lines
    assert any(line.startswith("CLIENTERRCODES is") for line in lines) and any(
        line.startswith("Trailing blanks") for line in lines
    )


def test_words_that_locsite_does_not_know_or_take_are_told(zftp, port):
    shown, code = zftp([*SIGN_ON, "locsite nonsense lrecl=x1 my=abc", "locstat nonsense", "quit"], port)

    assert "Unrecognized parameter 'nonsense' on LOCSITE subcommand." in said(shown, "EZA2565I")
    assert said(shown, "EZA2566I") == ["abc is not valid for MYOPENTIME - ignored"]
    assert any("nonsense" in line for line in said(shown, "EZA2565I"))


@pytest.mark.parametrize(
    "moves", [["ebcdic"], ["block"], ["compress"], ["ebcdic", "block"], ["record"], ["binary", "block"], ["ebcdic", "record"]]
)
def test_a_text_of_this_machine_comes_back_in_every_type_mode_and_structure(zftp, port, tmp_path, moves):
    (tmp_path / "in").write_text("ONE\n\nTHR\u00e9E\n", "latin-1")

    _, code = zftp([*SIGN_ON, *moves, "put in /tmp/there", "get /tmp/there back", "quit"], port, exit_on_error=True)

    assert code == 0 and (tmp_path / "back").read_bytes() == (tmp_path / "in").read_bytes()


def test_a_text_in_ebcdic_is_the_same_text_there(zftp, port, zos, tmp_path):
    (tmp_path / "in").write_text("ONE\nTWO\n")

    zftp([*SIGN_ON, "ebcdic", "block", "put in 'IBMUSER.E'", "quit"], port)

    assert zos.text("IBMUSER.E") == "ONE\nTWO\n"


@pytest.mark.parametrize("theirs", ["RFC4217", "CCCNONOTIFY"])
@pytest.mark.parametrize("ours", ["RFC4217", "CCCNONOTIFY"])
def test_ccc_waits_for_no_close_notify_that_does_not_come(zftp, zos_start, zos_certificate, ours, theirs):
    zos = zos_start(ftpdata=f"EXTENSIONS AUTH_TLS\nTLSRFCLEVEL {theirs}\nSECURE_SESSION_REUSE REQUIRED\n")
    (pem,) = [path for path in zos_certificate.iterdir() if "BEGIN CERTIFICATE" in path.read_text()]
    zos.seed({"IBMUSER.A": {"recfm": "FB", "lrecl": 80, "text": "x\n"}})
    lines = [*SIGN_ON, "ccc", "dir", "pwd", "quit"]
    began = time.monotonic()

    shown, _ = zftp(lines, zos.port, secure_mechanism="TLS", secure_dataconn="PRIVATE", tlsrfclevel=ours, keyring=str(pem))

    assert any(line.startswith("EZA2284I") and line.endswith(" A") for line in shown), shown
    assert any(line.startswith("257 ") for line in shown)
    assert time.monotonic() - began < 10


def test_with_sunique_a_second_put_takes_another_name(zftp, port, zos, tmp_path):
    (tmp_path / "in").write_text("one\n")

    shown, _ = zftp([*SIGN_ON, "sunique", "put in 'IBMUSER.UNIQUE'", "put in 'IBMUSER.UNIQUE'", "sunique", "quit"], port)

    assert [line for line in sent(shown) if line.startswith("ST")] == ["STOU 'IBMUSER.UNIQUE'"] * 2
    assert len(zos.datasets("IBMUSER.UNIQUE*")) == 2
