"""The example seed folder makes the system that its page describes."""

from __future__ import annotations

from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parents[2] / "fixtures" / "seed-example"


def test_the_example_has_users_data_and_a_job(zos):
    zos.seed(EXAMPLE)
    client = zos.ftp("DEMO", "DEMO")
    names = client.nlst()

    assert {"JCL", "COBOL", "CUSTOMER", "ARCHIVE.Y2019", "BACKUP", "CLIENTS"} <= set(names)
    assert zos.text("DEMO.DAILY(0)") == "tuesday\n"
    assert zos.info("/u/demo/report.txt").owner == "DEMO"
    assert zos.submitted("COPY").rc == 0
    assert "0002BERT  BRUEGGE" in zos.submitted("COPY").spool("SYSUT2")


def test_seeding_a_store_again_is_no_error(zos):
    zos.seed(EXAMPLE)
    zos.seed(EXAMPLE)

    assert zos.members("DEMO.COBOL") == ["HELLO", "OLDNAME"]


def test_an_edited_file_reaches_a_running_system(zos_start, tmp_path):
    import time

    (tmp_path / "A.B.txt").write_text("old\n")
    system = zos_start(seed=(tmp_path,), watch=True)
    (tmp_path / "A.B.txt").write_text("new\n")
    (tmp_path / "A.C.txt").write_text("more\n")
    end = time.monotonic() + 10
    while time.monotonic() < end and not (system.exists("A.C") and system.text("A.B") + system.text("A.C") == "new\nmore\n"):
        time.sleep(0.05)
    assert (system.text("A.B"), system.text("A.C")) == ("new\n", "more\n")
    (tmp_path / "A.C.txt").unlink()
    while time.monotonic() < end and system.exists("A.C"):
        time.sleep(0.05)

    assert system.datasets() == ["A.B"]


def test_a_folder_that_cannot_be_read_stops_the_start(zos_start, tmp_path):
    from mvsfs.seed import SeedError

    (tmp_path / "_mvs.yaml").write_text("datasets: {A.B: {recfmt: FB}}")
    with pytest.raises(SeedError, match="recfmt"):
        zos_start(seed=(tmp_path,))


@pytest.mark.parametrize(
    ("command", "told"),
    [("ADDUSR FRED", "IKJ56500I"), ("ADDUSER FRED DFLTGRP(NOGROUP)", "NOGROUP"), ("ADDUSER TOOLONGNAME", "TOOLONGNAME")],
)
def test_a_user_command_that_fails_stops_the_start(zos_start, tmp_path, command, told):
    from mvsfs.seed import SeedError

    (tmp_path / "_mvs.yaml").write_text(f'users: ["{command}"]')
    with pytest.raises(SeedError, match=told) as caught:
        zos_start(seed=(tmp_path,))

    assert f"users: {command}" == caught.value.place


def test_what_is_defined_already_or_not_there_to_be_deleted_is_only_told(zos, tmp_path):
    (tmp_path / "_mvs.yaml").write_text(
        "users: [DELUSER FRED, ADDGROUP STAFF, ADDUSER FRED, RDEFINE FACILITY A.B, RACDCERT ADDRING(R) ID(FRED)]"
    )
    zos.seed(tmp_path)
    (tmp_path / "_mvs.yaml").write_text((tmp_path / "_mvs.yaml").read_text().replace("DELUSER FRED", "DELUSER NOBODY"))
    zos.seed(tmp_path)

    assert "FRED" in zos.server.saf.snapshot().users
    assert any("IKJ56702I INVALID GROUP, STAFF" in text for text in zos.console)


def test_a_certificate_in_the_seed_is_added_whatever_the_order_of_its_files(zos, tmp_path):
    from datetime import UTC, datetime

    from zftpd.net.certificates import self_signed

    (tmp_path / "users").mkdir()
    (tmp_path / "users" / "a.racf").write_text(
        "/* who signs */\nRACDCERT CERTAUTH +\n  ADD('USER1.ROOT.PEM') +\n  TRUST WITHLABEL('Seeded root')\nADDUSER USER1\n"
    )
    (tmp_path / "USER1.ROOT.PEM.txt").write_text(self_signed("root", lambda: datetime.now(UTC), None)[0])

    zos.seed(tmp_path)

    assert [entry.label for entry in zos.server.saf.keyring("*AUTH*", "*").trusted] == ["Seeded root"]
