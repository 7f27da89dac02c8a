"""The lines of STAT, one row each, in the order in which they are shown.

Source: zos-ftp-server.md 4.6; jes-and-jcl.md 1.10. Evidence stands with each row.
Rules: a row names the settings it shows; a test demands that some row shows every parameter that SITE can set.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zftpd.params.settings import Settings
from zftpd.params.table import BY_ATTRIBUTE
from zftpd.transfer.options import DEFAULT_SBDATACONN

if TYPE_CHECKING:
    from zftpd.params.report import SessionFacts

Texts = Callable[[Settings, "SessionFacts"], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: which settings it shows and how. A newline in the text begins a further line; no text is no line.

    `always` False rows are shown in STAT only when their settings are not the default.
    """

    shows: tuple[str, ...]
    text: Texts
    evidence: str
    source: str
    always: bool = True

    def shown(self, settings: Settings, facts: SessionFacts, *, asked: bool = False) -> list[str]:
        """Return the lines; `asked` when the option was named, so that even a default is shown."""
        if not asked and not self.always and all(getattr(settings, name) == BY_ATTRIBUTE[name].default for name in self.shows):
            return []
        text = self.text(settings, facts)
        return text.split("\n") if text else []


def _value(settings: Settings, attribute: str) -> str:
    """A value as FTP.DATA writes it."""
    value = getattr(settings, attribute)
    return " ".join(BY_ATTRIBUTE[attribute].texts(value)) if value is not None else ""


def _site(attribute: str, evidence: str = "seen", always: bool = True) -> Line:
    """Server site variable NAME is set to VALUE."""
    name = attribute.upper()
    return Line(
        (attribute,),
        lambda s, _: f"Server site variable {name} is set to {_value(s, attribute) or 'none'}",
        evidence,
        "CODES 211",
        always,
    )


def _timer(attribute: str) -> Line:
    """Timer NAME is set to N."""
    return Line((attribute,), lambda s, _: f"Timer {attribute.upper()} is set to {getattr(s, attribute)}", "seen", "CR STAT")


def _set(attribute: str, evidence: str = "seen", source: str = "CODES 211", always: bool = True) -> Line:
    """NAME is set to VALUE."""
    name = BY_ATTRIBUTE[attribute].says or attribute.upper()
    return Line((attribute,), lambda s, _: f"{name} is set to {_value(s, attribute) or 'none'}", evidence, source, always)


def _is(attribute: str, evidence: str = "seen", source: str = "UG JES") -> Line:
    """NAME is VALUE."""
    return Line((attribute,), lambda s, _: f"{attribute.upper()} is {_value(s, attribute)}", evidence, source)


def _either(attribute: str, yes: str, no: str, source: str = "CR STAT", evidence: str = "seen") -> Line:
    """One of two sentences."""
    return Line((attribute,), lambda s, _: yes if getattr(s, attribute) else no, evidence, source)


def _unit(count: int | None, unit: str) -> str:
    """`1 track`, `5 cylinders`, or nothing given."""
    if count is None:
        return "null"
    return f"{count} {unit.lower()}{'' if count == 1 else 's'}"


def _space(settings: Settings, _: SessionFacts) -> str:
    return (
        f"Primary allocation {_unit(settings.primary, settings.spacetype)}. "
        f"Secondary allocation {_unit(settings.secondary, settings.spacetype)}."
    )


def _pds(settings: Settings, _: SessionFacts) -> str:
    if settings.pdstype == "PDSE":
        return "Partitioned data sets will be created in extended format."
    blocks = settings.directory
    return f"Partitioned data sets will be created with {'the default number of' if blocks is None else blocks} directory blocks."


def _filetype(settings: Settings, facts: SessionFacts) -> str:
    if settings.filetype == "JES":
        return f"FileType JES (MVS Job Spool).  JES Name is {facts.jes_name}"
    return "FileType SQL (SQL query)." if settings.filetype == "SQL" else "FileType SEQ (Sequential - default)."


def _eol(attribute: str, kind: str) -> Line:
    """The line terminator of outbound text."""
    none = {"NONE": "no"}
    return Line(
        (attribute,),
        lambda s, _: f"Outbound {kind} ASCII data uses {none.get(getattr(s, attribute), getattr(s, attribute))} line terminator",
        "seen",
        "CODES 211",
    )


def _tape(settings: Settings, _: SessionFacts) -> str:
    words = {
        "F": "fixed format",
        "V": "variable format",
        "S": "spanned format",
        "X": "lrecl X",
        "U": "undefined format",
        None: "unspecified format",
    }
    return f"Records on input tape are {words[settings.readtapeformat]}"


def _record(settings: Settings, _: SessionFacts) -> str:
    """RECFM, LRECL and BLKSIZE together, the last line."""
    shown = ["null" if value is None else value for value in (settings.recfm, settings.lrecl, settings.blksize)]
    return f"Record format {shown[0]}, Lrecl: {shown[1]}, Blocksize: {shown[2]}"


