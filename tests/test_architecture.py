"""The rules of the architecture, as tests. Each failure prints the rule it breaks; there is no exemption list."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("mvsfs", "saf", "jes", "zftpd")
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, deferred imports included."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def importers(*modules: str) -> set[str]:
    """The files that import one of `modules`."""
    found = set()
    for path in FILES:
        if any(name == module or name.startswith(module + ".") for name in imports(path) for module in modules):
            found.add(str(path.relative_to(ROOT)))
    return found


def outside(found: set[str], *places: str) -> list[str]:
    """Those of `found` that lie in none of `places` (regular expressions on the path)."""
    return sorted(name for name in found if not any(re.match(place, name) for place in places))


def test_no_file_is_longer_than_its_job():
    long = {str(p.relative_to(ROOT)): n for p in FILES if (n := len(p.read_text().splitlines())) > MAX_FILE_LINES}

    assert {} == long, f"a file has one job and at most {MAX_FILE_LINES} lines"


def test_no_function_is_longer_than_a_page():
    long = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= MAX_FUNCTION_LINES:
                long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")

    assert [] == long


def test_every_module_says_what_it_is():
    silent = [str(path.relative_to(ROOT)) for path in FILES if not ast.get_docstring(ast.parse(path.read_text()))]

    assert [] == silent


def test_the_ground_packages_know_nothing_above_them():
    wrong = outside(importers("zftpd"), "zftpd/") + outside(importers("jes"), "jes/", "zftpd/")
    wrong += outside(importers("saf"), "saf/", "jes/", "zftpd/") + outside(importers("mvsfs"), "mvsfs/", "jes/", "zftpd/")

    assert [] == wrong


def test_sockets_and_tls_live_in_the_network_package():
    assert [] == outside(importers("ssl", "selectors", "asyncio"), "zftpd/net/", "zftpd/client/")
    assert [] == outside(importers("select"), "zftpd/net/", "zftpd/client/", "mvsfs/unix/pipes.py")


def test_pyftpdlib_and_the_gpl_oracle_are_never_part_of_the_product():
    assert set() == importers("pyftpdlib", "xmi", "xmi_reader")


def test_pyfilesystem_comes_in_by_its_doors():
    assert [] == outside(importers("fs"), "mvsfs/storage/", "mvsfs/view", "mvsfs/opener.py", "mvsfs/unix/")


def test_construct_declares_layouts_and_nothing_else():
    assert [] == outside(importers("construct"), "mvsfs/layouts/", "zftpd/smf/", "zftpd/transfer/")


@pytest.mark.parametrize("package", ["mvsfs", "saf", "jes"])
def test_reply_codes_are_not_written_below_the_server(package):
    """The words of FTP are given at one edge, in zftpd."""
    pattern = re.compile(r"""["']\d{3}[ -][A-Z][a-z]+ """)
    wrong = [str(p.relative_to(ROOT)) for p in FILES if p.is_relative_to(ROOT / package) and pattern.search(p.read_text())]

    assert [] == wrong


def test_no_file_names_the_machine_it_was_written_on():
    pattern = re.compile("|".join(f"/{name}/" for name in ("work", "farm", "root", "home/[a-z]+")))
    names = [p for p in ROOT.rglob("*") if p.is_file() and p.suffix in {".py", ".md", ".toml", ".yaml", ".ftp", ".txt", ".sh"}]
    kept = [p for p in names if not {".git", "node_modules", ".venv"} & set(p.parts) and p != Path(__file__)]

    assert [] == [str(p.relative_to(ROOT)) for p in kept if pattern.search(p.read_text(errors="replace"))]
