"""Messages: what the console shows of a refusal, and that every row is in order."""

from __future__ import annotations

import re

from saf import Access
from saf.messages import TEXTS, ich408i


def test_a_refused_access_reads_as_ich408i(racf):
    acee = racf.user("USER1")
    racf("ADDGROUP PAY")
    racf("ADDSD 'PAY.**' UACC(READ)")
    racf.saf.auth(acee, "DATASET", "PAY.ROLL", Access.UPDATE, volser="VOL001")

    assert ich408i(racf.violations[0]) == [
        "ICH408I USER(USER1   ) GROUP(SYS1    ) NAME(User1               )",
        "  PAY.ROLL CL(DATASET ) VOL(VOL001)",
        "  INSUFFICIENT ACCESS AUTHORITY",
        "  FROM PAY.** (G)",
        "  ACCESS INTENT(UPDATE )  ACCESS ALLOWED(READ   )",
    ]


def test_a_wrong_password_reads_as_ich408i(racf):
    racf.refusal("IBMUSER", "WRONG")

    assert ich408i(racf.violations[0]) == [
        "ICH408I USER(IBMUSER ) GROUP(SYS1    ) NAME(####################)",
        "  LOGON/JOB INITIATION - INVALID PASSWORD",
    ]


def test_an_undefined_user_reads_as_ich408i(racf):
    racf.refusal("FRED", "ANY")

    assert ich408i(racf.violations[0]) == [
        "ICH408I USER(FRED    ) GROUP(        ) NAME(???                 )",
        "  LOGON/JOB INITIATION - USER AT TERMINAL          NOT RACF-DEFINED",
    ]


def test_every_message_has_an_id_words_and_evidence():
    for row in TEXTS.values():
        assert re.fullmatch(r"(ICH\d{3,5}|IRR[A-Z]?\d{3,5}|IKJ\d{5})[IEWA]", row.id), row.id
        assert row.words and row.evidence in {"seen", "known", "assumed"} and row.source


def test_no_two_rows_share_an_id():
    from saf import messages

    assert len(messages._ROWS) == len(TEXTS)
