"""Every message of the client, by id; nothing else in the client holds one.

Source: page 84 of the source document (seen), jes-and-jcl.md 5.9 (seen in public job output), [IP Messages Vol 1] (known).
Rules: one row per message; holes are filled by name. Evidence: seen, known or assumed.
"""

from __future__ import annotations

from typing import NamedTuple


class Message(NamedTuple):
    """A client message: its IBM id, the wording with holes, and how sure we are of it."""

    id: str
    template: str
    evidence: str


MESSAGES: dict[str, Message] = {
    "started": Message("EZA1736I", "FTP {parameters}", "seen"),
    "config": Message("EZY2640I", "Using {source} for local site configuration parameters.", "seen"),
    "banner": Message("EZA1450I", "IBM FTP CS {release}", "seen"),
    "using": Message("EZA1466I", "FTP: using {tcpname}", "seen"),
    "connect-to": Message("EZA1456I", "Connect to ?", "seen"),
    "connecting": Message("EZA1554I", "Connecting to: {host} {address} port: {port}.", "seen"),
    "sent": Message("EZA1701I", ">>> {command}", "seen"),
    "auth-ok": Message("EZA2895I", "Authentication negotiation succeeded", "seen"),
    "auth-failed": Message("EZA2897I", "Authentication negotiation failed", "seen"),
    "auth-required": Message("EZA2898I", "Unable to successfully negotiate required authentication", "seen"),
    "private": Message("EZA2906I", "Data connection protection is private", "seen"),
    "clear": Message("EZA2905I", "Data connection protection is clear", "assumed"),
    "commands": Message("EZA2907I", "Control connection protection is {state}", "assumed"),
    "name": Message("EZA1459I", "NAME ({host}:{user}):", "seen"),
    "password": Message("EZA1789I", "PASSWORD:", "seen"),
    "account": Message("EZA1790I", "ACCOUNT:", "assumed"),
    "tables-control": Message("EZYFT25I", "Using {name} for FTP translation tables for the control connection.", "seen"),
    "tables-data": Message("EZYFT31I", "Using {name} for FTP translation tables for the data connection.", "seen"),
    "no-tables": Message("EZYFT32E", "There is no translation table {name}", "assumed"),
    "no-config": Message("EZYFT48E", "{name} cannot be read", "assumed"),
    "no-input": Message("EZA2588E", "There is no INPUT DD", "assumed"),
    "tso-ended": Message("EZA2586I", "TSO command {name} ended with return code {code}", "assumed"),
    "tso-abend": Message("EZA2587E", "TSO command {name} ended abnormally: {reason}", "assumed"),
    "command": Message("EZA1460I", "Command:", "seen"),
    "echo": Message("EZA1736I", "{line}", "seen"),
    "listing": Message("EZA2284I", "{line}", "seen"),
    "transferred": Message(
        "EZA1617I", "{bytes} bytes transferred in {seconds:.3f} seconds.  Transfer rate {rate:.2f} Kbytes/sec.", "seen"
    ),
    "progress": Message(
        "EZA1485I",
        "{bytes} bytes transferred - {seconds} second interval rate {rate:.2f} KB/sec - "
        "Overall transfer rate {overall:.2f} KB/sec",
        "known",
    ),
    "return-code": Message("EZA1735I", "Std Return Code = {rc:05d}, Error Code = {error:05d}", "known"),
    "timed-out": Message("EZA2589E", "Connection to server interrupted or timed out. {operation}", "known"),
    "connection-failed": Message("EZA2590E", "connect error: {host} port {port}: {reason}", "assumed"),
    "unknown-host": Message("EZA1551I", "Unknown Host: {host}", "known"),
    "control-lost": Message("EZA1534I", "*** Control connection with {host} dies.", "known"),
    "lost-because": Message("EZA1533I", "{reason}", "assumed"),
    "restart-mode": Message("EZA2073I", "RESTART requires data type EBCDIC and block or compressed mode", "assumed"),
    "srestart-mode": Message("EZA2074I", "SRESTART requires data type ASCII or Image, stream mode and file structure", "assumed"),
    "no-checkpoint": Message("EZA2075I", "There is no checkpoint in {name}", "assumed"),
    "checkpoint-behind": Message("EZA2076I", "{name} ends before the checkpoint", "assumed"),
    "only-unix": Message("EZA2077I", "{name} is a data set; in stream mode only z/OS UNIX files can be restarted", "assumed"),
    "locsite-remark": Message("EZA2565I", "{line}", "assumed"),
    "data-lost": Message("EZA1537I", "The data connection was lost: {reason}", "assumed"),
    "not-asked": Message("EZA2067I", "The server lists {name!r}, which was not asked for", "assumed"),
    "list-endless": Message("EZA2068I", "The list that the server sends has no end", "assumed"),
    "bad-name": Message("EZA2065I", "{name!r} cannot be sent: there are control characters in it", "assumed"),
    "data-failed": Message("EZA1536I", "Cannot open the data connection: {reason}", "assumed"),
    "not-connected": Message("EZA1457I", "You must first issue the 'open' command", "known"),
    "already-connected": Message("EZA1458I", "You are already connected to {host}. Issue 'close' first", "assumed"),
    "unknown-subcommand": Message("EZA1465I", "Unknown subcommand {name}", "assumed"),
    "ambiguous": Message("EZA1464I", "Ambiguous subcommand {name}", "assumed"),
    "usage": Message("EZA1461I", "Usage: {usage}", "assumed"),
    "local-missing": Message("EZA1608I", "Local file {name} does not exist", "assumed"),
    "local-refused": Message("EZA1609I", "Local file {name}: {reason}", "assumed"),
    "local-directory": Message("EZA2081I", "Local directory name set to {name}", "known"),
    "local-pwd": Message("EZA2578I", "Local directory is {name}", "assumed"),
    "locsite-unknown": Message("EZA2565I", "Unknown parameter {word} - ignored", "assumed"),
    "locsite-value": Message("EZA2566I", "{word} is not valid for {name} - ignored", "assumed"),
    "sunique": Message("EZA1683I", "Store unique is {state}", "assumed"),
    "prompt-state": Message("EZA2059I", "Interactive mode is {state}", "assumed"),
    "toggle": Message("EZA2070I", "{what} is {state}", "assumed"),
    "no-match": Message("EZA2066I", "No files match {pattern}", "assumed"),
    "confirm": Message("EZA2064I", "{verb} {name} (Yes|No|Quit|Stop prompting)?", "assumed"),
    "interrupted": Message("EZA2577I", "Client is ending: input ended", "assumed"),
    "cert-refused": Message("EZA2896I", "The certificate of the server was refused: {reason}", "assumed"),
    "no-tls": Message("EZA2899I", "This subcommand needs a control connection that is protected by TLS", "assumed"),
    "help": Message("EZA1462I", "{text}", "assumed"),
    "locstat": Message("EZA2811I", "{line}", "assumed"),
    "exit-set": Message("EZA1772I", "FTP: EXIT has been set.", "known"),
    "traces": Message("EZA2923I", "Active client traces - {traces}", "seen"),
    "trace": Message("EZYFT00I", "{kind:<4} {text}", "assumed"),
    "dumps": Message("EZA2924I", "Active client dumpIDs - {traces}", "assumed"),
    "ids-on": Message("EZA2859I", "Message IDs are displayed when running in z/OS UNIX", "seen"),
    "ids-off": Message("EZA2860I", "Message IDs are not displayed when running in z/OS UNIX", "known"),
    "logged": Message(
        "EZZ9830I", "{name} FTP failed - Cmd = {code:02d}({subcommand}) Reply = {reply} {used} {kind} RC = {rc:05d}", "known"
    ),
    "delimiter": Message("EZA1470I", "The file delimiter is .", "assumed"),
    "host-line": Message("EZA1736I", "{line}", "assumed"),
    "needs-data-sets": Message("EZA2062I", "{name} copies MVS data sets, and the local side has none", "assumed"),
    "exists": Message("EZA2061I", "{name} exists; use (REALLOCATE", "assumed"),
    "proxy-first": Message("EZA2060I", "You must first issue 'proxy open'", "assumed"),
    "proxy-no-tls": Message("EZA2058I", "PROXY transfers cannot be protected by TLS", "assumed"),
    "not-supported": Message("EZA2063I", "{name} is not supported by this client", "assumed"),
}


def text(key: str, **facts: object) -> str:
    """Return the message `key` with its id in front, as the client prints it."""
    message = MESSAGES[key]
    return f"{message.id} {message.template.format(**facts)}"
