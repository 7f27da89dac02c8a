from __future__ import annotations

import pytest

from zftpd.params.kinds import BadValue
from zftpd.params.sets import Anonymous, AnonymousUser, CodePages, Names, Ports, Smf, SmfWanted, SubChar, Volumes


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (CodePages(), "(IBM-1047, ISO8859-1)", ("IBM-1047", "ISO8859-1")),
        (CodePages(), "ftp_standard_table", ("FTP_STANDARD_TABLE", "")),
        (Ports(), "(50000,50100)", (50000, 50100)),
        (Volumes(), "vol001", ("VOL001",)),
        (Volumes(), "(vol001,vol002)", ("VOL001", "VOL002")),
        (Names(("A", "B")), "a b a", ("A", "B", "A")),
        (Smf(75), "STD", SmfWanted(75)),
        (Smf(75), "TYPE118", SmfWanted(75)),
        (Smf(75), "type119", SmfWanted(None, True)),
        (Anonymous(), "", AnonymousUser()),
        (Anonymous(), "guest/surrogate", AnonymousUser("GUEST", "SURROGATE")),
        (Anonymous(), "guest/Secret", AnonymousUser("GUEST", "Secret")),
        (SubChar(), "6f", "6F"),
    ],
)
def test_a_text_means_its_value(kind, text, value):
    assert kind.parse(text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (CodePages(), "(A"),
        (CodePages(), "(A,B,C)"),
        (CodePages(table=False), "A"),
        (Ports(), "(1,2)"),
        (Ports(), "50000"),
        (Ports(), "(60000,50000)"),
        (Volumes(), "TOOLONG1"),
        (Names(("A",)), "B"),
        (Smf(75), "256"),
        (Smf(75), "MAYBE"),
        (Anonymous(), "ninechars1"),
        (SubChar(), "XYZ"),
    ],
)
def test_anything_else_is_refused(kind, text):
    with pytest.raises(BadValue):
        kind.parse(text)


def test_repeated_statements_add_up_without_repeats():
    kind = Names(("A", "B"))

    assert kind.add(kind.add(None, "A"), "B A") == ("A", "B")
    assert Smf(75).add(Smf(75).parse("STD"), "TYPE119") == SmfWanted(75, True)


@pytest.mark.parametrize(("value", "texts"), [(("VOL001",), ["VOL001"]), (("VOL001", "VOL002"), ["(VOL001,VOL002)"]), ((), [""])])
def test_one_volume_is_written_without_parentheses(value, texts):
    assert texts == Volumes().texts(value)
