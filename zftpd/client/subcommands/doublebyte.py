"""Subcommands that set a multi-byte representation: SJISKANJI, EUCKANJI, HANGEUL, BIG5 and their kin.

Source: [UG] "FTP with traditional DBCS support", its table of subcommands with the TYPE commands that they send.
Rules: IBMKANJI is TYPE F 1, which sends Kanji in EBCDIC.
"""

from __future__ import annotations

from zftpd.client.codes import ClientError
from zftpd.client.errors import SubcommandFailed
from zftpd.client.state import Client
from zftpd.client.subcommands.remote import representation
from zftpd.client.subcommands.row import Run, Subcommand
from zftpd.transfer.options import JIS, dbcs_form

#: What `(SOSI` is followed by, and the escape sequence of JIS, as TYPE says them.
_SHIFTS = {"ASCII": "A", "EBCDIC": "E", "SPACE": "S"}
_ESCAPES = {"ASCII": "A", "JISROMAN": "R"}
_PURE = "NOSO"


def double_byte(name: str, number: str) -> Run:
    """Return a subcommand that sends TYPE B with its number and the options that the user chose."""
    translate = _escape if number in JIS else _shifts

    def run(client: Client, words: list[str], _text: str) -> None:
        given = [word for word in " ".join(words).upper().replace("(", " ").split() if word]
        options = translate(given)
        if options is None:
            raise SubcommandFailed(ClientError.USAGE, "usage", usage=_usage(name, number))
        client.exchange(f"TYPE B {number} {options}".rstrip())
        client.set_wire(type="B", form=dbcs_form(number, options))

    return run


def _shifts(given: list[str]) -> str | None:
    """Return the options of TYPE B for `(SOSI [ASCII|EBCDIC|SPACE]` or `(NOSO`; None for others."""
    if given[:1] == ["SOSI"] and len(given) <= 2 and (given[1:] or ["ASCII"])[0] in _SHIFTS:
        return f"S {_SHIFTS[(given[1:] or ['ASCII'])[0]]}"
    return {(): "", (_PURE,): "N"}.get(tuple(given))


def _escape(given: list[str]) -> str | None:
    """Return the options of TYPE B for `(ASCII|JISROMAN [NOSO]`; None for others."""
    pure = " N" if given[-1:] == [_PURE] else ""
    rest = given[:-1] if pure else given
    if len(rest) > 1 or (rest or ["ASCII"])[0] not in _ESCAPES:
        return None
    return _ESCAPES[(rest or ["ASCII"])[0]] + pure


def _usage(name: str, number: str) -> str:
    return f"{name} {'[(ASCII|JISROMAN [NOSO]]' if number in JIS else '[(SOSI [ASCII|EBCDIC|SPACE]|NOSO]'}"


def _row(name: str, least: int, number: str, what: str) -> Subcommand:
    return Subcommand(name, least, double_byte(name, number), _usage(name, number), f"Transfer text in {what} (TYPE B {number}).")


SUBCOMMANDS = (
    _row("sjiskanji", 2, "1", "Shift JIS Kanji"),
    _row("euckanji", 2, "2", "EUC Kanji"),
    _row("jis83kj", 5, "3", "JIS 1983 Kanji"),
    _row("jis78kj", 5, "4", "JIS 1978 Kanji"),
    _row("hangeul", 2, "5", "Hangeul"),
    _row("ksc5601", 1, "6", "KSC-5601"),
    _row("tchinese", 2, "7", "Traditional Chinese"),
    _row("big5", 3, "8", "BIG5"),
    _row("schinese", 2, "9", "Simplified Chinese"),
    Subcommand("ibmkanji", 2, representation("F", "1"), "ibmkanji", "Transfer Kanji in EBCDIC (TYPE F 1)."),
    Subcommand("ucs2", 2, representation("U", "2"), "ucs2", "Transfer text in Unicode (TYPE U 2)."),
)
