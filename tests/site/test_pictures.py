"""A picture for the public is the picture alone."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coe.site.pictures import CLEANED, clean
from tests.site.canary import png

NOTE = b"Zebra at 52.5 N 13.4 E"


def segment(code: int, data: bytes) -> bytes:
    return bytes([0xFF, code]) + struct.pack(">H", len(data) + 2) + data


JPEG = (
    b"\xff\xd8" + segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\x02\x01" + NOTE) + segment(0xE1, b"Exif\0\0" + NOTE)
    + segment(0xFE, NOTE) + segment(0xED, NOTE) + segment(0xDB, b"\0" * 65) + segment(0xDA, b"\x01\x01\0\0\x3f\0")
    + b"lines\xff\x00\xff\xd0more\xff\xd9" + NOTE
)  # fmt: skip
GIF = (
    b"GIF89a\x01\0\x01\0\x80\0\0" + b"\0" * 6 + b"\x21\xfe" + bytes([len(NOTE)]) + NOTE + b"\0"
    + b"\x21\xff\x0bXMP DataXMP" + bytes([len(NOTE)]) + NOTE + b"\0" + b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
    + b"\x21\xf9\x04\0\0\0\0\0" + b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0" + b"\x3b" + NOTE
)  # fmt: skip


def chunk(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


_BODY = b"WEBP" + chunk(b"VP8X", b"\x0c" + b"\0" * 9) + chunk(b"VP8 ", b"lines") + chunk(b"EXIF", NOTE) + chunk(b"XMP ", NOTE)
WEBP = b"RIFF" + struct.pack("<I", len(_BODY)) + _BODY + NOTE
SAMPLES = {".png": png(NOTE.decode()), ".jpg": JPEG, ".gif": GIF, ".webp": WEBP}
KEPT = {
    ".png": (b"IDAT", b"IEND"), ".jpg": (b"JFIF", b"lines\xff\0\xff\xd0more\xff\xd9"), ".gif": (b"NETSCAPE", b"\x3b"),
    ".webp": (b"VP8 ", b"lines"),
}  # fmt: skip


@pytest.mark.parametrize("suffix", SAMPLES)
def test_notes_go_and_the_picture_stays(suffix: str) -> None:
    made = clean(SAMPLES[suffix], suffix)
    assert made is not None
    assert b"Zebra" not in made
    for kept in KEPT[suffix]:
        assert kept in made
    assert clean(made, suffix) == made


@pytest.mark.parametrize("suffix", SAMPLES)
@given(cut=st.integers(min_value=0, max_value=200), noise=st.binary(max_size=30))
def test_a_broken_picture_has_no_clean_form_and_does_no_harm(suffix: str, cut: int, noise: bytes) -> None:
    made = clean(SAMPLES[suffix][:cut] + noise, suffix)
    assert made is None or b"Zebra" not in made or b"Zebra" in noise


def test_a_file_that_says_it_is_another_kind_has_no_clean_form() -> None:
    assert clean(JPEG, ".png") is None
    assert clean(b"<svg/>", ".svg") is None
    assert ".svg" not in CLEANED
