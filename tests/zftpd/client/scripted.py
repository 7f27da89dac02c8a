"""A server that says what a test makes it say: for servers that are broken, and for servers that mean harm."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Mapping

Answer = bytes | Callable[["ScriptedServer", str], None]
USUAL: dict[str, Answer] = {
    "USER": b"331 Send password please.\r\n",
    "PASS": b"230 X is logged on.\r\n",
    "QUIT": b"221 Goodbye.\r\n",
    "SITE": b"200 OK\r\n",
    "TYPE": b"200 OK\r\n",
    "MODE": b"200 OK\r\n",
    "AUTH": b"234 go\r\n",
    "PBSZ": b"200 OK\r\n",
    "PROT": b"200 OK\r\n",
}


class ScriptedServer:
    """One session. `answers`: what a command is answered with, bytes or a function of this server and the argument."""

    def __init__(
        self, answers: Mapping[str, Answer], greeting: bytes = b"220 ready\r\n", context: ssl.SSLContext | None = None
    ) -> None:
        """Listen on a port of this host. With a context there are AUTH TLS and PROT P."""
        self.context = context
        self.answers = {**USUAL, "PASV": _passive, **answers}
        self.greeting = greeting
        self.heard: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._data = socket.create_server(("127.0.0.1", 0))
        self._data.settimeout(10)
        self.control: socket.socket
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Where the server listens."""
        return int(self._listener.getsockname()[1])

    @property
    def data_port(self) -> int:
        """Where it waits for data connections."""
        return int(self._data.getsockname()[1])

    def say(self, text: bytes) -> None:
        """Send on the control connection; nobody minds a client that has gone."""
        try:
            self.control.sendall(text)
        except OSError:
            pass

    def data(self, content: bytes, *, reset: bool = False, whole: bool = True) -> None:
        """Send content over a data connection, and close or reset it; under TLS with a close_notify if that is whole."""
        connection, _ = self._data.accept()
        if self.context is not None:
            connection = self.context.wrap_socket(connection, server_side=True)
        with connection:
            try:
                connection.sendall(content)
                if isinstance(connection, ssl.SSLSocket) and whole:
                    connection.unwrap()
                if reset:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            except OSError:
                pass

    def take(self, size: int) -> bytes:
        """Receive so many bytes over a data connection and reset it."""
        connection, _ = self._data.accept()
        with connection:
            content = connection.recv(size)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return content

    def close(self) -> None:
        """End, however far the session has got."""
        for sock in (self._listener, self._data, getattr(self, "control", None)):
            if sock is not None:
                try:
                    sock.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
                sock.close()
        self._thread.join(10)

    def _line(self) -> bytes:
        """Return a line, byte by byte: what follows AUTH is not a line."""
        line = b""
        while not line.endswith(b"\n") and (more := self.control.recv(1)):
            line += more
        return line

    def _serve(self) -> None:
        try:
            self.control, _ = self._listener.accept()
            self.say(self.greeting)
            while line := self._line():
                text = line.decode("latin-1").rstrip("\r\n")
                self.heard.append(text)
                verb, _, argument = text.partition(" ")
                answer = self.answers.get(verb, b"500 unknown command\r\n")
                if callable(answer):
                    answer(self, argument)
                else:
                    self.say(answer)
                if verb == "AUTH" and self.context is not None:
                    self.control = self.context.wrap_socket(self.control, server_side=True)
        except OSError:
            pass


def _passive(server: ScriptedServer, _argument: str) -> None:
    high, low = divmod(server.data_port, 256)
    server.say(f"227 Entering Passive Mode (127,0,0,1,{high},{low})\r\n".encode())


def sends(content: bytes, last: bytes = b"226 done\r\n", *, reset: bool = False, whole: bool = True) -> Answer:
    """Return an answer to a command that sends content."""

    def answer(server: ScriptedServer, _argument: str) -> None:
        server.say(b"150 here it comes\r\n")
        server.data(content, reset=reset, whole=whole)
        server.say(last)

    return answer
