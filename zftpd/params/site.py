"""SITE: a text of words and the settings, giving new settings, the lines to answer with, and actions to perform.

Source: zos-ftp-server.md section 4; jes-and-jcl.md 1.1.
Not here: CHMOD and QDISK themselves, which need files and volumes (`commands/site.py` performs the actions); the final
line of the reply; the 202 to a bare SITE.
Rules: words are answered one by one; an error in one does not stop the others; settings last until changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from zftpd.params.crossrules import WATCHED, corrected
from zftpd.params.defaults import changed
from zftpd.params.kinds import INVALID, MISSING, NOT_NUMERIC, BadValue
from zftpd.params.notes import note
from zftpd.params.param import matches
from zftpd.params.settings import Settings
from zftpd.params.sitewords import Operand, operands
from zftpd.params.table import SiteWord, site_word
from zftpd.params.traces import debug_after, dump_after

_TIMERS = {"inactive", "ftpkeepalive", "datakeepalive", "dswaittime", "fifoiotime", "fifoopentime", "jesputgetto"}
#: What the tables of the data connection come from.
TABLES = frozenset({"sbdataconn", "xlate"})
#: Words for which * means what the session began with.
TRANSLATION = TABLES | {"mbdataconn", "ctrlconn", "ucshostcs"}


def _anything(_value: str) -> bool:
    return True


def _any_pair(_host: str, _network: str) -> bool:
    return True


def _any_settings(_settings: Settings) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What SITE must know beyond the settings: who asks, and three questions.

    `may` answers for DEBUG, DUMP, JESOWNER, JESJOBNAME and JESSTATUS whether this user may change them; `is_dataset`
    whether DCBDSN names a catalogued data set; `is_pair` whether two code pages can be translated; `is_control` whether
    a page may be that of the control connection, `has_tables` whether the translate tables that settings name can be read.
    `absent` are words that the release of the persona does not know; `initial` is what the session began with.
    """

    logged_in: bool = True
    may: Callable[[str], bool] = _anything
    is_dataset: Callable[[str], bool] = _anything
    is_pair: Callable[[str, str], bool] = _any_pair
    absent: frozenset[str] = frozenset()
    is_control: Callable[[str], bool] = _anything
    has_tables: Callable[[Settings], bool] = _any_settings
    initial: Settings | None = None


@dataclass(frozen=True, slots=True)
class Chmod:
    """CHMOD mode file."""

    mode: str
    file: str


@dataclass(frozen=True, slots=True)
class Qdisk:
    """QDISK of one volume, or of all when empty."""

    volser: str


Action = Chmod | Qdisk


@dataclass(frozen=True, slots=True)
class SiteOutcome:
    """The new settings, the lines without code, the actions, in the order of the words, and the attributes that were set."""

    settings: Settings
    lines: list[str] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    touched: frozenset[str] = frozenset()


def apply(text: str, settings: Settings, facts: SiteFacts | None = None) -> SiteOutcome:
    """Return what the SITE command with these words does. Never raises for what a client sends."""
    run = _Run(text, settings, facts or SiteFacts())
    run.words()
    return SiteOutcome(run.settings, run.lines, run.actions, frozenset(run.touched))


