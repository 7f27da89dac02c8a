"""Every message of the utilities stands in a table, with its evidence."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from jes.utilities.idcams import texts
from jes.utilities.texts.row import Row, shown
from jes.utilities.texts.table import ROWS, TABLES, line

FOLDER = Path(__file__).resolve().parents[3] / "jes" / "utilities"
#: Messages of other components that pass through: what a subsystem says, and batch TSO, which has its own texts.
MESSAGE = re.compile(r"(?:IEB|IEH|IDC|ADR|AMA|IGW)\d{3,5}[A-Z]\b")
MODULES = [path for path in sorted(FOLDER.rglob("*.py")) if not {"dfsort", "bpx", "tso", "texts"} & set(path.parts)]


def constants(path: Path) -> list[str]:
    """Return the text constants of a module, docstrings left out."""
    tree = ast.parse(path.read_text())
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.name not in {"texts.py", "reference.py"}], ids=lambda p: p.stem
)
def test_no_module_writes_a_message_of_its_own(path):
    known = ROWS.keys() | texts.ROWS.keys()
    written = [text for text in constants(path) if MESSAGE.search(text)]

    assert [] == [text for text in written if text not in known]


def test_every_row_says_what_it_rests_on():
    for key, row in {**ROWS, **texts.ROWS}.items():
        assert row.evidence in {"seen", "known", "assumed"}, key
        assert row.control in {"", " ", "0", "-", "1"}, key
        assert row.evidence != "assumed" or row.source, f"{key}: what is it like?"


def test_no_key_stands_in_two_tables():
    assert sum(map(len, TABLES)) == len(ROWS)


def test_only_message_ids_are_shown():
    assert shown("IEB311I", Row("-", "CONFLICT", "known")) == "IEB311I CONFLICT"
    assert shown("IEBGENER EOD", Row(" ", "ENDED", "seen")) == "ENDED"
    assert line("IEB408I", "ABC") == " IEB408I MEMBER ABC       CANNOT BE FOUND"


def test_each_row_is_used():
    everywhere = [path for path in FOLDER.parent.rglob("*.py") if "texts" not in path.parts and path.name != "texts.py"]
    used = {text for path in everywhere for text in constants(path)}

    # Keys with a period are put together where they are used.
    assert set() == {key for key in ROWS.keys() | texts.ROWS.keys() if "." not in key} - used
