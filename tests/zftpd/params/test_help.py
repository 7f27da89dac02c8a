from __future__ import annotations

from dataclasses import replace

from zftpd.params.help import features, help_site
from zftpd.params.settings import Settings
from zftpd.params.table import SITE_WORDS


def test_help_names_every_word_of_site():
    text = "\n".join(help_site())

    assert [row.spelling for row in SITE_WORDS if row.spelling not in text] == []
    assert "LISTLEVel={0|1|2}" in text


def test_help_lines_fit_a_terminal_with_their_code():
    assert max(map(len, help_site())) <= 75


def test_help_lines_never_look_like_the_end_of_the_reply():
    assert not [line for line in help_site() if line[:3].isdigit()]


def test_features_follow_extensions():
    assert features(Settings()) == []
    assert features(replace(Settings(), extensions=("AUTH_TLS",))) == ["AUTH TLS", "PBSZ", "PROT"]
    assert features(replace(Settings(), extensions=("SIZE", "MDTM", "REST_STREAM", "UTF8"))) == [
        "UTF8",
        "LANG en*",
        "SIZE",
        "MDTM",
        "REST STREAM",
    ]
