"""Arbitrary bytes, and good ones that were damaged, raise only our errors in every decoder (the long run: fuzz.py)."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.decoders import DECODERS, OURS


@cache
def samples(number: int) -> list[bytes]:
    return list(DECODERS[number].samples())


@st.composite
def damaged(draw, number):
    """Noise, or a sample with some bytes replaced."""
    good = samples(number)
    if not good or draw(st.booleans()):
        return draw(st.binary(max_size=600))
    data = bytearray(draw(st.sampled_from(good)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 8))] = draw(st.binary(max_size=8))
    return bytes(data)


@pytest.mark.parametrize("number", range(len(DECODERS)), ids=[decoder.name for decoder in DECODERS])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example])
@given(st.data(), st.integers(0, 2**32))
def test_any_bytes_are_read_or_refused_in_our_words(number, data, choice):
    try:
        DECODERS[number].decode(data.draw(damaged(number)), random.Random(choice))
    except OURS:
        pass


@pytest.mark.parametrize("number", range(len(DECODERS)), ids=[decoder.name for decoder in DECODERS])
def test_good_samples_are_read_by_some_decoder(number):
    for sample in samples(number):
        assert any(_reads(decoder, sample) for decoder in DECODERS)


def _reads(decoder, sample) -> bool:
    try:
        decoder.decode(sample, random.Random(1))
    except OURS:
        return False
    return True
