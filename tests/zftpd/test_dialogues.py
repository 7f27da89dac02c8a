"""Every transcript of fixtures/dialogues, in memory, over TCP and over TLS."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from dialogue import Memory, Runner, Wire, parse, transcripts  # noqa: E402

from zftpd.configuration import STARTER  # noqa: E402

FOLDER = ROOT / "fixtures" / "dialogues"
WORLD = FOLDER / "world"
NOW = datetime(2026, 3, 25, 11, 0, 0, tzinfo=timezone(timedelta(0)))


def cases():
    for path in transcripts(FOLDER):
        allowed = (parse(path).options("over") or ["memory tcp tls"])[-1].split()
        for way in ("memory", "tcp", "tls"):
            if way in allowed:
                yield pytest.param(path, way, id=f"{path.stem}-{way}")


@pytest.mark.parametrize(("path", "way"), list(cases()))
def test_dialogue(path, way, zos_start):
    dialogue = parse(path)
    ftpdata = "\n".join([STARTER, *dialogue.options("ftpdata")])
    zos = zos_start(now=lambda: NOW, hostname="mvs1.example.com", ftpdata=ftpdata, **options(dialogue))
    zos.seed(WORLD)
    for folder in dialogue.options("seed"):
        zos.seed(FOLDER / folder)
    for command in dialogue.options("racf"):
        zos.racf(command)
    wire = Memory(zos.server.facts) if way == "memory" else Wire((zos.host, zos.port), zos.server.facts)
    if way == "tls":
        wire.secure()
    try:
        Runner(dialogue, wire).run()
    finally:
        wire.close()


def options(dialogue):
    """Server options that a dialogue asks for: `% option jobname=FTPD2`."""
    return dict(text.split("=", 1) for text in dialogue.options("option"))
