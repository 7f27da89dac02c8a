"""Subcommands that set a multi-byte representation: SJISKANJI, EUCKANJI, HANGEUL, BIG5 and their kin.

Source: [UG] "TYpe subcommand" and the page of each; zos-ftp-server.md 1.6 for the numbers.
Rules: IBMKANJI is TYPE F 1, which sends Kanji in EBCDIC; BIG5 and TCHINESE are both traditional Chinese, by one page here.
"""

from __future__ import annotations

from zftpd.client.subcommands.remote import representation
from zftpd.client.subcommands.row import Subcommand

SUBCOMMANDS = (
    Subcommand("sjiskanji", 2, representation("B", "1"), "sjiskanji", "Transfer text in Shift JIS Kanji (TYPE B 1)."),
    Subcommand("euckanji", 2, representation("B", "2"), "euckanji", "Transfer text in EUC Kanji (TYPE B 2)."),
    Subcommand("jis83kj", 5, representation("B", "3"), "jis83kj", "Transfer text in JIS 1983 Kanji (TYPE B 3)."),
    Subcommand("jis78kj", 5, representation("B", "4"), "jis78kj", "Transfer text in JIS 1978 Kanji (TYPE B 4)."),
    Subcommand("hangeul", 2, representation("B", "5"), "hangeul", "Transfer text in Hangeul (TYPE B 5)."),
    Subcommand("ksc5601", 1, representation("B", "6"), "ksc5601", "Transfer text in KSC-5601 (TYPE B 6)."),
    Subcommand("tchinese", 2, representation("B", "7"), "tchinese", "Transfer text in Traditional Chinese (TYPE B 7)."),
    Subcommand("big5", 3, representation("B", "7"), "big5", "Transfer text in BIG5 (TYPE B 7)."),
    Subcommand("schinese", 2, representation("B", "8"), "schinese", "Transfer text in Simplified Chinese (TYPE B 8)."),
    Subcommand("ibmkanji", 2, representation("F", "1"), "ibmkanji", "Transfer Kanji in EBCDIC (TYPE F 1)."),
    Subcommand("ucs2", 2, representation("U", "2"), "ucs2", "Transfer text in Unicode (TYPE U 2)."),
)
