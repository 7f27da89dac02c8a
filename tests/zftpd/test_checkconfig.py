from __future__ import annotations

from pathlib import Path

import pytest

from zftpd.checkconfig import main

FILES = Path(__file__).resolve().parents[2] / "fixtures" / "ftpdata"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["page37.data"], 0),
        (["page64.data", "--strict"], 0),
        (["site.data", "--strict"], 0),
        (["broken.data"], 1),
        (["nowhere.data"], 2),
        (["site.data", "--persona", "nowhere"], 2),
    ],
)
def test_the_exit_code_tells_whether_the_file_is_understood(words, code, capsys):
    assert main([str(FILES / words[0]), *words[1:]]) == code


def test_every_statement_is_explained(capsys):
    main([str(FILES / "page64.data")])
    shown = capsys.readouterr().out

    assert "line 4: SECURE_LOGIN VERIFY_USER" in shown
    assert "8 statements in effect, every statement is understood." in shown


def test_a_mistake_is_told_with_line_statement_and_reason(capsys):
    main([str(FILES / "broken.data"), "--brief"])
    shown = capsys.readouterr().out

    assert "line 1: INACTIVE soon is not numeric (0-86400)" in shown
    assert "line 4: TLSRFCLEVL is no statement of FTP.DATA. Is TLSRFCLEVEL meant?" in shown


def test_the_settings_that_result_can_be_shown(capsys):
    main([str(FILES / "site.data"), "--settings"])

    assert "INACTIVE                 600" in capsys.readouterr().out.splitlines()
