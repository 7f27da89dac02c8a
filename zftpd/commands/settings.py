"""The representation of data: TYPE, STRU, MODE; and ALLO, SMNT, REST, OPTS, LANG.

Source: zos-ftp-server.md 1.5, 1.6, 1.8; RFC 959 3.1, 3.4; RFC 2640.
Rules: a refusal tells what stays in force; DBCS types are B 1 to B 9 and F 1, UCS-2 is U 2.
"""

from __future__ import annotations

import re
from dataclasses import replace

from zftpd.commands.row import Argument, Command
from zftpd.effects import Handler
from zftpd.errors import Refused
from zftpd.protocol.wording import reply
from zftpd.session import Session
from zftpd.transfer.options import JIS, WireType, dbcs_form

#: What replies call each type; DBCS types by their number.
NAMES = {"A": "Ascii NonPrint", "E": "Ebcdic NonPrint", "I": "Image", "L": "Image", "U": "UCS-2 Unicode", "F": "IBM Kanji"}
#: TYPE B n [CR]; the words of the reply are assumed.
DBCS = {
    "1": "Shift JIS Kanji",
    "2": "Extended Unix Kanji",
    "3": "JIS 1983 Kanji",
    "4": "JIS 1978 Kanji",
    "5": "Hangeul",
    "6": "Korean Standard Code KSC-5601",
    "7": "Traditional Chinese (5550)",
    "8": "BIG5",
    "9": "Simplified Chinese",
}
#: What may follow the number: SO and SI on the network, or for JIS the shift-in sequence; and N for pure double bytes.
DBCS_OPTIONS = re.compile(r"(S( [AES])?)?( ?N)?\Z")
JIS_OPTIONS = re.compile(r"[AR]?( ?N)?\Z")
STRUCTURES = {"F": "File", "R": "Record"}
MODES = {"S": "Stream", "B": "Block", "C": "Compressed"}


def type_name(wire: WireType) -> str:
    """Return what replies call the current type."""
    return DBCS.get(wire.form[:1], "DBCS") if wire.type == "B" else NAMES[wire.type]


def set_type(session: Session, arg: str) -> Handler:
    """Set the representation type."""
    letter, *rest = arg.upper().split() or [""]
    form = " ".join(rest)
    current = type_name(session.wire)
    if letter in {"A", "E"}:
        if form not in {"", "N"}:
            raise Refused("type.format", form=form, current=NAMES[letter])
        session.wire = replace(session.wire, type=letter, form="N")
    elif letter == "I" and not form:
        session.wire = replace(session.wire, type="I", form="N")
    elif letter == "L":
        if form != "8":
            raise Refused("type.local", current=current)
        session.wire = replace(session.wire, type="L", form="8")
        yield reply("type.ok.local")
        return
    elif letter in {"B", "F"}:
        _set_dbcs(session, letter, form)
    elif letter == "U":
        _set_ucs2(session, form)
    else:
        raise Refused("type.unknown", type=_shown(arg.upper()), current=current)
    yield reply("type.ok", type=type_name(session.wire))


def _set_dbcs(session: Session, letter: str, form: str) -> None:
    """Set TYPE B n or F 1. Raises Refused for another number, or under MODE B and C."""
    number, _, words = (form or "1").partition(" ")
    options = JIS_OPTIONS if number in JIS else DBCS_OPTIONS
    known = number in DBCS and bool(options.match(words)) if letter == "B" else (number, words) == ("1", "")
    if not known:
        raise Refused("type.dbcs", current=type_name(session.wire))
    if session.wire.mode != "S":
        mode = {"B": "Block", "C": "Compress"}[session.wire.mode]
        raise Refused("mode.dbcs", mode=mode, type=letter)
    session.wire = replace(session.wire, type=letter, form=dbcs_form(number, words))


def _set_ucs2(session: Session, form: str) -> None:
    """Set TYPE U 2. Raises Refused for another width, or where the structure or SITE setting forbids it."""
    if form != "2":
        raise Refused("type.ucs2", current=type_name(session.wire))
    if session.wire.stru == "R":
        raise Refused("stru.ucs2")
    session.wire = replace(session.wire, type="U", form="2")


def structure(session: Session, arg: str) -> Handler:
    """Set the data structure."""
    letter = arg.upper()
    current = STRUCTURES[session.wire.stru]
    if letter == "P":
        raise Refused("stru.page", current=current)
    if letter not in STRUCTURES:
        raise Refused("stru.unknown", structure=_shown(letter), current=current)
    if letter == "R" and session.wire.type == "U":
        raise Refused("stru.ucs2")
    session.wire = replace(session.wire, stru=letter)
    yield reply("stru.ok", structure=STRUCTURES[letter])


