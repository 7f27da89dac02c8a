"""Dialogues: transcripts that are tests. One file runs unchanged in memory, over TCP and over TLS.

    # a comment: what is shown, and its source
    % login IBMUSER SYS1            set up first; also: racf COMMAND, ftpdata STATEMENT, seed NAME, nologin, over tcp tls
    C: RETR 'A.B'                   what the client sends
    S: 125 Sending data set A.B FIXrecfm 80
    D: first line                   data: what the client must get, or what it sends when the verb stores
    X: c1c2                         data in hexadecimal
    S: 250 Transfer completed successfully.

In S: and D: lines `{...}` stands for any text, `{name}` for a text that is remembered and must be the same when it comes
again (also in C: lines). `S: ...` stands for any further lines of the reply.
Rules: a data connection is asked for by the runner (EPSV) before each command that needs one, unless the dialogue says
PASV, EPSV, PORT or EPRT itself.
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from zftpd.effects import AimAt, CloseData, DropData, Hangup, Listen, OpenData, StartTls, StopTls, TlsFacts, Transmit
from zftpd.engine import Engine
from zftpd.protocol.reply import Reply
from zftpd.session import Session

TRANSFERS = {"LIST", "NLST", "RETR", "STOR", "STOU", "APPE"}
STORES = {"STOR", "STOU", "APPE"}
PORTS = {"PASV", "EPSV", "PORT", "EPRT"}
SECONDS = 20


@dataclass
class Exchange:
    """One command, the reply lines that must come, and the data."""

    line: int
    command: str | None
    replies: list[str] = field(default_factory=list)
    data: list[tuple[str, str]] = field(default_factory=list)

    @property
    def verb(self) -> str:
        return (self.command or "").partition(" ")[0].upper()


@dataclass
class Dialogue:
    """A parsed transcript."""

    name: str
    setup: list[tuple[str, str]]
    exchanges: list[Exchange]

    def options(self, word: str) -> list[str]:
        return [value for key, value in self.setup if key == word]


def parse(path: Path) -> Dialogue:
    """Read a transcript. Raises ValueError for a line that is none of its kinds."""
    dialogue = Dialogue(path.stem, [], [Exchange(0, None)])
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        kind, text = line[:2], line[3:]
        if not line.strip() or line.startswith("#"):
            continue
        if kind[0] == "%":
            word, _, value = line[1:].strip().partition(" ")
            dialogue.setup.append((word, value))
        elif kind == "C:":
            dialogue.exchanges.append(Exchange(number, text))
        elif kind == "S:":
            dialogue.exchanges[-1].replies.append(text)
        elif kind in ("D:", "X:"):
            dialogue.exchanges[-1].data.append((kind, text))
        else:
            raise ValueError(f"{path}:{number}: {line!r}")
    return dialogue


class Memory:
    """Performs the effects of one session without any socket."""

    def __init__(self, facts) -> None:
        self.session = Session(facts, facts.settings, 1, ("127.0.0.1", 50001), ("127.0.0.1", facts.port), started=facts.now())
        self.session.secure.available = True
        self.engine = Engine(self.session)
        self.said: list[str] = []
        self.upload, self.download = b"", b""
        self._drive(self.engine.open())

    def command(self, line: str, upload: bytes = b"") -> tuple[list[str], bytes]:
        self.upload, self.download, self.said = upload, b"", []
        self._drive(self.engine.command(line.encode("latin-1")))
        return self.said, self.download

    def greeting(self) -> list[str]:
        return self.said

    def secure(self) -> None:
        for line in ("AUTH TLS", "PBSZ 0", "PROT P"):
            self.command(line)

    def close(self) -> None:
        pass

    def _drive(self, handler) -> None:
        answer = None
        try:
            while True:
                answer = self._perform(handler.send(answer))
        except StopIteration:
            handler.close()

    def _perform(self, effect):
        match effect:
            case Reply():
                self.said += effect.wire().decode("latin-1").split("\r\n")[:-1]
            case Listen():
                return "127.0.0.1", 50000
            case OpenData(direction="in"):
                return iter([self.upload] if self.upload else [])
            case Transmit():
                self.download += b"".join(bytes(chunk) for chunk in effect.chunks)
                return len(self.download)
            case StartTls():
                return TlsFacts("TLSv1.3", "TLS_AES_256_GCM_SHA384", None)
            case OpenData() | CloseData() | DropData() | AimAt() | StopTls() | Hangup():
                return None
        return None


class Wire:
    """Speaks to a listening server."""

    def __init__(self, address: tuple[str, int], facts) -> None:
        self._context = ssl.create_default_context()
        self._context.check_hostname, self._context.verify_mode = False, ssl.CERT_NONE
        self._sock = socket.create_connection(address, SECONDS)
        self._buffer = b""
        self._host = address[0]
        self._data: socket.socket | None = None
        self._port = 0
        self.session = None
        self._greeting = self._reply()

    def greeting(self) -> list[str]:
        return self._greeting

    def secure(self) -> None:
        self._send("AUTH TLS")
        self._reply()
        self._sock = self._context.wrap_socket(self._sock)
        for line in ("PBSZ 0", "PROT P"):
            self._send(line)
            self._reply()
        self._protected = True

    _protected = False

    def command(self, line: str, upload: bytes = b"") -> tuple[list[str], bytes]:
        self._send(line)
        verb = line.partition(" ")[0].upper()
        if verb in TRANSFERS and self._port:
            return self._transfer(verb, upload)
        said = self._reply()
        if said[-1].startswith(("227", "229")):
            numbers = re.findall(r"\d+", said[-1][3:])
            self._port = int(numbers[-1]) if said[-1].startswith("229") else int(numbers[-2]) * 256 + int(numbers[-1])
        if said[-1].startswith("234"):
            self._sock = self._context.wrap_socket(self._sock)
        return said, b""

    def _transfer(self, verb: str, upload: bytes) -> tuple[list[str], bytes]:
        data = socket.create_connection((self._host, self._port), SECONDS)
        self._port = 0
        received = b""
        try:
            said = self._reply()
            if not said[-1].startswith("1"):
                return said, b""
            if self._protected:
                data = self._context.wrap_socket(data)
            if verb in STORES:
                self._upload(data, upload)
            else:
                while chunk := data.recv(65536):
                    received += chunk
        finally:
            data.close()
        while said[-1].startswith("1"):
            said += self._reply()
        return said, received

    @staticmethod
    def _upload(data: socket.socket, upload: bytes) -> None:
        """Send and say the end; a server that refuses half-way cuts the connection, and its reply says why."""
        try:
            data.sendall(upload)
            if isinstance(data, ssl.SSLSocket):
                data.unwrap()
            data.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def _send(self, line: str) -> None:
        self._sock.sendall(line.encode("latin-1") + b"\r\n")

    def _reply(self) -> list[str]:
        lines = [self._line()]
        if lines[0][3:4] == "-":
            while not lines[-1].startswith(lines[0][:3] + " "):
                lines.append(self._line())
        return lines

    def _line(self) -> str:
        while b"\r\n" not in self._buffer:
            chunk = self._sock.recv(8192)
            if not chunk:
                raise ConnectionError("the server closed the control connection")
            self._buffer += chunk
        line, _, self._buffer = self._buffer.partition(b"\r\n")
        return line.decode("latin-1")

    def close(self) -> None:
        self._sock.close()


class Runner:
    """Runs a dialogue on a wire and compares."""

    def __init__(self, dialogue: Dialogue, wire: Memory | Wire) -> None:
        self.dialogue, self.wire = dialogue, wire
        self.known: dict[str, str] = {}

    def run(self) -> None:
        listening = False
        for exchange in self.dialogue.exchanges:
            if exchange.command is None:
                self._compare(exchange, exchange.replies, self.wire.greeting() if exchange.replies else [])
                self._sign_on()
                continue
            upload = b""
            if exchange.verb in TRANSFERS:
                if not listening:
                    self.wire.command("EPSV")
                listening = False
                upload = raw(exchange.data) if exchange.verb in STORES else b""
            listening = listening or exchange.verb in PORTS
            said, received = self.wire.command(self._filled(exchange.command), upload)
            self._compare(exchange, exchange.replies, said)
            if exchange.verb in TRANSFERS - STORES:
                self._compare_data(exchange, received)

    def _sign_on(self) -> None:
        if any(word == "nologin" for word, _ in self.dialogue.setup):
            return
        userid, password = (self.dialogue.options("login") or ["IBMUSER SYS1"])[-1].split(" ", 1)
        self.wire.command(f"USER {userid}")
        said, _ = self.wire.command(f"PASS {password}")
        assert said[-1].startswith("230"), said

    def _filled(self, command: str) -> str:
        command = re.sub(r"\{(\w+)\}", lambda match: self.known.get(match[1], match[0]), command)
        return command.replace("\\n", "\n")

    def _compare(self, exchange: Exchange, expected: list[str], said: list[str]) -> None:
        place = f"{self.dialogue.name}.ftp:{exchange.line}: {exchange.command or 'greeting'}"
        told = "\n".join([place, *(f"S: {line}" for line in said)])
        for number, line in enumerate(expected):
            if line == "...":
                return
            assert number < len(said), f"{told}\nmissing: {line}"
            assert self._matches(line, said[number]), f"{told}\nexpected: {line}"
        assert len(said) == len(expected), f"{told}\nunexpected: {said[len(expected) :]}"

    def _compare_data(self, exchange: Exchange, received: bytes) -> None:
        place = f"{self.dialogue.name}.ftp:{exchange.line}: {exchange.command}"
        if any(kind == "X:" for kind, _ in exchange.data):
            assert received == raw(exchange.data), f"{place}\n{received.hex()}"
            return
        lines = received.decode("latin-1").split("\r\n")
        assert lines.pop() == "", f"{place}\nno line end after {received[-80:]!r}"
        expected = [text for _, text in exchange.data]
        told = "\n".join([place, *(f"D: {line}" for line in lines)])
        for number, line in enumerate(expected):
            if line == "...":
                return
            assert number < len(lines), f"{told}\nmissing: {line}"
            assert self._matches(line, lines[number]), f"{told}\nexpected: {line}"
        assert len(lines) == len(expected), f"{told}\nunexpected: {lines[len(expected) :]}"

    def _matches(self, pattern: str, line: str) -> bool:
        regex, names = "", []
        for part in re.split(r"(\{(?:\.\.\.|\w+)\})", pattern):
            if part == "{...}":
                regex += ".*?"
            elif re.fullmatch(r"\{\w+\}", part):
                name = part[1:-1]
                if name in self.known:
                    regex += re.escape(self.known[name])
                else:
                    regex += f"(?P<{name}>\\S+?)"
                    names.append(name)
            else:
                regex += re.escape(part)
        match = re.fullmatch(regex, line, re.DOTALL)
        if match:
            self.known |= {name: match[name] for name in names}
        return match is not None


def raw(data: list[tuple[str, str]]) -> bytes:
    """Return the data lines as bytes: text lines end in CR LF, hexadecimal ones in nothing."""
    return b"".join(bytes.fromhex(text) if kind == "X:" else text.encode("latin-1") + b"\r\n" for kind, text in data)


def transcripts(folder: Path) -> Iterator[Path]:
    """Yield the transcripts of a folder."""
    yield from sorted(folder.glob("*.ftp"))
