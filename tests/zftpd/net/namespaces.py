"""Hosts on one machine: network namespaces joined by pairs of virtual cables, and code that runs inside them."""

from __future__ import annotations

import ctypes
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

Answer = TypeVar("Answer")
_NEW_NETWORK = 0x40000000
#: Hosts: the mainframe, a workstation and a stranger. Each has a cable of its own to the mainframe.
MVS, PC, STRANGER = "mvs", "pc", "other"
#: Addresses at both ends of each cable.
CABLES = {
    PC: ("10.77.1.1", "10.77.1.2", "fd77:1::1", "fd77:1::2"),
    STRANGER: ("10.77.2.1", "10.77.2.2", "fd77:2::1", "fd77:2::2"),
}


class NoNamespaces(Exception):
    """This machine or user cannot make network namespaces."""


def _ip(*words: str) -> None:
    try:
        subprocess.run(["ip", *words], check=True, capture_output=True, timeout=20)  # noqa: S603, S607
    except (OSError, subprocess.SubprocessError) as error:
        raise NoNamespaces(getattr(error, "stderr", b"") or error) from error


def _name(host: str) -> str:
    return f"zftpd-{os.getpid()}-{host}"


@contextmanager
def network() -> Iterator[None]:
    """The three hosts, joined and up. Raises NoNamespaces."""
    made: list[str] = []
    try:
        for host in (MVS, PC, STRANGER):
            _ip("netns", "add", _name(host))
            made.append(host)
            _ip("-n", _name(host), "link", "set", "lo", "up")
        for number, (host, (near4, far4, near6, far6)) in enumerate(CABLES.items()):
            near, far = f"m{number}", "eth0"
            _ip("link", "add", near, "netns", _name(MVS), "type", "veth", "peer", "name", far, "netns", _name(host))
            for place, device, four, six in ((MVS, near, near4, near6), (host, far, far4, far6)):
                _ip("-n", _name(place), "addr", "add", f"{four}/24", "dev", device)
                _ip("-n", _name(place), "addr", "add", f"{six}/64", "dev", device, "nodad")
                _ip("-n", _name(place), "link", "set", device, "up")
            _ip("-n", _name(host), "route", "add", "default", "via", near4)
        yield
    finally:
        for host in made:
            subprocess.run(["ip", "netns", "del", _name(host)], check=False, capture_output=True, timeout=20)  # noqa: S603, S607


def cable(host: str, state: str) -> None:
    """Pull the cable of a host out (`down`) or put it in again (`up`)."""
    _ip("-n", _name(host), "link", "set", "eth0", state)


def inside(host: str, act: Callable[..., Answer], *arguments: Any) -> Answer:
    """Return what `act` returns when it runs on a host: sockets and threads that it makes belong there."""
    outcome: dict[str, Any] = {}

    def run() -> None:
        try:
            descriptor = os.open(Path("/var/run/netns") / _name(host), os.O_RDONLY)
            try:
                if ctypes.CDLL(None, use_errno=True).setns(descriptor, _NEW_NETWORK):
                    raise NoNamespaces(os.strerror(ctypes.get_errno()))
            finally:
                os.close(descriptor)
            outcome["answer"] = act(*arguments)
        except BaseException as error:  # handed to who asked
            outcome["error"] = error

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(120)
    if "error" in outcome:
        raise outcome["error"]
    answer: Answer = outcome["answer"]
    return answer