def mode(session: Session, arg: str) -> Handler:
    """Set the transfer mode."""
    letter = arg.upper()
    if letter not in MODES:
        raise Refused("mode.unknown", mode=_shown(letter), current=MODES[session.wire.mode])
    if letter != "S" and session.wire.type in {"B", "F", "U"}:
        raise Refused("mode.dbcs", mode={"B": "Block", "C": "Compress"}[letter], type=session.wire.type)
    session.wire = replace(session.wire, mode=letter)
    yield reply("mode.ok", mode=MODES[letter])


def _shown(text: str) -> str:
    """Return what was typed, without what would break a reply."""
    return "".join(char if char.isprintable() else "." for char in text[:40])


def allocate(session: Session, arg: str) -> Handler:  # noqa: ARG001
    """Say that no storage needs to be reserved."""
    yield reply("allo")


def mount(session: Session, arg: str) -> Handler:  # noqa: ARG001
    """Refuse: structures are not mounted."""
    raise Refused("verb.notimplemented", verb="SMNT")
    yield  # a handler is a generator


def restart(session: Session, arg: str) -> Handler:
    """Remember where the next transfer begins: a byte offset in stream mode, a checkpoint marker in the others."""
    wire, settings = session.wire, session.settings
    if settings.filetype != "SEQ":
        raise Refused("rest.mode" if wire.mode == "S" else "rest.filetype")
    if wire.mode == "S":
        _check_stream(session, arg)
    elif wire.type != "E":
        raise Refused("rest.type")
    elif session.secure.facts is not None:
        raise Refused("rest.secure")
    elif not _is_count(arg):
        raise Refused("rest.syntax")
    session.restart = arg
    yield reply("rest.ok", marker=arg)


def _check_stream(session: Session, arg: str) -> None:
    """Raise Refused unless REST_STREAM is configured and the argument is an offset. `REST 0` clears a restart."""
    wire = session.wire
    if "REST_STREAM" not in session.settings.extensions:
        raise Refused("rest.mode")
    if wire.type not in {"A", "I"} or wire.stru != "F":
        raise Refused("rest.stream", type=wire.type)
    if session.settings.sbsendeol != "CRLF" and wire.type == "A":
        raise Refused("size.eol")
    if not _is_count(arg):
        raise Refused("rest.syntax")


def _is_count(arg: str) -> bool:
    """Tell whether the argument is an offset or a checkpoint's record number, as our own markers are."""
    return arg.isascii() and arg.isdecimal() and len(arg) < 19


def options(session: Session, arg: str) -> Handler:
    """Set an option of another command: only UTF8, and only where EXTENSIONS UTF8 is configured."""
    option, _, value = arg.upper().partition(" ")
    if option != "UTF8" or "UTF8" not in session.settings.extensions or value not in {"ON", "OFF", "", "NLST"}:
        raise Refused("opts.none", option=_shown(option))
    session.utf8 = value != "OFF"
    yield reply("opts.utf8")


def language(session: Session, arg: str) -> Handler:
    """Choose the language of replies, which is English, and with it UTF-8 on the control connection [RFC 2640]."""
    if "UTF8" not in session.settings.extensions:
        raise Refused("parameter.unconfigured", verb="LANG", parameter="UTF8")
    if arg and arg.lower().partition("-")[0] != "en":
        raise Refused("parameter.unsupported", parameter=_shown(arg))
    session.utf8 = True
    yield reply("lang.ok", language=arg or "en")


COMMANDS = (
    Command("TYPE", set_type, help="TYPE {A|E|I|L 8|B n|F 1|U 2}: sets the representation of data.", source="ZREF"),
    Command("STRU", structure, help="STRU {F|R}: sets file or record structure.", source="ZREF"),
    Command("MODE", mode, help="MODE {S|B|C}: sets stream, block or compressed mode.", source="ZREF"),
    Command("ALLO", allocate, Argument.OPTIONAL, help="ALLO is not necessary.", source="ZREF"),
    Command("SMNT", mount, Argument.OPTIONAL, implemented=False, help="SMNT is not implemented.", source="ZREF"),
    Command("REST", restart, help="REST marker: begins the next transfer at a marker or offset.", source="CODES 504"),
    Command("OPTS", options, login=False, help="OPTS UTF8 [ON|OFF].", source="ZIP#1254"),
    Command("LANG", language, Argument.OPTIONAL, login=False, help="LANG [en]: chooses the language of replies.", source="ZREF"),
)
