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
