"""Jobs over one FTP session: submissions a second with their p99, beside vsftpd storing files of the same size.

Run: python bench/jobs.py [--jobs 1000] [--rounds 20] [--exit module:function]

Each server is a process of its own with its store on the same disk, and one client drives them in turn: in each round so many
submissions, then as many STORs to vsftpd. Before vsftpd's turn all jobs have reached OUTPUT, so nothing of ours runs meanwhile.
zftpd answers 250 when the job is on the medium; vsftpd's file need not be. A time is that of PASV, STOR and all that belongs to them.
--ftpchkjes adds a second zftpd whose FTCHKJES exit looks at each record, and prints what that costs.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from peers import Client, Peer, processor_seconds, ratio, servers

JCL = "//BENCH{0:03d} JOB CLASS=A,MSGCLASS=H\r\n//S EXEC PGM=IEFBR14\r\n"
EXIT = "def check(point):\n    return None\n"


def store(client: Client, prefix: str, count: int, first: int, *, jes: bool) -> list[float]:
    """Seconds that each of `count` stores took."""
    seconds = []
    for number in range(first, first + count):
        card = JCL.format(number % 1000).encode()
        begin = time.perf_counter()
        data = client.data()
        client.ask(f"STOR {prefix}job{number}", "1")
        data.sendall(card)
        data.close()
        said = client.reply()
        seconds.append(time.perf_counter() - begin)
        if not said.startswith("2") or (jes and "It is known to JES as JOB" not in said):
            raise RuntimeError(said)
    return seconds


def ended(client: Client) -> None:
    """Return when nothing waits or executes any more."""
    for status in ("INPUT", "ACTIVE", "INPUT"):
        client.ask(f"SITE JESSTATUS={status}", "2")
        while True:
            data = client.data()
            said = client.ask("NLST")
            if said.startswith("1"):
                while data.recv(65536):
                    pass
                said = client.reply()
            data.close()
            if said.startswith("550"):
                break
            time.sleep(0.02)


def in_output(client: Client) -> int:
    """How many jobs there are in OUTPUT."""
    client.ask("SITE JESSTATUS=OUTPUT", "2")
    client.ask("SITE JESENTRYLIMIT=1024", "2")
    data = client.data()
    said = client.ask("NLST")
    names = b""
    if said.startswith("1"):
        while piece := data.recv(65536):
            names += piece
        client.reply()
    data.close()
    return names.count(b"\n")


def report(name: str, seconds: list[float]) -> None:
    ordered = sorted(seconds)
    rate, middle, last = len(seconds) / sum(seconds), ordered[len(seconds) // 2], ordered[int(len(seconds) * 0.99)]
    print(f"{name:<24} {rate:8.0f}/s   p50 {middle * 1e3:6.2f} ms   p99 {last * 1e3:6.2f} ms", flush=True)


def session(peer: Peer) -> Client:
    client = peer.client()
    if peer.site:
        client.ask("SITE FILETYPE=JES", "2")
        client.ask("SITE JESOWNER=* JESJOBNAME=*", "2")
    return client


def measure(peers: list[Peer], jobs: int, rounds: int) -> None:
    each = jobs // rounds
    clients = [session(peer) for peer in peers]
    times: dict[str, list[list[float]]] = {peer.name: [] for peer in peers}
    running = 0.0
    for number in range(rounds):
        for peer, client in zip(peers, clients, strict=True):
            begin, before = time.perf_counter(), processor_seconds(peer.pid)
            times[peer.name].append(store(client, peer.prefix, each, number * each, jes=peer.site))
            peer.processor.setdefault("store", []).append((processor_seconds(peer.pid) - before) / each)
            if peer.site:
                ended(client)
            if peer is peers[0]:
                running += time.perf_counter() - begin
    if (found := in_output(clients[0])) != min(each * rounds, 1024):
        raise RuntimeError(f"{found} jobs are in OUTPUT")
    ours = times[peers[0].name]
    for peer in peers:
        report(
            "submit" if peer is peers[0] else f"{peer.name} STOR" if not peer.site else peer.name,
            [one for part in times[peer.name] for one in part],
        )
    for peer in peers[1:]:
        rates = [[len(part) / sum(part) for part in times[name]] for name in (peers[0].name, peer.name)]
        print(f"submit beside {peer.name}: {ratio(*rates)}, medians of rounds {statistics.median(rates[0]):.0f}/s", end="")
        print(f" and {statistics.median(rates[1]):.0f}/s")
    spent = "   ".join(f"{peer.name} {statistics.median(peer.processor['store']) * 1e3:.2f} ms" for peer in peers)
    print(f"processor time of the server for one, with what its initiators did meanwhile: {spent}")
    print(f"{'all in OUTPUT':<24} {sum(map(len, ours)) / running:8.0f}/s   {each * rounds} jobs in {running:.1f} s")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--jobs", type=int, default=1000)
    options.add_argument("--rounds", type=int, default=20)
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--ftchkjes", action="store_true")
    chosen = options.parse_args()
    common = ("--workers", str(chosen.workers))
    with servers(*common, wanted=("vsftpd",)) as peers, tempfile.TemporaryDirectory() as folder:
        if not chosen.ftchkjes:
            measure(peers, chosen.jobs, chosen.rounds)
            return
        exit_file = Path(folder, "looks.py")
        exit_file.write_text(EXIT)
        with servers(*common, "--exit", f"FTCHKJES={exit_file}:check", wanted=()) as screened:
            screened[0].name = "with FTCHKJES"
            measure([peers[0], screened[0]], chosen.jobs, chosen.rounds)


if __name__ == "__main__":
    main()
