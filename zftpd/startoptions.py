"""The options of `zftpd`: one row each, from which command line, environment and --help follow.

Rules: every option has an environment variable ZFTPD_<OPTION>; the option wins.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

DEFAULT_PORT = 2121


class Option(NamedTuple):
    """One option: its name, what --help says of it, and what else argparse is told."""

    name: str
    help: str
    more: dict[str, Any]
    default: object = None

    @property
    def variable(self) -> str:
        """The environment variable that gives its default."""
        return f"ZFTPD_{self.name.upper().replace('-', '_')}"


def port_number(text: str) -> int:
    """Return a port. Raises argparse.ArgumentTypeError."""
    return _number(text, 0, 65535)


def worker_count(text: str) -> int:
    """Return a number of workers. Raises argparse.ArgumentTypeError."""
    return _number(text, 1, 64)


def _number(text: str, low: int, high: int) -> int:
    if not (text.isascii() and text.isdecimal()) or not low <= int(text) <= high:
        raise argparse.ArgumentTypeError(f"{text} is not between {low} and {high}")
    return int(text)


OPTIONS = (
    Option("host", "address to listen on (default 127.0.0.1)", {"metavar": "ADDRESS"}, "127.0.0.1"),
    Option("port", "port to listen on (default 2121); 0 takes a free one and prints it", {"type": port_number}, DEFAULT_PORT),
    Option("config", "FTP.DATA file", {"type": Path, "metavar": "FILE"}),
    Option("jes2parm", "JES2 initialisation statements: job classes, initiators, job numbers", {"type": Path, "metavar": "FILE"}),
    Option("programs", "programs that EXEC PGM= finds besides ours: Python, host commands", {"type": Path, "metavar": "FILE"}),
    Option("strict", "also stop for unknown statements in FTP.DATA", {"action": "store_true"}),
    Option("store", "folder or address of the store (default: the data folder)", {"metavar": "URL"}),
    Option("memory", "keep nothing: the store lives in memory", {"action": "store_true"}),
    Option(
        "seed",
        "folder that describes data sets, users and jobs; may be repeated",
        {"action": "append", "type": Path, "metavar": "DIR"},
    ),
    Option("watch", "follow changes of the seed folders", {"action": "store_true"}),
    Option("workers", "number of processes that serve (default 1)", {"type": worker_count}, 1),
    Option("exit", "user exit, as FTCHKJES=module:function; may be repeated", {"action": "append", "metavar": "NAME=TARGET"}),
    Option("persona", "release or site whose words are used", {"metavar": "NAME"}, ""),
    Option("hostname", "host name in the greeting and in the certificate", {"metavar": "NAME"}, ""),
    Option("sysname", "system name (default MVS1)", {"metavar": "NAME"}, "MVS1"),
    Option("jobname", "job name of the server (default FTPD1)", {"metavar": "NAME"}, "FTPD1"),
    Option("userid", "user ID of the started task, whose key rings KEYRING means (default FTPD)", {"metavar": "NAME"}, "FTPD"),
    Option("port-saf", "SAF name of the port's reservation: EZB.PORTACCESS is asked at start", {"metavar": "NAME"}, ""),
    Option(
        "netaccess", "PROFILE.TCPIP whose NETACCESS statement maps clients to security zones", {"type": Path, "metavar": "FILE"}
    ),
    Option("policy", "AT-TLS policy file, for TLSMECHANISM ATTLS", {"type": Path, "metavar": "FILE"}),
    Option("certificate", "certificate in PEM; without it one is made", {"type": Path, "metavar": "FILE"}),
    Option("key", "private key in PEM, when it is not in the certificate's file", {"type": Path, "metavar": "FILE"}),
    Option("no-tls", "offer no TLS", {"action": "store_true"}),
    Option("implicit", "clients begin with TLS here; others than z/OS need SECUREIMPLICITZOS FALSE", {"action": "store_true"}),
    Option("force", "listen beyond this machine even though IBMUSER still has its first password", {"action": "store_true"}),
    Option("log", "append messages to this file, as syslogd does", {"type": Path, "metavar": "FILE"}),
    Option("syslog", "send messages to the system's syslog", {"action": "store_true"}),
    Option("events", "append every event to this file as a line of JSON", {"type": Path, "metavar": "FILE"}),
    Option("transcript", "keep each session's dialogue as text in this folder", {"type": Path, "metavar": "DIR"}),
    Option("smf", "append SMF records to this file, too", {"type": Path, "metavar": "FILE"}),
    Option("quiet", "print nothing but errors", {"action": "store_true"}),
)


def parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    """Return the options; defaults come from the environment."""
    about = "z/OS FTP without a mainframe: data sets, jobs and RACF over FTP and FTPS."
    made = argparse.ArgumentParser(prog="zftpd", description=about)
    for option in OPTIONS:
        made.add_argument(f"--{option.name}", help=option.help, **option.more, **_default(option, environment))
    made.add_argument("--version", action="version", version=f"zftpd {_version()}")
    return made


def _default(option: Option, environment: Mapping[str, str]) -> dict[str, Any]:
    """Return the default as argparse takes it: what the environment says, else what the row says."""
    given = environment.get(option.variable)
    if given is None:
        return {"default": option.default} if option.default is not None else {}
    action = option.more.get("action")
    if action == "store_true":
        return {"default": given.lower() in {"1", "true", "yes", "on"}}
    return {"default": given.split(os.pathsep) if action == "append" else given}  # argparse converts a default that is text


def _version() -> str:
    try:
        return version("mvsfs")
    except PackageNotFoundError:
        return "unknown"
