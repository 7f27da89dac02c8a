"""LOCSITE and LOCSTAT: the settings of the local side and of the client itself.

Source: [UG] "LOCSIte subcommand", "LOCSTat subcommand", whose list of options names the words; [CR] for what they are.
Rules: a word that SITE has too means the same here. The client's own words are rows of OWN.
"""

from __future__ import annotations

from zftpd.client.codes import ClientError
from zftpd.client.errors import SubcommandFailed
from zftpd.client.state import Client
from zftpd.client.subcommands.row import Subcommand
from zftpd.commands.status import TYPES
from zftpd.params import report
from zftpd.params.defaults import changed
from zftpd.params.kinds import BadValue
from zftpd.params.param import Where, matches
from zftpd.params.report import SessionFacts
from zftpd.params.site import apply
from zftpd.params.statlines import LINES
from zftpd.params.table import BY_ATTRIBUTE, PARAMS

#: LOCSITE words that SITE has not, with their least abbreviations, and the settings they are.
OWN = {
    "CConntime": "cconntime",
    "CHKPTPrefix": "chkptprefix",
    "DATACTtime": "datacttime",
    "DCOnntime": "dconntime",
    "EPSV4": "epsv4",
    "FWFriendly": "fwfriendly",
    "INacttime": "inacttime",
    "MYopentime": "myopentime",
    "PASSIVEIGNOREADDR": "passiveignoreaddr",
    "PROGress": "progress",
    "RESTGet": "restget",
    "RESTPut": "restput",
    "SECUREIMPLICITZOS": "secureimplicitzos",
}


def locsite(client: Client, words: list[str], _text: str) -> None:
    """Set local parameters: the client's own here, those of data sets as the server's SITE does."""
    if not words:
        raise SubcommandFailed(ClientError.USAGE, "usage", usage="locsite words")
    others = [word for word in words if not _own(client, word)]
    if not others:
        return
    outcome = apply(" ".join(others), client.settings)
    client.settings = outcome.settings
    if "sbdataconn" in outcome.touched:
        client.tables = client.find_tables(client.settings) if client.find_tables is not None else None
    for line in outcome.lines:
        client.say("locsite-remark", line=line.replace("on SITE command", "on LOCSITE subcommand"))


def _own(client: Client, word: str) -> bool:
    """Set one of the client's own parameters, and tell whether the word is one."""
    name, equals, value = word.partition("=")
    attribute = _attribute(name)
    turned_off = not equals and not attribute and name.upper().startswith("NO")
    if turned_off:
        attribute = _attribute(name[2:])
    if not attribute:
        return False
    param = BY_ATTRIBUTE[attribute]
    if param.is_switch and not equals:
        client.settings = changed(client.settings, {attribute: not turned_off})
        return True
    try:
        client.settings = changed(client.settings, {attribute: param.read(value)})
    except BadValue:
        client.say("locsite-value", word=value, name=param.name)
    return True


def _attribute(name: str) -> str:
    return next((attribute for spelling, attribute in OWN.items() if matches(spelling, name)), "")


def locstat(client: Client, words: list[str], _text: str) -> None:
    """Show the client's parameters, or those that are named."""
    shown = [line for word in words for line in _one(client, word)] if words else _all(client)
    for line in shown:
        client.say("locstat", line=line)


def _one(client: Client, word: str) -> list[str]:
    """Return the lines that show one parameter. Raises SubcommandFailed for what is none."""
    name = word.strip("()")
    attribute = _attribute(name)
    if attribute:
        return [_value(client, attribute)]
    found = report.one(name, client.settings, _FACTS)
    if found is not None:
        return [_local(line) for line in found]
    attribute = report.option_attribute(name) or ""
    if not attribute:
        raise SubcommandFailed(ClientError.USAGE, "locsite-unknown", word=word)
    return [_value(client, attribute)]


def _all(client: Client) -> list[str]:
    """Return all lines: the session, the client's own parameters, and those of SITE."""
    own = [param.attribute for param in PARAMS if param.where & Where.CLIENT and not param.where & Where.SITE and not param.site]
    concerned = [line for line in LINES if any(BY_ATTRIBUTE[name].where & Where.CLIENT for name in line.shows)]
    lines = [_local(text) for line in concerned for text in line.shown(client.settings, _FACTS)]
    return [*_session(client), *client.local.status(), *lines, *(_value(client, attribute) for attribute in own)]


def _session(client: Client) -> list[str]:
    wire = client.wire
    lines = [
        f"Trace: {_truth(bool(client.traces))}, Send Port: {_truth(client.sendport)}",
        f"Send Site with Put command: {_truth(client.sendsite)}",
    ]
    if client.control is None:
        return [*lines, "Not currently connected to a foreign host"]
    host, port = client.control.remote
    return [
        *lines,
        f"Connected to:{host}, Port: {port}",
        f"Local Port: {client.control.origin[1]}",
        f"Data type:{TYPES[wire.type]}, Transfer mode:{wire.mode}, Structure:{wire.stru}",
    ]


def _truth(value: bool) -> str:
    return "TRUE" if value else "FALSE"


def _value(client: Client, attribute: str) -> str:
    param = BY_ATTRIBUTE[attribute]
    return f"{param.name} is {' '.join(param.texts(getattr(client.settings, attribute))) or '(none)'}"


def _local(line: str) -> str:
    return line.replace("Server site variable", "local site variable")


#: Rows of STAT about the connection have no facts to show here; LOCSTAT says of it what it knows itself.
_FACTS = SessionFacts("", 0)

SUBCOMMANDS = (
    Subcommand("locsite", 5, locsite, "locsite words", "Set local parameters."),
    Subcommand("locstat", 5, locstat, "locstat [parameter...]", "Show local parameters."),
)
