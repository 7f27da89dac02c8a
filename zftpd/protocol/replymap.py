"""From facts to words: the one place that knows which reply an error makes.

Source: zos-ftp-server.md 1.9, 1.10, 5.7; jes-and-jcl.md 1.7, 1.8.
Rules: a refusal has two halves, why and what failed: `CAUSES` gives continuation lines, `ROWS` the reply itself. The row of
the most specific class that fits the verb is taken; errors that are none of ours become the text `internal`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from jes import errors as jobs
from mvsfs import errors as mvs
from mvsfs.enqueue import SYSZUNIX
from mvsfs.sentences import ERRNO, errno_text
from saf import errors as saf
from zftpd import errors as ftp
from zftpd.protocol.reply import Reply
from zftpd.protocol.wording import lines, reply

STORING = frozenset({"STOR", "STOU", "APPE"})
LISTING = frozenset({"LIST", "NLST"})
RENAMING = frozenset({"RNFR", "RNTO"})
ANY: frozenset[str] = frozenset()


class Row(NamedTuple):
    """Which text an error makes for some verbs. `when` narrows it to errors with certain facts."""

    error: type[Exception]
    verbs: frozenset[str]
    text: str
    when: Callable[[Any], bool] | None = None


def _v(*verbs: str) -> frozenset[str]:
    return frozenset(verbs)


def _rule(*rules: str) -> Callable[[Any], bool]:
    return lambda error: error.rule in rules


def _errno(*names: str) -> Callable[[Any], bool]:
    return lambda error: error.errno_name in names


def _reason(*reasons: str) -> Callable[[Any], bool]:
    return lambda error: error.reason in reasons


_NAMES = (
    Row(mvs.InvalidDsname, LISTING | _v("CWD"), "name.qualifier", _rule("qualifier-long")),
    Row(mvs.InvalidDsname, LISTING, "name.star", _rule("wildcard")),
    Row(mvs.InvalidDsname, LISTING | _v("CWD"), "name.begins", _rule("first-character")),
    Row(mvs.InvalidDsname, LISTING | _v("CWD"), "name.contains", _rule("character", "wildcard")),
    Row(mvs.InvalidDsname, ANY, "name.length", _rule("length")),
    Row(mvs.InvalidDsname, ANY, "name.invalid"),
    Row(ftp.UnknownHome, ANY, "home.unknown"),
)

_DATASETS = (
    Row(mvs.DatasetNotFound, _v("RETR"), "retr.missing"),
    Row(mvs.DatasetNotFound, STORING, "stor.nopds"),
    Row(mvs.DatasetNotFound, _v("RMD"), "rmd.missing"),
    Row(mvs.DatasetNotFound, LISTING, "list.nopds"),
    Row(mvs.DatasetNotFound, ANY, "missing"),
    Row(mvs.GroupNotFound, STORING, "svc99.create"),
    Row(mvs.MemberNotFound, _v("RETR"), "retr.member"),
    Row(mvs.MemberNotFound, ANY, "missing"),
    Row(mvs.DatasetExists, RENAMING, "rnto.exists"),
    Row(mvs.DatasetExists, ANY, "svc99.create"),
    Row(mvs.WrongDsorg, _v("RETR"), "retr.wholepds", lambda error: error.dsorg == "PO"),
    Row(mvs.WrongDsorg, STORING, "stor.wholepds", lambda error: error.dsorg == "PO"),
    Row(mvs.WrongDsorg, ANY, "dsorg.notpds", lambda error: error.need in {"PO", "member"}),
    Row(mvs.WrongDsorg, ANY, "allocation", lambda error: not error.dsorg),
    Row(mvs.WrongDsorg, ANY, "dsorg"),
    Row(mvs.GenerationNotFound, _v("RETR"), "retr.missing"),
    Row(mvs.GenerationNotFound, ANY, "missing"),
    Row(mvs.GenerationsExist, ANY, "gdg.generations"),
    Row(mvs.NotAuthorized, ANY, "notauthorized"),
    Row(mvs.DatasetInUse, STORING | _v("RETR"), "dataset.inuse"),
    Row(mvs.DatasetInUse, ANY, "inuse"),
    Row(mvs.RecordTooLong, ANY, "transfer.toolong"),
    Row(mvs.BadRecordData, ANY, "transfer.records"),
    Row(mvs.SystemAbend, _v("DELE", "RMD"), "dele.failed"),
    Row(mvs.SystemAbend, ANY, "transfer.file"),
    Row(mvs.AllocationFailed, _v("STOR", "STOU", "APPE", "MKD"), "svc99.create"),
    Row(mvs.AllocationFailed, ANY, "allocation"),
    Row(mvs.DatasetMigrated, ANY, "migrated"),
    Row(mvs.VolumeUnavailable, ANY, "allocation", lambda error: not error.volser),
    Row(mvs.VolumeUnavailable, ANY, "volume"),
    Row(mvs.StoreReadOnly, ANY, "readonly"),
    Row(mvs.StoreFull, ANY, "store.full"),
    Row(mvs.UnknownCodepage, ANY, "codepage"),
    Row(mvs.Untranslatable, ANY, "transfer.translate"),
    Row(ftp.UniqueNameExhausted, ANY, "stou.dataset", lambda error: error.kind == "dataset"),
    Row(ftp.UniqueNameExhausted, ANY, "stou.member", lambda error: error.kind == "member"),
    Row(ftp.UniqueNameExhausted, ANY, "stou.file"),
)

_UNIX = (
    Row(mvs.UnixError, _v("CWD"), "cwd.notdir", _errno("ENOTDIR")),
    Row(mvs.UnixError, _v("CWD"), "unix.cmd"),
    Row(mvs.UnixError, _v("MKD"), "mkd.unix"),
    Row(mvs.UnixError, _v("XFIF"), "fifo.make"),
    Row(mvs.UnixError, STORING, "fifo.broken", _errno("EPIPE")),
    Row(mvs.UnixError, _v("RMD"), "rmd.unix"),
    Row(mvs.UnixError, LISTING, "unix.list.missing", _errno("ENOENT")),
    Row(mvs.UnixError, LISTING, "unix.list"),
    Row(mvs.UnixError, _v("DELE", "RNFR"), "missing", _errno("ENOENT")),
    Row(mvs.UnixError, _v("DELE"), "dele.notempty", _errno("ENOTEMPTY")),
    Row(mvs.UnixError, _v("DELE"), "dele.unix"),
    Row(mvs.UnixError, _v("RNTO", "RNFR"), "rnto.rc"),
    Row(mvs.UnixError, STORING, "unix.command", _errno("ENOENT")),
    Row(mvs.UnixError, ANY, "command.missing", _errno("ENOENT")),
    Row(mvs.UnixError, ANY, "command.directory", _errno("EISDIR")),
    Row(mvs.UnixError, ANY, "unix.command"),
)

_LISTS = (
    Row(ftp.EmptyListing, ANY, "list.nodatasets", lambda error: error.kind == "datasets"),
    Row(ftp.EmptyListing, ANY, "list.nomembers", lambda error: error.kind == "members"),
    Row(ftp.EmptyListing, ANY, "list.nofiles"),
)

_LOGIN = (
    Row(saf.NewPasswordInvalid, ANY, "pass.newformat", lambda error: error.rule in {"syntax", "verify", "length", "character"}),
    Row(saf.SafError, _v("PASS", "USER"), "pass.failed"),
    Row(saf.SafError, ANY, "access.denied"),
)

_JOBS = (
    Row(jobs.JobNotFound, ANY, "jes.nojob"),
    Row(jobs.SpoolFileNotFound, ANY, "jes.noindex"),
    Row(jobs.JobNotAuthorized, ANY, "jes.notauthorized"),
    Row(jobs.JobStillRunning, ANY, "jes.putgetto"),
    Row(jobs.JobNumbersExhausted, ANY, "jes.reader"),
)

_CONNECTION = (
    Row(ftp.DataConnectionFailed, ANY, "data.range", _reason("range")),
    Row(ftp.DataConnectionFailed, ANY, "data.peer", _reason("peer")),
    Row(ftp.DataConnectionFailed, ANY, "data.handshake", _reason("handshake")),
    Row(ftp.DataConnectionFailed, ANY, "data.reuse", _reason("reuse")),
    Row(ftp.DataConnectionFailed, ANY, "data.unprotected", _reason("unprotected")),
    Row(ftp.DataConnectionFailed, ANY, "data.open"),
    Row(ftp.DataConnectionLost, ANY, "data.timeout", _reason("timeout")),
    Row(ftp.DataConnectionLost, ANY, "data.lost"),
    Row(ftp.TransferAborted, ANY, "data.abort"),
    Row(ftp.ServerStopping, ANY, "shutdown"),
)

ROWS = _NAMES + _DATASETS + _UNIX + _LISTS + _LOGIN + _JOBS + _CONNECTION

#: Continuation lines that say why, before the line that says what failed.
CAUSES: Mapping[type[Exception], tuple[tuple[frozenset[str], str], ...]] = {
    mvs.SystemAbend: ((_v("DELE", "RMD"), "abend.550"), (ANY, "abend")),
    mvs.AllocationFailed: ((ANY, "svc99"),),
    mvs.DatasetExists: ((_v("MKD", "STOR"), "svc99"),),
    mvs.GroupNotFound: ((STORING, "svc99"),),
    mvs.DatasetInUse: ((ANY, "wait.holder"),),
}

#: What replies call the two ways to hold a data set.
ENQ = {"EXCL": "EXCLUSIVE", "SHR": "SHARED"}


def reply_for(error: Exception, verb: str, **known: Any) -> Reply:
    """Return the reply that an error makes when `verb` meets it. `known` are the session's facts: name, path, userid."""
    if isinstance(error, ftp.Refused):
        return reply(error.text_id, **{"verb": verb, **known, **error.facts})
    if isinstance(error, ftp.ExitRefused):
        notes = (line for text in error.lines for line in lines("verb.ux", text=text))
        return reply(error.text_id, verb=verb, **known).after(*notes)
    row = row_for(error, verb)
    facts = _facts(error, verb, known)
    return reply(row.text if row else "internal", **facts).after(*_causes(error, verb, facts))


