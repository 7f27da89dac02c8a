"""Page 7: the server's processor time for GETs with and without security, from 1 connection on: the bench that measures it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processor time is read from /proc")
def test_page_07_the_bench_prints_a_ratio_for_each_number_of_connections_and_draws_both_curves(tmp_path):
    command = [
        sys.executable,
        "bench/tls_cost.py",
        "--mib",
        "1",
        "--most",
        "2",
        "--gets",
        "8",
        "--plot",
        str(tmp_path / "cost.svg"),
    ]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)

    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines if "connections" in line] == ["1", "2"]
    assert all(float(line.rpartition("x")[2]) >= 0 for line in lines if "connections" in line)  # so few are within a clock tick
    drawing = (tmp_path / "cost.svg").read_text()
    assert drawing.count("<polyline") >= 2 and ">TLS<" in drawing and ">clear<" in drawing
