"""What the DDs and PARM of an FTP step say before the client begins: FTP.DATA, TCPIP.DATA, INPUT, OUTPUT.

Source: [UG] "FTP.DATA search order", "Submitting FTP requests in batch"; [CG] SYSTCPD; page 84 of the source document.
Rules: `-f` names FTP.DATA before SYSFTPD does, and must be there. Under IKJEFT01 SYSTSPRT takes the place of an OUTPUT that is
missing, and PGM=FTP writes on SYSPRINT then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jes.stepcontext import OpenDd, StepContext
from mvsfs.codepages import table
from zftpd.client.configuration import FTPDATA_PLACES, in_store, text_of
from zftpd.client.state import Client
from zftpd.xlate import HLQ


@dataclass(frozen=True)
class TcpipData:
    """What TCPIP.DATA says to the client."""

    tcpname: str = Client.tcpname
    hlq: str = HLQ


def tcpip_data(step: StepContext) -> TcpipData:
    """Return TCPIPJOBNAME and DATASETPREFIX of the step's SYSTCPD. A statement may stand behind `system:`."""
    dd = step.dd("SYSTCPD")
    found: dict[str, str] = {}
    for line in text_of(dd.records(), 72).splitlines() if dd is not None else ():
        words = line.partition(";")[0].replace(":", ": ").split()
        if words and words[0].endswith(":"):
            words = words[1:]
        if len(words) > 1:
            found[words[0].upper()] = words[1].upper()
    tcpname = found.get("TCPIPJOBNAME") or found.get("TCPIPUSERID") or TcpipData.tcpname
    return TcpipData(tcpname, found.get("DATASETPREFIX", TcpipData.hlq))


def ftp_data(step: StepContext, named: str) -> tuple[str, str] | None:
    """Return what EZY2640I calls the FTP.DATA of the step, and its text. Raises FileNotFoundError for what `-f` names in vain."""
    if not named:
        dd = step.dd("SYSFTPD")
        return _of_dd(dd) if dd is not None else in_store(step.mvs, step.who, FTPDATA_PLACES)
    name = named.removeprefix("//")
    if name.upper().startswith("DD:"):
        dd = step.dd(name[3:])
        found = _of_dd(dd) if dd is not None else None
    else:
        full = name if name.startswith(("/", "'")) else f"{step.userid}.{name}"
        found = in_store(step.mvs, step.who, (full.strip("'").replace("{", "{{").replace("}", "}}"),))
    if found is None:
        raise FileNotFoundError(named)
    return found


def _of_dd(dd: OpenDd) -> tuple[str, str]:
    return f"dd:{dd.ddname}={dd.dsname or dd.path or 'SYSIN'}", text_of(dd.records(), 72)


def output(step: StepContext) -> OpenDd | None:
    """Return the DD of the dialogue."""
    return step.dd("OUTPUT") or step.dd("SYSTSPRT" if step.dd("SYSTSIN") is not None else "SYSPRINT")


def input_lines(step: StepContext) -> Iterator[str] | None:
    """Return the lines of INPUT (or SYSIN), without trailing blanks; None without either."""
    dd = step.dd("INPUT") or step.dd("SYSIN")
    if dd is None:
        return None
    pages = table("IBM-1047", "ISO8859-1")
    return (record.translate(pages.to_net).decode("latin-1").rstrip() for record in dd.records())