def row_for(error: Exception, verb: str) -> Row | None:
    """Return the row of the most specific class that fits, or None for an error that is none of ours."""
    for cls in type(error).__mro__:
        for row in ROWS:
            if row.error is cls and (not row.verbs or verb in row.verbs) and (row.when is None or row.when(error)):
                return row
    return None


def _causes(error: Exception, verb: str, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the continuation lines of an error. Who holds a data set is told at security level 0 only."""
    if isinstance(error, mvs.DatasetInUse) and facts.get("securitylevel"):
        return ()
    for verbs, text_id in CAUSES.get(type(error), ()):
        if not verbs or verb in verbs:
            return lines(text_id, **facts)
    return ()


def _facts(error: Exception, verb: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return what fills the holes: the session's facts, then the error's own, then what follows from them."""
    own = {key: value for key, value in vars(error).items() if not key.startswith("_")}
    facts: dict[str, Any] = {"verb": verb, **known, **own}
    facts["name"] = known.get("name") or own.get("dsname") or own.get("name") or own.get("text") or ""
    if isinstance(error, mvs.InvalidDsname):
        facts["name"] = error.text
    elif isinstance(error, mvs.DatasetExists):
        facts.update(info=0, error=0x1708, reason=0)
        facts["name"] = f"{error.dsname}({error.member})" if error.member else error.dsname
    elif isinstance(error, mvs.GenerationNotFound):
        facts["dsname"] = facts["name"]
    elif isinstance(error, mvs.GroupNotFound):
        facts.update(info=0, error=0x1708, reason=0)
    elif isinstance(error, mvs.DatasetInUse):
        facts.update(wanted=ENQ.get(error.wanted, error.wanted), held=ENQ.get(error.held, error.held))
        facts.update(asid=error.holder_asid, jobname=error.holder_jobname)
        facts["dsname"] = f"{error.dsname}({error.member})" if error.member else error.dsname
        if error.qname == SYSZUNIX and facts.get("path"):
            facts["dsname"] = facts["path"]  # as the user knows it
    elif isinstance(error, mvs.SystemAbend):
        facts["code"] = f"{error.code}-{error.reason}" if error.reason and "-" not in error.code else error.code
    elif isinstance(error, mvs.UnixError):
        number, _ = ERRNO.get(error.errno_name, (0, ""))
        facts.update(rc=number, reason=errno_text(error.errno_name), name=error.path)
    elif isinstance(error, (mvs.UnknownCodepage, ftp.UniqueNameExhausted)):
        facts["name"] = error.name
    elif isinstance(error, jobs.SpoolFileNotFound):
        facts["index"] = error.wanted
    return facts
