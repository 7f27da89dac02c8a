"""The words that start the client: `-a tls -r host port (EXIT=8 TIMEOUT 60`, on a command line and in PARM= alike.

Source: [UG] "FTP command: entering the FTP environment"; page 84 of the source document. The manual has a mechanism behind -r;
without one it demands what FTP.DATA or -a names. -w is TIMEOUT [assumed: the part of the manual that says so was not seen].
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from zftpd.client.subcommands.link import DEFAULT_PORT, is_port


class BadParameters(ValueError):
    """A word that makes no sense where it stands."""


@dataclass(frozen=True, slots=True)
class StartParameters:
    """What the start words said. mechanism: '', 'TLS', 'GSSAPI' or 'NEVER'. fixed_exit: the number of EXIT=n.

    translate: the qualifier of a data set with translate tables. tcpname: the TCP/IP stack.
    """

    host: str = ""
    port: int = DEFAULT_PORT
    mechanism: str = ""
    required: bool = False
    config: str = ""
    exit_on_error: bool = False
    fixed_exit: int | None = None
    timeout: int | None = None
    tcpname: str = ""
    prompting: bool = True
    globbing: bool = True
    use_netrc: bool = True
    trace: bool = False
    source: str = ""
    translate: str = ""


#: Switches of one letter and what they set; -v shows message ids, which are shown anyway.
_SWITCHES: dict[str, dict[str, object]] = {
    "-d": {"trace": True},
    "-e": {"exit_on_error": True},
    "-g": {"globbing": False},
    "-i": {"prompting": False},
    "-n": {"use_netrc": False},
    "-v": {},
}


_VALUES = {"-f": "config", "-p": "tcpname", "-s": "source", "-t": "translate", "-w": "timeout"}
_MECHANISMS = ("TLS", "GSSAPI", "NEVER")


def parse(words: list[str]) -> StartParameters:
    """Return the meaning of the start words. Raises BadParameters with the word and the reason."""
    options, rest = _split(words)
    found: dict[str, object] = {}
    place: list[str] = []
    queue = list(rest)
    while queue:
        word = queue.pop(0)
        if word == "-a":
            found["mechanism"] = _mechanism(queue.pop(0) if queue else "")
        elif word == "-r":
            found["required"] = True
            if queue and queue[0].upper() in _MECHANISMS:
                found["mechanism"] = queue.pop(0).upper()
        elif word in _VALUES:
            if not queue:
                raise BadParameters(f"{word} needs a value")
            found[_VALUES[word]] = _value(word, queue.pop(0))
        elif word in _SWITCHES:
            found.update(_SWITCHES[word])
        elif word.startswith("-") and len(word) > 1:
            raise BadParameters(f"{word} is no option")
        else:
            place.append(word)
    found.update(_place(place))
    found.update(_options(options))
    return StartParameters(**found)  # type: ignore[arg-type]  # the keys are those of the dataclass


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """Part what stands behind an opening parenthesis from the rest."""
    text = " ".join(words)
    before, _, behind = text.partition("(")
    return behind.replace("(", " ").replace(")", " ").split(), before.split()


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise BadParameters(f"-s {text}: expected an IP address of this host") from None


def _value(word: str, text: str) -> object:
    """Return the value of a switch that has one."""
    if word == "-s":
        return _address(text)
    if word == "-w":
        return _seconds(text)
    return text


def _seconds(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or len(text) > 5:
        raise BadParameters(f"{text}: expected a number of seconds")
    return int(text)


def _mechanism(value: str) -> str:
    if value.upper() in _MECHANISMS:
        return value.upper()
    raise BadParameters(f"-a {value}: the mechanism is tls, gssapi or never")


def _place(words: list[str]) -> dict[str, object]:
    if len(words) > 2 or (len(words) == 2 and not is_port(words[1])):
        raise BadParameters(f"{' '.join(words)}: expected host and port")
    found: dict[str, object] = {"host": words[0]} if words else {}
    if len(words) == 2:
        found["port"] = int(words[1])
    return found


def _options(words: list[str]) -> dict[str, object]:
    found: dict[str, object] = {}
    queue = list(words)
    while queue:
        word = queue.pop(0).upper()
        name, _, value = word.partition("=")
        if name == "EXIT":
            found["exit_on_error"] = True
            if value:
                if not value.isdecimal() or not value.isascii() or len(value) > 4 or int(value) > 4095:
                    raise BadParameters("EXIT=n needs 0 to 4095")
                found["fixed_exit"] = int(value)
        elif name == "TIMEOUT" and (value or queue):
            found["timeout"] = _seconds(value or queue.pop(0))
        elif len(name) >= len("TRANS") and "TRANSLATE".startswith(name) and queue:
            found["translate"] = queue.pop(0)
        elif name == "TCP" and queue:
            found["tcpname"] = queue.pop(0).upper()
        elif name == "TRACE":
            found["trace"] = True
        elif name == "VERBOSE":
            continue  # message ids are shown anyway
        else:
            raise BadParameters(f"{word} is no option")
    return found
