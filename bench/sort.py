"""SORT of 1,000,000 and 3,000,000 FB 80 records against GNU sort on the same bytes, interleaved in one run; prints the ratio.

How to read it: 1.0 means as fast as GNU sort (LC_ALL=C, whole lines of 80 characters, key in columns 1-10); 0.5 is the aim.
The peak of the larger size shows that storage does not grow with the data: runs are spilled and merged.
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
from mvsfs.system import Mvs

JOB = """//SORTJOB  JOB (1),'BENCH',CLASS=A,MSGCLASS=H
//S1       EXEC PGM=SORT
//SYSOUT   DD SYSOUT=*
//SORTIN   DD DSN=IBMUSER.SORTIN,DISP=SHR
//SORTOUT  DD DSN=IBMUSER.SORTOUT,DISP=OLD
//SYSIN    DD *
  SORT FIELDS=(1,10,CH,A)
"""


def main() -> int:
    """Measure each size in a process of its own, so that a peak is that of this size, and print."""
    if sys.argv[1:2] == ["--one"]:
        return measured(int(sys.argv[2]), int(sys.argv[3]))
    counts = [int(word) for word in sys.argv[1].split(",")] if len(sys.argv) > 1 else [1_000_000, 3_000_000]
    rounds = sys.argv[2] if len(sys.argv) > 2 else "3"
    return max(
        subprocess.run([sys.executable, __file__, "--one", str(count), rounds], check=False).returncode for count in counts
    )


def measured(count: int, rounds: int) -> int:
    """Sort `count` records by both programs and print the ratio and our peak of storage."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "lines.txt"
        now = lambda: datetime.now(UTC)  # noqa: E731
        mvs, saf = open_system(f"file://{folder}/store", now=now)
        jes = Jes.open(mvs, saf, now=now, config=JesConfig())
        write_input(mvs, Requester("IBMUSER", token=saf.acee("IBMUSER")), text, count)
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


def write_input(mvs: Mvs, who: Requester, text: Path, count: int) -> None:
    """Write the same records as a data set and as lines, a batch at a time."""
    source = random.Random(7)
    shape = Allocation(recfm="FB", lrecl=80, space_unit="CYLINDER", primary=500, secondary=200)
    for name in ("IBMUSER.SORTIN", "IBMUSER.SORTOUT"):
        mvs.allocate(name, shape, who)
    with mvs.open_output(Target("IBMUSER.SORTIN"), who) as writer, text.open("w") as lines:
        for at in range(0, count, 10000):
            batch = [f"{source.getrandbits(40):010X}".ljust(79, "X") for _ in range(min(10000, count - at))]
            lines.writelines(f"{line}\n" for line in batch)
            writer.write_stored(to_host("".join(line.ljust(80) for line in batch)), Form.FIXED, len(batch))


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
