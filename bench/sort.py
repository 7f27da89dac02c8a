"""SORT of 1,000,000 FB 80 records against GNU sort on the same bytes, interleaved in one run; prints the ratio.

How to read it: 1.0 means as fast as GNU sort (LC_ALL=C, whole lines of 80 characters, key in columns 1-10); 0.5 is the aim.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from jes.config import JesConfig
from jes.hosttext import to_host
from jes.opening import open_system
from jes.system import Jes
from mvsfs.access import Requester
from mvsfs.info import Allocation, Target
from mvsfs.records.forms import Form

JOB = """//SORTJOB  JOB (1),'BENCH',CLASS=A,MSGCLASS=H
//S1       EXEC PGM=SORT
//SYSOUT   DD SYSOUT=*
//SORTIN   DD DSN=IBMUSER.SORTIN,DISP=SHR
//SORTOUT  DD DSN=IBMUSER.SORTOUT,DISP=OLD
//SYSIN    DD *
  SORT FIELDS=(1,10,CH,A)
"""


def main() -> int:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    source = random.Random(7)
    lines = [f"{source.getrandbits(40):010X}".ljust(79, "X") for _ in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "lines.txt"
        text.write_text("\n".join(lines) + "\n")
        now = lambda: datetime.now(UTC)  # noqa: E731
        mvs, saf = open_system(f"file://{folder}/store", now=now)
        jes = Jes.open(mvs, saf, now=now, config=JesConfig())
        who = Requester("IBMUSER", token=saf.acee("IBMUSER"))
        shape = Allocation(recfm="FB", lrecl=80, space_unit="CYLINDER", primary=200, secondary=100)
        for name in ("IBMUSER.SORTIN", "IBMUSER.SORTOUT"):
            mvs.allocate(name, shape, who)
        with mvs.open_output(Target("IBMUSER.SORTIN"), who) as writer:
            for at in range(0, count, 10000):
                batch = lines[at : at + 10000]
                writer.write_stored(to_host("".join(line.ljust(80) for line in batch)), Form.FIXED, len(batch))
        jes.start()
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(run_job(jes, saf))
            theirs.append(run_gnu(text, Path(folder) / "sorted.txt"))
        jes.stop()
        mvs.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"SORT {count} FB80 records: ours {min(ours):.2f} s, GNU sort {min(theirs):.2f} s, "
        f"ratio {min(theirs) / min(ours):.2f}, peak {peak} MB"
    )
    return 0


def run_job(jes: Jes, saf: object) -> float:
    """Return the seconds from submission to OUTPUT."""
    start = time.perf_counter()
    (jobid,) = jes.submit(saf.acee("IBMUSER"), JOB)
    info = jes.wait(jobid, 120)
    assert info.completion.text == "RC=0000", info
    return time.perf_counter() - start


def run_gnu(text: Path, result: Path) -> float:
    """Return the seconds of GNU sort."""
    start = time.perf_counter()
    subprocess.run(["sort", "-s", "-k1.1,1.10", "-o", result, text], check=True, env={**os.environ, "LC_ALL": "C"})
    return time.perf_counter() - start


if __name__ == "__main__":
    raise SystemExit(main())