def _codepages(label: str, attribute: str) -> Texts:
    def text(settings: Settings, _: SessionFacts) -> str:
        pair = getattr(settings, attribute)
        if pair is None and attribute == "sbdataconn" and settings.xlate is None:
            pair = DEFAULT_SBDATACONN
        if pair is None:
            return f"{label} codeset names: none"
        return f"{label} codeset names: {pair[0]},{pair[1]}" if pair[1] else f"{label} table: {pair[0]}"

    return text


def _recfm_word(settings: Settings, _: SessionFacts) -> str:
    words = {"F": "Fixed", "V": "Variable", "*": "*"}
    return f"JESRECFM is {words[settings.jesrecfm]}"


LINES: tuple[Line, ...] = (
    _either("autorecall", "Automatic recall of migrated data sets.", "No automatic recall of migrated data sets."),
    _either("automount", "Automatic mount of direct access volumes.", "No automatic mount of direct access volumes."),
    _either("autotapemount", "Auto tape mount is allowed.", "Auto tape mount is not allowed."),
    Line(
        ("inactive",),
        lambda s, _: f"Inactivity timer is set to {s.inactive}" if s.inactive else "Inactivity timer is disabled",
        "seen",
        "CR STAT",
    ),
    _timer("ftpkeepalive"),
    _timer("datakeepalive"),
    _timer("dswaittime"),
    _timer("fifoopentime"),
    _timer("fifoiotime"),
    Line(("ucount",), lambda s, _: f"UCOUNT is {s.ucount or 'not set'}", "assumed", "CR STAT", always=False),
    Line(("vcount",), lambda s, _: f"VCOUNT is {s.vcount}", "seen", "CR STAT"),
    _either(
        "asatrans",
        "ASA control characters in ASA files opened for text processing will be\n transferred as C control character sequences.",
        "ASA control characters in ASA files opened for text processing will be\n transferred as ASA control characters.",
    ),
    _either(
        "trailingblanks",
        "Trailing blanks are not removed from a fixed format data set when it is\n retrieved.",
        "Trailing blanks are removed from a fixed format data set when it is\n retrieved.",
    ),
    _either(
        "directorymode",
        "Directory mode.  (Treat each qualifier as a directory.)",
        "Data set mode.  (Do not treat each qualifier as a directory.)",
    ),
    Line(("ispfstats",), lambda s, _: f"ISPFSTATS is set to {_value(s, 'ispfstats')}", "seen", "CR STAT"),
    Line(("primary", "secondary", "spacetype"), _space, "seen", "CR STAT"),
    Line(("directory",), _pds, "seen", "CR STAT; CODES 211"),
    Line(("filetype",), _filetype, "seen", "CR STAT; ZFTP"),
    Line(("bufno",), lambda s, _: f"Number of access method buffers is {s.bufno}", "seen", "CR STAT"),
    _either(
        "rdw",
        "RDWs from variable format data sets are retained as data.",
        "RDWs from variable format data sets are discarded.",
        evidence="known",
    ),
    Line(("readtapeformat",), _tape, "seen", "CODES 211"),
    Line(("db2",), lambda s, _: f"SITE DB2 subsystem name is {s.db2}", "known", "CR STAT"),
    _either("wraprecord", "Data wrapped into next record.", "Data not wrapped into next record.", evidence="known"),
    _either(
        "wrtapefastio", "Tape write is allowed to use BSAM I/O", "Tape write is not allowed to use BSAM I/O", evidence="known"
    ),
    _either(
        "truncate",
        "Truncated records will not be treated as an error",
        "Truncated records will be treated as an error",
        evidence="known",
    ),
    _site("tapereadstream"),
    Line(("jeslrecl",), lambda s, _: f"JESLRECL is {s.jeslrecl}", "seen", "ZFTP"),
    Line(("jesrecfm",), _recfm_word, "seen", "ZFTP"),
    _is("jesinterfacelevel"),
    Line(("jesowner",), lambda s, f: f"JESOWNER is {s.jesowner or f.userid}", "seen", "UG JES"),
    Line(("jesjobname",), lambda s, f: f"JESJOBNAME is {s.jesjobname or f.userid + '*'}", "seen", "UG JES"),
    _is("jesstatus", "known"),
    _is("jesentrylimit", "known"),
    _is("jesputgetto", "known"),
    _site("jesgetbydsn"),
    _site("jestrailingblanks"),
    Line(("encoding",), lambda s, _: f"ENcoding is set to {s.encoding}", "assumed", "UG SITE"),
    Line(("ctrlconn",), lambda s, _: f"Control connection codeset name: {s.ctrlconn}", "assumed", "UG SITE", always=False),
    Line(("sbdataconn",), _codepages("SBDataconn", "sbdataconn"), "seen", "ZREF"),
    Line(("mbdataconn",), _codepages("MBDataconn", "mbdataconn"), "assumed", "ZREF SBDataconn", always=False),
    Line(("xlate",), lambda s, _: f"XLate table is {s.xlate or 'not set'}", "assumed", "UG SITE", always=False),
    _set("dbsub"),
    _set("sbsub"),
    _set("sbsubchar"),
    _set("ucssub", "assumed", always=False),
    _set("ucstrunc", "assumed", always=False),
    Line(("ucshostcs",), lambda s, _: f"UCS host codeset name: {s.ucshostcs or 'default'}", "assumed", "UG SITE", always=False),
    _site("extdbschinese"),
    _site("unicodefilesystembom"),
    _site("mbrequirelasteol"),
    _site("removeinbeof", always=False),
    Line((), lambda _, f: "SMS is active." if f.sms else "SMS is not active.", "known", "CR STAT"),
    Line(
        ("dataclass",),
        lambda s, _: f"DATACLAS for new data sets is {s.dataclass or 'not set'}",
        "assumed",
        "CR STAT",
        always=False,
    ),
    Line(
        ("storclass",),
        lambda s, _: f"STORCLAS for new data sets is {s.storclass or 'not set'}",
        "assumed",
        "CR STAT",
        always=False,
    ),
    Line(
        ("mgmtclass",),
        lambda s, _: f"MGMTCLAS for new data sets is {s.mgmtclass or 'not set'}",
        "assumed",
        "CR STAT",
        always=False,
    ),
    Line(("dcbdsn",), lambda s, _: f"DCBDSN for new data sets is {s.dcbdsn or 'not set'}", "assumed", "CR STAT", always=False),
    Line(
        ("unitname",),
        lambda s, _: f"Data sets will be allocated using unit {s.unitname or 'SYSDA'}",
        "seen",
        "ZFTP",
        always=False,
    ),
    Line(
        ("volume",),
        lambda s, _: f"Volume for new data sets is {','.join(s.volume) or 'not set'}",
        "assumed",
        "CR STAT",
        always=False,
    ),
    Line(
        ("retpd",),
        lambda s, _: f"Retention period for new data sets is {'not set' if s.retpd is None else s.retpd}",
        "assumed",
        "CR STAT",
        always=False,
    ),
    Line(("dest",), lambda s, _: f"Destination of stored data sets is {s.dest or 'not set'}", "assumed", "CR STAT", always=False),
    Line(("subsys",), lambda s, _: f"Subsystem for new data sets is {s.subsys or 'not set'}", "assumed", "CR STAT", always=False),
    Line(("migratevol",), lambda s, _: f"Migrate volume is {s.migratevol}", "assumed", "CR STAT", always=False),
    Line(
        ("conddisp",),
        lambda s, _: (
            f"New data sets will be {'catalogued' if s.conddisp == 'CATLG' else 'deleted'} if a transfer ends abnormally"
        ),
        "assumed",
        "CR STAT",
    ),
    _either(
        "quotesoverride",
        "Single quotes will override the current working directory.",
        "Single quotes will not override the current working directory.",
        evidence="known",
    ),
    Line(("umask",), lambda s, _: f"UMASK value is {s.umask:03o}", "seen", "ZFTP"),
    Line((), lambda _, f: f"Process id is {f.process_id}", "known", "CR STAT"),
    Line(("chkptint",), lambda s, _: f"Checkpoint interval is {s.chkptint}", "known", "CR STAT"),
    Line((), lambda _, f: f"Authentication type: {f.authentication}", "known", "CR STAT"),
    Line(
        ("tlsrfclevel",),
        lambda s, _: f"TLS security is supported at the {s.tlsrfclevel} level" if "AUTH_TLS" in s.extensions else "",
        "seen",
        "CODES 211",
    ),
    _eol("sbsendeol", "SBCS"),
    _eol("mbsendeol", "MBCS"),
    Line((), lambda _, f: "UTF-8 encoding in use on the control connection" if f.utf8 else "", "seen", "CODES 211"),
    _either(
        "chkconfidence",
        "Confidence level in data transfers is checked and reported",
        "Confidence level in data transfers is not checked or reported",
        "CODES 211",
    ),
    _site("listlevel"),
    _site("listsubdir"),
    _site("dswaittimereply"),
    _site("eattr"),
    _site("dsntype", "assumed", always=False),
    _site("pdstype", "assumed", always=False),
    _site("unixfiletype"),
    _site("spread", "assumed", always=False),
    _site("sqlcol", "assumed", always=False),
    Line(("debug",), lambda s, _: f"Active server traces - {' '.join(s.debug) or 'NONE'}", "seen", "CODES 200", always=False),
    Line(("dump",), lambda s, _: f"Active server dumpIDs - {' '.join(s.dump) or 'NONE'}", "seen", "CODES 200", always=False),
    Line(("recfm", "lrecl", "blksize"), _record, "seen", "ZFTP"),
)
