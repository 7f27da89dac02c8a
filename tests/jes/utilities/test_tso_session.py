"""Batch TSO: how commands are read, how a session ends, and the commands that came late."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jes.hosttext import to_host
from jes.utilities.tso.cards import Cards, without_comments
from mvsfs.dcb import Dsorg
from mvsfs.info import Allocation, Target

STEP = "//J JOB 1,X\n//S EXEC PGM={}\n{}//SYSTSPRT DD SYSOUT=*\n//SYSTSIN DD DATA,DLM=@@\n{}\n@@\n"


def tso(system, *lines: str, program: str = "IKJEFT01", dds: str = ""):
    return system.run(STEP.format(program, dds, "\n".join(lines)))


def shown(system, *lines: str, **more: str) -> list[str]:
    return system.output(tso(system, *lines, **more), "SYSTSPRT")


# cards


@pytest.mark.parametrize(
    ("cards", "commands"),
    [
        (["LISTC -", "  LEVEL(A)"], ["LISTC   LEVEL(A)"]),
        (["LIST-", "CAT"], ["LISTCAT"]),
        (["DEL 'A.B+", "     .C'"], ["DEL 'A.B.C'"]),
        (["/* NOTHING */", "", "TIME /* NOW */"], ["TIME"]),
        (["SEND '/* NOT A COMMENT */'"], ["SEND '/* NOT A COMMENT */'"]),
        (["TIME /* WITHOUT AN END"], ["TIME"]),
        (["/* OVER -", "TWO CARDS */ TIME"], ["TIME"]),
        (["PROFILE +"], ["PROFILE"]),
    ],
)
def test_cards_make_commands(cards, commands):
    assert commands == list(Cards([to_host(card.ljust(80)) for card in cards]))


def test_sequence_numbers_of_card_images_are_not_read():
    assert list(Cards([to_host("TIME".ljust(72) + "00010000")])) == ["TIME"]


@given(st.text(alphabet="ab'/* ", max_size=40))
def test_taking_comments_out_never_fails_and_keeps_what_has_none(text):
    assert "/*" in text or without_comments(text) == text


# names, operands


@pytest.mark.parametrize("command", ["(****", "1ABC", "ABCDEFGHI", "'A'", "A.B"])
def test_what_cannot_be_the_name_of_a_command_is_no_command(system, command):
    info = tso(system, command)

    assert info.completion.text == "RC=0012"
    assert "IKJ56621I INVALID COMMAND NAME SYNTAX" in system.output(info, "SYSTSPRT")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("ALLOC DA(X) BADKEY OLD", "IKJ56712I INVALID KEYWORD, BADKEY"),
        ("RENAME 'A.B'", "IKJ56701I MISSING DATA SET NAME"),
        ("LISTDS 'A.B' FOO", "IKJ56712I INVALID KEYWORD, FOO"),
        ("FREE", "IKJ56701I MISSING DATA SET NAME OR FILE NAME"),
        ("FREE DA('A.B')", "IKJ56247I DATA SET A.B NOT FREED, IS NOT ALLOCATED"),
        ("PROFILE PREFIX(1A)", "IKJ56702I INVALID VALUE, 1A"),
        ("PROFILE FOO", "IKJ56712I INVALID KEYWORD, FOO"),
    ],
)
def test_operands_that_are_wrong_are_told_in_words_of_parse(system, command, words):
    info = tso(system, command)

    assert info.completion.text == "RC=0012"
    assert words in system.output(info, "SYSTSPRT")


# the session


@pytest.mark.parametrize("end", ["END", "LOGOFF", "LOGON IBMUSER"])
def test_nothing_is_done_behind_the_end_of_a_session(system, end):
    assert shown(system, end, "TIME") == ["READY", end]


def test_profile_shows_what_it_has_set(system):
    lines = shown(system, "PROFILE NOMSGID RECOVER NOPREFIX", "PROFILE", "FROB")

    assert next(line for line in lines if line.startswith("CHAR(0)")) == (
        "CHAR(0)  LINE(0)  NOPROMPT INTERCOM NOPAUSE NOMSGID NOMODE WTPMSG RECOVER NOPREFIX "
        "PLANGUAGE(ENU) SLANGUAGE(ENU) VARSTORAGE(LOW)"
    )
    assert "COMMAND FROB NOT FOUND" in lines


@pytest.mark.parametrize(
    ("rc", "condition", "is_done"),
    [(8, "> 4", True), (4, "> 4", False), (0, "EQ 0", True), (8, "LT 8", False), (8, "GE 8", True), (8, "NE 8", False)],
)
def test_when_does_a_command_for_the_code_of_the_last_program(opened, rc, condition, is_done):
    system = opened(programs={"ENDS": lambda _step: rc})
    lines = shown(system, "CALL 'X(ENDS)'", "PROFILE", f"WHEN SYSRC({condition}) SEND 'HI'", "TIME")

    assert is_done is any("HI IBMUSER" in line for line in system.output(system.jes.jobs(system.acee)[0], "JESMSGLG"))
    assert any(line.startswith("IKJ56650I") for line in lines)


def test_when_without_a_command_ends_the_session(opened):
    system = opened(programs={"ENDS": lambda _step: 8})

    assert shown(system, "CALL 'X(ENDS)'", "WHEN SYSRC(GT 4)", "TIME")[-1] == "WHEN SYSRC(GT 4)"


@pytest.mark.parametrize(("option", "parm"), [("", "ABC,D"), (" ASIS", "aBc,d"), (" CAPS", "ABC,D")])
def test_call_folds_the_parm_unless_asis_is_said(opened, option, parm):
    given_ = []
    system = opened(programs={"TAKES": lambda step: given_.append(step.parm)})
    tso(system, f"CALL *(TAKES) 'aBc,d'{option}")

    assert given_ == [parm]


# jobs, messages


def test_submit_takes_jobs_from_the_input(system):
    lines = shown(system, "SUBMIT * END(QQ)", "//ONE JOB 1,X", "//S EXEC PGM=IEFBR14", "//TWO JOB 1,X", "//S EXEC PGM=IEFBR14",
                  "QQ", "TIME")  # fmt: skip

    assert "IKJ56250I JOB ONE(JOB00002) SUBMITTED" in lines
    assert "IKJ56250I JOB TWO(JOB00003) SUBMITTED" in lines
    assert any(line.startswith("IKJ56650I") for line in lines)


@pytest.mark.parametrize(("option", "answer"), [(" JOBCHAR(Z)", ()), ("", ("Z",))])
def test_submit_makes_the_job_statement_that_is_missing(system, option, answer):
    system.put("IBMUSER.CNTL", "//S EXEC PGM=IEFBR14")

    assert "IKJ56250I JOB IBMUSERZ(JOB00002) SUBMITTED" in shown(system, f"SUBMIT CNTL{option}", *answer)


def test_a_message_to_a_user_finds_nobody(system):
    assert "IKJ55072I USER(S) SUE NOT LOGGED ON OR TERMINAL DISCONNECTED, MESSAGE CANCELLED" in shown(
        system, "SEND 'HI' USER(SUE)"
    )
    assert "IKJ56951I NO BROADCAST MESSAGES" in shown(system, "LISTBC")


def test_help_comes_from_the_help_library(system):
    system.put(
        "SYS1.HELP", ")F FUNCTION -", "  SAYS HELLO.", ")X SYNTAX -", "  HELLO NAME", ")O OPERANDS -", "))NAME - WHOM",
        "  TO GREET", "))LOUD - HOW", member="HELLO",
    )  # fmt: skip

    assert [line for line in shown(system, "HELP HELLO OPERANDS(NAME)") if line.startswith((" ", "NAME", "OPERANDS"))] == [
        "OPERANDS -", "NAME - WHOM", "  TO GREET",
    ]  # fmt: skip
    assert "IKJ56802I HELP NOT AVAILABLE FOR FROB" in shown(system, "HELP FROB")


# transmissions to a user


def test_a_data_set_goes_to_a_user_of_the_node_and_is_received_once(system):
    system.put("IBMUSER.DATA", "ONE LINE")
    system.put("IBMUSER.LIB", "IN M", member="M")
    sent = shown(system, "XMIT N1.IBMUSER DA(DATA)", "XMIT N1.IBMUSER DA(LIB)")

    assert sum(line.startswith("Transmission occurred on") for line in sent) == 2
    received = shown(system, "RECEIVE", "DA(COPY1)", "DA(COPY2)")
    assert [line for line in received if line.startswith("INMR")] == [
        "INMR901I Dataset IBMUSER.DATA from IBMUSER on N1",
        "INMR906A Enter restore parameters or 'DELETE' or 'END' +",
        "INMR001I Restore successful to dataset 'IBMUSER.COPY1'",
        "INMR901I Dataset IBMUSER.LIB from IBMUSER on N1",
        "INMR906A Enter restore parameters or 'DELETE' or 'END' +",
        "INMR001I Restore successful to dataset 'IBMUSER.COPY2'",
        "INMR000I No more files remain for the receive command to process.",
    ]
    assert (system.lines("IBMUSER.COPY1"), system.lines("IBMUSER.COPY2", "M")) == (["ONE LINE"], ["IN M"])
    assert "INMR003I You have no messages or data sets to receive." in shown(system, "RECEIVE")


def test_a_transmission_that_is_not_restored_stays(system):
    system.put("IBMUSER.DATA", "ONE LINE")
    first = shown(system, "XMIT N1.IBMUSER DA(DATA)", "RECEIVE", "END")
    second = shown(system, "RECEIVE", "DELETE")

    assert "INMR901I Dataset IBMUSER.DATA from IBMUSER on N1" in first
    assert "INMR002I File deleted" in second
    assert "INMR003I You have no messages or data sets to receive." in shown(system, "RECEIVE")


def test_a_transmission_is_not_purged_with_the_output_of_its_job(opened):
    from jes.config import OutClass

    system = opened(out_classes={"Z": OutClass("Z", "PURGE", "PURGE")})
    system.put("IBMUSER.DATA", "ONE LINE")
    step = "//S EXEC PGM=IKJEFT01\n//SYSTSPRT DD SYSOUT=*\n//SYSTSIN DD *\nXMIT N1.IBMUSER DA(DATA)\n/*\n"
    system.run(f"//J JOB 1,X,MSGCLASS=Z\n{step}")

    assert "INMR901I Dataset IBMUSER.DATA from IBMUSER on N1" in shown(system, "RECEIVE", "END")


def test_nobody_else_gets_the_transmission(system):
    system.put("IBMUSER.DATA", "ONE LINE")
    shown(system, "XMIT N1.SUE DA(DATA)")

    assert "INMR003I You have no messages or data sets to receive." in shown(system, "RECEIVE")
    assert tso(system, "RECEIVE USERID(SUE)").completion.text == "RC=0012"


def test_another_node_is_not_known(system):
    system.put("IBMUSER.DATA", "ONE LINE")
    info = tso(system, "XMIT N9.SUE DA(DATA)")

    assert info.completion.text == "RC=0012"
    assert "INMX020I Node name 'N9' not defined to JES, transmission rejected" in system.output(info, "SYSTSPRT")


# access method services


def test_verbs_of_access_method_services_take_the_prefix(system):
    system.put("IBMUSER.ONE", "A LINE")
    out = "//OUT DD DSN=IBMUSER.TWO,DISP=(NEW,KEEP),SPACE=(TRK,1),LRECL=80,\n//  RECFM=FB\n"
    commands = "REPRO IDS(ONE) ODS(TWO)", "DEFINE GDG(NAME(GROUP) LIMIT(3))", "ALTER ONE NEWNAME(THREE)", "DEL THREE"
    info = tso(system, *commands, dds=out)

    assert info.completion.text == "RC=0000"
    assert "IDC0005I NUMBER OF RECORDS PROCESSED WAS 1" in system.output(info, "SYSTSPRT")
    assert system.mvs.exists("IBMUSER.GROUP")
    assert not system.mvs.exists("IBMUSER.THREE")


def test_a_verb_that_fails_tells_its_code(system):
    lines = shown(system, "DELETE NONE")

    assert lines[2:6] == [
        "IDC3012I ENTRY IBMUSER.NONE NOT FOUND",
        "IDC3009I ** VSAM CATALOG RETURN CODE IS 8 - REASON CODE IS IGG0CLEG-42",
        "IDC0551I ** ENTRY IBMUSER.NONE NOT DELETED",
        "IDC0014I LASTCC=8",
    ]


def test_smcopy_copies_a_data_set(system):
    system.put("IBMUSER.ONE", "A LINE")

    assert tso(system, "SMCOPY FDS(ONE) TDS('IBMUSER.TWO')").completion.text == "RC=0000"
    assert system.lines("IBMUSER.TWO") == ["A LINE"]


# members


@pytest.fixture
def members(system):
    system.mvs.allocate("IBMUSER.LIB", Allocation(recfm="FB", lrecl=80, dsorg=Dsorg.PO, directory_blocks=2), system.who)
    for name in ("ONE", "TWO"):
        system.put("IBMUSER.LIB", name, member=name)
    return system


def _directory(system) -> list[tuple[str, str]]:
    return [(member.name, member.alias_of) for member in system.mvs.members("IBMUSER.LIB")]


@pytest.mark.parametrize("command", ["RENAME 'IBMUSER.LIB(ONE)' 'IBMUSER.LIB(UNO)' ALIAS", "REN LIB(ONE) (UNO) AL"])
def test_rename_alias_gives_a_member_a_second_name_and_leaves_the_first(members, command):
    assert tso(members, command).completion.text == "RC=0000"
    assert _directory(members) == [("ONE", ""), ("TWO", ""), ("UNO", "ONE")]


@pytest.mark.parametrize("command", ["RENAME 'IBMUSER.LIB(ONE)' (UNO)", "RENAME LIB(ONE) (UNO)", "RENAME LIB(ONE) LIB(UNO)"])
def test_rename_of_a_member(members, command):
    assert tso(members, command).completion.text == "RC=0000"
    assert _directory(members) == [("TWO", ""), ("UNO", "")]


def test_alias_is_for_members(members):
    info = tso(members, "RENAME LIB LIB2 ALIAS")

    assert info.completion.text == "RC=0012"
    assert members.mvs.exists("IBMUSER.LIB")


@pytest.mark.parametrize("command", ["DELETE 'IBMUSER.LIB(ONE)'", "DEL LIB(ONE)", "DEL ('IBMUSER.LIB(ONE)')"])
def test_delete_of_a_member(members, command):
    info = tso(members, command)

    assert info.completion.text == "RC=0000"
    assert "IDC0549I MEMBER ONE DELETED" in members.output(info, "SYSTSPRT")
    assert _directory(members) == [("TWO", "")]


# labels


def test_label_shows_the_format_1_in_hexadecimal(system):
    system.put("IBMUSER.DATA", "A LINE", recfm="VB", lrecl=100)
    lines = shown(system, "LISTDS DATA LABEL")
    block = lines[lines.index("--FORMAT 1 DSCB--") + 1 :][:3]
    volser = to_host(system.mvs.find("IBMUSER.DATA").volser.ljust(6)).hex().upper()

    assert block[0] == f"F1 {volser} 0001 7E0054 000000 01 00 00 C9C2D4D6E2E5E2F24040404040"
    assert block[1].split(" ")[1:6] == ["4000", "50", "00", f"{system.mvs.find('IBMUSER.DATA').dcb.blksize:04X}", "0064"]
    assert [len(word) for word in block[2].split(" ")] == [20, 20, 20, 10]


def test_extents_of_a_label_are_as_long_as_the_data_set(system):
    shape = Allocation(recfm="FB", lrecl=80, space_unit="TRACK", primary=1, secondary=1)
    system.mvs.allocate("IBMUSER.BIG", shape, system.who)
    with system.mvs.open_output(Target("IBMUSER.BIG"), system.who) as out:
        out.write_records([b"\x40" * 80] * 6000)
    info = system.mvs.find("IBMUSER.BIG")
    words = " ".join(shown(system, "LISTDS BIG LABEL")).split(" ")
    extents = [
        bytes.fromhex(word)
        for word in words
        if len(word) == 20 and word.startswith("01") and set(word) <= set("0123456789ABCDEF")
    ]
    tracks = [
        (int.from_bytes(one[6:8], "big") - int.from_bytes(one[2:4], "big")) * 15
        + int.from_bytes(one[8:10], "big") - int.from_bytes(one[4:6], "big") + 1
        for one in extents
    ]  # fmt: skip

    assert len(tracks) == info.extents > 3
    assert sum(tracks) == info.allocated_tracks
