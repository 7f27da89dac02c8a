"""Page 30: what the hardware does for cryptography."""

from __future__ import annotations

from zftpd.attls.crypto import assist_lines, features


def test_the_lines_are_those_of_page_30_and_say_what_the_processor_says():
    assert assist_lines({"aes", "sha_ni"}) == [
        "System SSL: SHA-1 crypto assist is available",
        "System SSL: SHA-224 crypto assist is available",
        "System SSL: SHA-256 crypto assist is available",
        "System SSL: SHA-384 crypto assist is not available",
        "System SSL: SHA-512 crypto assist is not available",
        "System SSL: DES crypto assist is not available",
        "System SSL: DES3 crypto assist is not available",
        "System SSL: AES 128-bit crypto assist is available",
        "System SSL: AES 256-bit crypto assist is available",
        "System SSL: ICSF services are not available",
    ]


def test_features_are_read_from_either_kind_of_processor(tmp_path):
    file = tmp_path / "cpuinfo"
    file.write_text("processor : 0\nflags\t\t: fpu aes sha_ni\n")
    assert features(file) == {"fpu", "aes", "sha_ni"}
    file.write_text("processor : 0\nFeatures : fp sha1 sha2 sha512\n")
    assert "sha512" in features(file)
    assert features(tmp_path / "missing") == frozenset()
