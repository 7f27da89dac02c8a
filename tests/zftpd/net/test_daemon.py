"""The thread that accepts connections outlives what goes wrong with one of them."""

from __future__ import annotations

import ftplib


def test_a_connection_that_cannot_begin_costs_nobody_else_anything(zos, monkeypatch):
    from zftpd.net import daemon

    real = daemon.Control
    failures = [RuntimeError("no such policy")]

    def control(*arguments):
        if failures:
            raise failures.pop()
        return real(*arguments)

    monkeypatch.setattr(daemon, "Control", control)
    broken = ftplib.FTP()
    try:
        broken.connect(zos.host, zos.port, timeout=10)
    except (EOFError, OSError):
        pass
    finally:
        broken.close()

    assert zos.ftp().pwd()
    assert any("no such policy" in line for line in zos.console)
