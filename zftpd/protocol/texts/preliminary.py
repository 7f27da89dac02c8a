"""Texts of the 1yz replies: a transfer is about to start.

Source: zos-ftp-server.md 1.10, 1.11; jes-and-jcl.md 1.2, 1.7.
Rules: `125 Sending data set` carries FIXrecfm only for F and FB data sets.
"""

from __future__ import annotations

from zftpd.protocol.text import ASSUMED, KNOWN, SEEN, Text

TEXTS = (
    Text("retr.start", 125, "Sending data set {name}", SEEN, "HYP#725"),
    Text("retr.start.fixed", 125, "Sending data set {name} FIXrecfm {lrecl}", SEEN, "ZREF"),
    Text(
        "retr.tagged",
        125,
        "Tagged {kind} file translated with table built using file system cp={host}, network transfer cp={net}",
        SEEN,
        "ZREF",
    ),
    Text(
        "retr.tagged.current", 125, "Tagged {kind} file translated with current data connection translation table", KNOWN, "CODES"
    ),
    Text("stor.start", 125, "Storing data set {name}", SEEN, "ZREF"),
    Text("stou.start", 125, "Storing data set {name} ( unique name )", ASSUMED, "UG sunique"),
    Text("appe.start", 125, "Appending to data set {name}", SEEN, "ZREF"),
    Text("fifo.append", 125, "Appending to named pipe {path}", SEEN, "CODES 125"),
    Text("fifo.wait.read", 125, "Waiting for read process to open {path}", SEEN, "CODES 450"),
    Text("fifo.wait.write", 125, "Waiting for write process to open {path}", SEEN, "CODES 450"),
    Text("fifo.aborted", 125, "Transfer request aborted", SEEN, "CODES 450"),
    Text("stor.mark", 110, "MARK {marker} = {place}", KNOWN, "RFC 959 4.2"),
    Text("list.start", 125, "List started OK", SEEN, "ZREF"),
    Text(
        "list.jobs.start",
        125,
        "List started OK for JESJOBNAME={jobname}, JESSTATUS={status} and JESOWNER={owner}",
        SEEN,
        "UG dispstatusdirlevel2",
    ),
    Text("jes.stor.start", 125, "Sending Job to JES internal reader FIXrecfm {lrecl}", SEEN, "ZREF"),
    Text("jes.stor.start.variable", 125, "Sending Job to JES internal reader VARrecfm {lrecl}", KNOWN, "UG"),
    Text("jes.retr.all", 125, "Sending all spool files for requested Jobid", SEEN, "ZREF"),
    Text("jes.putget.submit", 125, "Submitting job {name} FIXrecfm {lrecl}", SEEN, "UG recvspool"),
    Text("jes.putget.wait", 125, "When {jobid} is done, will retrieve its output", SEEN, "UG recvspool"),
    Text(
        "wait.holder",
        125,
        "FTP Server unable to obtain {wanted} use of {dsname} which is held by: {asid:04X} {jobname} {held} on {qname}",
        SEEN,
        "CODES 125, CR DSWAITTIME",
    ),
    Text("wait.noholder", 125, "FTP Server unable to obtain {wanted} use of {dsname}", KNOWN, "CR REPLYSECURITYLEVEL"),
    Text(
        "wait.retry",
        125,
        "Data set access will be retried in 1 minute intervals - {attempts} attempts remaining",
        SEEN,
        "CODES 125",
    ),
)