class _Run:
    """One SITE command being worked off."""

    def __init__(self, text: str, settings: Settings, facts: SiteFacts) -> None:
        self.text, self.before, self.settings, self.facts = text, settings, settings, facts
        self.lines: list[str] = []
        self.actions: list[Action] = []
        self.touched: set[str] = set()
        self.skip_to = 0

    def words(self) -> None:
        """Work off every word, then the rules that need them all."""
        for word in operands(self.text):
            if word.start < self.skip_to:
                continue  # taken as the argument of the word before
            special = next((act for spelling, act in SPECIAL.items() if matches(spelling, word.name)), None)
            if special:
                special(self, word)
            else:
                self.parameter(word)
        if self.touched & WATCHED:
            self.settings, lines = corrected(self.settings, self.before)
            self.lines += lines

    def parameter(self, word: Operand) -> None:
        """Set one parameter of the table."""
        row = site_word(word.name)
        if row is None or row.param.name in self.facts.absent:
            self.unrecognized(word)
        elif not row.takes_value:
            if word.value is None:
                self.set(row.param.attribute, row.sets)
            else:
                self.unrecognized(word)
        else:
            self.valued(row, word)

    def valued(self, row: SiteWord, word: Operand) -> None:
        """Set a parameter that takes a value, or clear it when there is none."""
        param = row.param
        if word.value is None and not param.clearable:
            self.lines.append(note("missing", name=param.spoken))
            return
        if word.value == "*" and param.attribute in TRANSLATION:
            self.as_at_start(param.attribute)
            return
        try:
            value = param.read(word.value or "")
        except BadValue as error:
            self.lines.append(bad_value(error, param.spoken, param.attribute))
            return
        refusal = self.refused(param.attribute, param.spoken, value)
        if refusal:
            self.lines.append(refusal)
        else:
            self.set(param.attribute, value)

    def as_at_start(self, attribute: str) -> None:
        """NAME=*: translate again as when the session began."""
        initial = self.facts.initial or Settings()
        names = TABLES if attribute in TABLES else {attribute}
        self.settings = changed(self.settings, {name: getattr(initial, name) for name in names})
        self.touched |= names

    def refused(self, attribute: str, name: str, value: object) -> str:
        """Return why the value may not be set although it is well formed, or nothing."""
        if attribute in {"jesowner", "jesjobname", "jesstatus"} and not self.facts.may(name.upper()):
            return note("jes.filter", name=name)
        if attribute == "filetype" and value == "SQL":
            return note("sql")
        if attribute == "dcbdsn" and isinstance(value, str) and not self.facts.is_dataset(value):
            return note("dcbdsn.missing", value=value)
        if attribute in {"sbdataconn", "mbdataconn"} and isinstance(value, tuple) and value[1] and not self.facts.is_pair(*value):
            return note("codepage", name=name, value=f"{value[0]} and {value[1]}")
        if attribute in TABLES and not self.facts.has_tables(with_value(self.settings, attribute, value)):
            return note("table", name=name, value=value[0] if isinstance(value, tuple) else value)
        if attribute == "ctrlconn" and isinstance(value, str) and not self.facts.is_control(value):
            return note("codepage", name=name, value=value)
        if attribute == "dest" and value is not None:
            return note("dest", value=value)
        return ""

    def set(self, attribute: str, value: object) -> None:
        """Take the value over."""
        self.settings = with_value(self.settings, attribute, value)
        self.touched.add(attribute)

    def unrecognized(self, word: Operand) -> None:
        """Answer a word that SITE does not know."""
        self.lines.append(note("unrecognized", word=word.text))

    def next_word(self, word: Operand) -> str:
        """Take the following word as the argument of this one."""
        following = next(operands(self.text[word.end :]), None)
        if following is None:
            return ""
        self.skip_to = word.end + following.end
        return following.text

    def umask(self, word: Operand) -> None:
        """UMASK n: the value stands after a blank; UMASK=n is refused [ZNA]."""
        try:
            value = site_value("UMASK", self.next_word(word)) if word.value is None else None
        except BadValue:
            value = None
        if value is None:
            self.lines.append(note("umask"))
        else:
            self.set("umask", value)

    def chmod(self, word: Operand) -> None:
        """CHMOD mode file: the rest of the command is its argument, since file names may hold anything."""
        rest = self.text[word.end :].strip()
        self.skip_to = len(self.text)
        mode, _, file = rest.partition(" ")
        if not self.facts.logged_in:
            self.lines.append(note("chmod.login"))
        elif word.value is not None:
            self.lines.append(note("chmod.syntax"))
        elif not rest or not file.strip():
            self.lines.append(note("chmod.missing"))
        else:
            self.actions.append(Chmod(mode, file.strip()))

    def qdisk(self, word: Operand) -> None:
        """QDISK or QDISK=volser."""
        self.actions.append(Qdisk((word.value or "").upper()))

    def record_format(self, word: Operand, recfm: str, name: str) -> None:
        """FIXRECFM n and VARRECFM n: format and length together, as VM clients send them.

        The z/OS client sends VARrecfm alone, before LRECL= and others: what looks like a parameter is none of its length.
        """
        following = next(operands(self.text[word.end :]), None)
        if word.value is None and following is not None and following.value is not None:
            self.set("recfm", recfm)
            return
        text = word.value if word.value is not None else self.next_word(word)
        if not (text.isascii() and text.isdecimal() and int(text) <= 32760):
            self.lines.append(note("recfm.length", name=name, value=text))
            return
        self.set("recfm", recfm)
        self.set("lrecl", int(text))

    def traces(self, word: Operand, attribute: str) -> None:
        """DEBUG and DUMP: only where FTP.DATA and SERVAUTH allow them on SITE."""
        open_gate = self.settings.debugonsite if attribute == "debug" else self.settings.dumponsite
        asked = word.value if word.value is not None else self.next_word(word)
        if not open_gate or not self.facts.may(attribute.upper()):
            self.lines.append(note(f"{attribute}.off"))
            return
        after = (debug_after if attribute == "debug" else dump_after)(getattr(self.settings, attribute), asked)
        if after is None:
            self.lines.append(note("invalid", name=attribute.upper(), value=asked))
            return
        self.set(attribute, after)
        self.lines.append(note(f"{attribute}.active", value=" ".join(after) or "NONE"))


SPECIAL: dict[str, Callable[[_Run, Operand], None]] = {
    "UMask": _Run.umask,
    "CHMod": _Run.chmod,
    "QDisk": _Run.qdisk,
    "FIXrecfm": lambda run, word: run.record_format(word, "FB", "FIXRECFM"),
    "VARrecfm": lambda run, word: run.record_format(word, "VB", "VARRECFM"),
    "DEBug": lambda run, word: run.traces(word, "debug"),
    "DUMP": lambda run, word: run.traces(word, "dump"),
}


def with_value(settings: Settings, attribute: str, value: object) -> Settings:
    """Return settings with one value changed. SBDATACONN and XLATE exclude each other: the last one that is given counts."""
    values = {attribute: value}
    if attribute in TABLES and value is not None:
        values = dict.fromkeys(TABLES) | values
    return changed(settings, values)


def site_value(name: str, text: str) -> object:
    """Return the value of a parameter's text. Raises BadValue."""
    row = site_word(name)
    assert row is not None
    return row.param.read(text)


def bad_value(error: BadValue, name: str, attribute: str) -> str:
    """Return the line that says why a value is not taken."""
    timer = ".timer" if attribute in _TIMERS else ""
    facts = {"name": name, "value": error.text, "low": error.low, "high": error.high}
    if error.reason == NOT_NUMERIC:
        return note(f"numeric{timer}", **facts)
    if error.reason == MISSING:
        return note("missing", **facts)
    if error.reason == INVALID:
        return note("invalid", **facts)
    if attribute == "bufno":
        return note("range.bufno", **facts)
    if attribute == "chkptint":
        return note("large", **facts)
    return note(f"range{timer}", **facts)
