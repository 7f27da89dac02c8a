"""TRANSMIT and RECEIVE: a data set in NETDATA form, into a data set or DD, or to a user of this node by way of the spool.

Source: [TSO TRANSMIT], [TSO RECEIVE]; texts jes-and-jcl reference 5.8. Rules: what is sent to a user is SYSOUT for the writer of
that name. RECEIVE without INDATASET or INFILE takes what waits for the user, oldest first,
and asks for each; the answers are the next commands of SYSTSIN, END when there are none. Our node only: no network.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jes.jcl.model import Dd, DdKind, Sysout
from jes.spool.mail import Mail
from jes.utilities.idcams.parse import AmsSyntax, Item, Parameters, items, keyword_table
from jes.utilities.tso.datasets import refusal
from jes.utilities.tso.session import FAILED, TsoSession
from mvsfs.dcb import Dcb
from mvsfs.errors import BadRecordData, MvsError
from mvsfs.exchange import catalog as exchange
from mvsfs.exchange import netdata
from mvsfs.exchange.model import UnloadedDataset
from mvsfs.info import Allocation, Target
from mvsfs.names import check_dsname

TRANSMIT = keyword_table(
    "DATASET/DA/DSNAME/DSN OUTDATASET/OUTDA/OUTDSNAME/OUTDSN OUTFILE/OUTDD/OUTDDNAME MEMBERS/MEMBER NOLOG LOG NOPROLOG PROLOG "
    "SEQUENTIAL/SEQ PDS NOTIFY/NTFY NONOTIFY/NN MSGDATASET MSGFILE FILE/DDNAME/DD NOEPILOG EPILOG PARM SYSOUT QUIET MESSAGE/MSG "
    "VLRECL LOGDATASET COPYLIST NOCOPYLIST"
)
RECEIVE = keyword_table("INDATASET/INDA/INDSNAME/INDSN INFILE/INDD/INDDNAME USERID NODISPLAY DISPLAY NONAMES LOGDATASET PARM NEW")
RESTORE = keyword_table(
    "DATASET/DA/DSNAME/DSN UNIT VOLUME/VOL SPACE/SP BLKSIZE TRACKS/TRK CYLINDERS/CYL RELEASE/RLSE DIR DIRECTORY OLD/SHR NEW MOD "
    "SYSOUT PREVIEW NOPREVIEW COPY END DELETE RESTORE LOG NOLOG CATALOG DATACLAS STORCLAS MGMTCLAS DSNTYPE"
)
#: Answers that a prompt may get instead of a place.
_END, _DELETE = "END", "DELETE"
#: The class of transmissions: that of the job may be one whose output is purged [assumed].
_CLASS = "A"
_UNIT = 80
_PER_TRACK = 600


def transmit(text: str, session: TsoSession) -> int:
    """TRANSMIT node.user DATASET(..) [OUTDATASET(..)|OUTFILE(..)]."""
    parameters = Parameters(items(text), TRANSMIT, positionals=1)
    source = parameters.item("DATASET")
    if source is None or not source.items:
        raise AmsSyntax("IDC3225I", "DATA SET NAME")
    to = _addressee(parameters.positional)
    to_node, _, to_user = to.rpartition(".")
    step, node = session.step, session.step.jes.node
    kept = parameters.has("OUTDATASET") or parameters.has("OUTFILE")
    if not kept and to_node not in {"", node}:
        session.say("nonetwork", node=to_node)
        return FAILED
    target = session.target(source.items[0])
    try:
        data = _unloaded(session, target, {word.upper() for word in parameters.words("MEMBERS")})
        origin = netdata.Transmission(step.now(), node, step.userid, to_node or node, to_user)
        stream = b"".join(netdata.write(data, origin))
        records = [stream[at : at + _UNIT].ljust(_UNIT, b"\0") for at in range(0, len(stream), _UNIT)]
        if not _sent(session, parameters, records, to_user):
            return FAILED
    except MvsError as error:
        return refusal(session, error, str(target))
    now = step.now()
    session.put(f"0 message and {_count(data)} data records sent as {len(records)} records to {to_node or node}.{to_user}")
    session.put(f"Transmission occurred on {now:%m/%d/%Y} at {now:%H:%M:%S}.")
    return 0


def _addressee(positional: list[Item]) -> str:
    """Return node.user; several in parentheses count as the first. Raises AmsSyntax."""
    item = positional[0] if positional else None
    if item is not None and not item.word and item.items:
        item = item.items[0]
    if item is None or not item.word:
        raise AmsSyntax("IDC3225I", "ADDRESSEE")
    return f"{item.word}.{item.first}".upper() if item.items else item.word.upper()


def _unloaded(session: TsoSession, target: Target, wanted: set[str]) -> UnloadedDataset:
    data = exchange.unload(session.step.mvs, session.step.who, str(target))
    if wanted and data.members is not None:
        return replace(data, members=[member for member in data.members if member.name in wanted])
    return data


def _sent(session: TsoSession, parameters: Parameters, records: list[bytes], user: str) -> bool:
    """Write the transmission to where it goes. Raises MvsError."""
    step, output = session.step, parameters.item("OUTDATASET")
    if output is not None and output.items:
        tracks = max(len(records) // _PER_TRACK, 1) + 1
        shape = Allocation(recfm="FB", lrecl=_UNIT, blksize=3120, space_unit="TRACK", primary=tracks, secondary=15)
        with step.mvs.open_output(session.target(output.items[0]), step.who, allocation=shape) as writer:
            writer.write_records(records)
        return True
    ddname = parameters.first("OUTFILE").upper()
    if ddname:
        dd = step.dd(ddname)
        if dd is None:
            session.say("nofile", ddname=ddname)
            return False
    else:
        assert step.allocate is not None
        sysout = Sysout(parameters.first("SYSOUT", _CLASS).upper(), writer=user, spin="UNALLOC")
        dd = step.allocate(Dd(session.new_ddname(), 0, DdKind.SYSOUT, sysout=sysout))
    with dd.writer(Dcb.of("FB", _UNIT)) as sink:
        sink.put_many(records)
    if not ddname and step.free is not None:
        step.free(dd.ddname)
    return True


def _count(data: UnloadedDataset) -> int:
    return sum(len(member.records) for member in data.members) if data.members is not None else len(list(data.records))


def receive(text: str, session: TsoSession) -> int:
    """RECEIVE [INDATASET(..)|INFILE(..)]: each transmission is asked about; the answers come from the input."""
    parameters = Parameters(items(text), RECEIVE)
    userid = parameters.first("USERID").upper() or session.step.userid
    if userid != session.step.userid:
        session.say("notoperator")
        return FAILED
    if parameters.has("INDATASET") or parameters.has("INFILE"):
        return _received(session, *_given(session, parameters))[0]
    code = 0
    waiting = session.step.jes.mailbox.of(userid)
    if not waiting:
        session.say("nomail")
        return 0
    for mail in waiting:
        result, is_done = _received(session, _of_spool(session, mail), "")
        code = max(code, result)
        if not is_done:
            return code
        session.step.jes.mailbox.drop(mail)
    session.say("nomore")
    return code


def _of_spool(session: TsoSession, mail: Mail) -> Iterator[bytes]:
    return session.step.jes.mailbox.read(mail)


def _given(session: TsoSession, parameters: Parameters) -> tuple[Iterator[bytes], str]:
    """Return the records of INDATASET or INFILE, and the name to speak of. Raises AmsSyntax."""
    step, source = session.step, parameters.item("INDATASET")
    if source is not None:
        if not source.items:
            raise AmsSyntax("IDC3225I", "DATA SET NAME")
        return step.mvs.records(session.target(source.items[0]), step.who), session.name(source.items[0])
    ddname = parameters.first("INFILE").upper()
    dd = step.dd(ddname)
    return (dd.records() if dd is not None else iter(())), ddname


def _received(session: TsoSession, records: Iterator[bytes], name: str) -> tuple[int, bool]:
    """Ask about one transmission and restore it; return the code, and whether it is done with."""
    try:
        stream = b"".join(records)
        data, origin = netdata.read(stream), netdata.origin(stream)
    except BadRecordData:
        session.say("notvalid")
        return FAILED, False
    except MvsError as error:
        return refusal(session, error, name), False
    session.say("received", name=data.dsname, userid=origin[1], node=origin[0])
    if data.message:
        session.put(*data.message)
    session.say("prompt")
    answer = Parameters(items(next(session.cards, _END)), RESTORE)
    if answer.has(_END) or answer.has(_DELETE):
        if answer.has(_DELETE):
            session.say("deleted")
        return 0, answer.has(_DELETE)
    return _restored(session, data, answer)


def _restored(session: TsoSession, data: UnloadedDataset, answer: Parameters) -> tuple[int, bool]:
    mvs, name = session.step.mvs, _restore_name(answer, data, session)
    try:
        for _ in exchange.load(mvs, session.step.who, name, data, replace=mvs.exists(name)):
            pass
    except MvsError as error:
        return refusal(session, error, name), False
    session.say("restored", name=name)
    return 0, True


def _restore_name(answer: Parameters, data: UnloadedDataset, session: TsoSession) -> str:
    item = answer.item("DATASET")
    if item is not None and item.items:
        return check_dsname(session.name(item.items[0]))
    return check_dsname(".".join([session.prefix, *data.dsname.split(".")[1:]]) if session.prefix else data.dsname)
