from __future__ import annotations

import socket

import pytest

from zftpd.net.keepalive import arm


@pytest.mark.parametrize(("seconds", "idle"), [(60, 60), (86400, 32767)])
def test_packets_come_after_so_many_seconds_of_silence(seconds, idle):
    with socket.socket() as sock:
        arm(sock, seconds)

        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == idle


def test_zero_turns_them_off():
    with socket.socket() as sock:
        arm(sock, 60)
        arm(sock, 0)

        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 0
