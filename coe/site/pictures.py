"""A picture → the same picture without what else its file says: where it was taken, by whom, with what, and any comment.

Only what is needed to show it is kept, block by block; a file that is not built as its kind is has no clean form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

PNG, GIF = b"\x89PNG\r\n\x1a\n", (b"GIF87a", b"GIF89a")
_PNG_KEPT = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"bKGD", b"acTL", b"fcTL",
    b"fdAT",
})  # fmt: skip
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
_WEBP_NOTES = 0b00101100
"""The bits of the head that promise a color profile, EXIF and XMP."""


class _BrokenError(Exception):
    """The file is not built as its kind is."""


def clean(data: bytes, suffix: str) -> bytes | None:
    """Return the bytes of a picture without its notes; absent when they cannot be told from the picture."""
    make = CLEANED.get(suffix.lower())
    try:
        return b"".join(make(data)) if make else None
    except (_BrokenError, IndexError):
        return None


def _taken(data: bytes, start: int, length: int) -> bytes:
    if length < 0 or start + length > len(data):
        raise _BrokenError
    return data[start : start + length]


def _png(data: bytes) -> Iterator[bytes]:
    if not data.startswith(PNG):
        raise _BrokenError
    yield PNG
    at, kind = len(PNG), b""
    while kind != b"IEND":
        head = _taken(data, at, 8)
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        if kind in _PNG_KEPT:
            yield _taken(data, at, length + 12)
        at += length + 12


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Yield the parts of a JPEG; what an application noted is left out, but for the color transform of Adobe's."""
    if data[:2] != b"\xff\xd8":
        raise _BrokenError
    yield data[:2]
    at = 2
    while True:
        if data[at] != 0xFF:
            raise _BrokenError
        code = data[at + 1]
        if code == 0xFF:  # padding
            at += 1
        elif code == 0xD9:
            yield data[at : at + 2]
            return
        elif code in _JPEG_BARE:
            yield data[at : at + 2]
            at += 2
        else:
            length = int.from_bytes(_taken(data, at + 2, 2), "big") + 2
            if not (0xE1 <= code <= 0xEF or code == 0xFE) or (code == 0xEE and data[at + 4 : at + 9] == b"Adobe"):
                # The head of JFIF may hold a small picture of the whole: fourteen bytes of it say all that is needed.
                yield _jfif(data[at : at + 18]) if code == 0xE0 else _taken(data, at, length)
            at += length
            if code == 0xDA:
                end = _scan_end(data, at)
                yield data[at:end]
                at = end


def _jfif(head: bytes) -> bytes:
    if head[4:9] != b"JFIF\0" or len(head) < 18:
        return b""
    return b"\xff\xe0\x00\x10" + head[4:16] + b"\0\0"


def _scan_end(data: bytes, at: int) -> int:
    """Return where the compressed lines end: at a mark that is neither a stuffed byte nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise _BrokenError
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _gif(data: bytes) -> Iterator[bytes]:
    if data[:6] not in GIF:
        raise _BrokenError
    at = 13 + _colors(_taken(data, 10, 1)[0])
    yield _taken(data, 0, at)
    while data[at] != 0x3B:
        start = at
        if data[at] == 0x2C:
            at += 10 + _colors(data[at + 9]) + 1
            at = _blocks_end(data, at)
            yield data[start:at]
        elif data[at] == 0x21:
            label, is_loop = data[at + 1], data[at + 3 : at + 14] == b"NETSCAPE2.0"
            at = _blocks_end(data, at + 2)
            if label == 0xF9 or (label == 0xFF and is_loop):
                yield data[start:at]
        else:
            raise _BrokenError
    yield b"\x3b"


def _colors(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1


def _webp(data: bytes) -> Iterator[bytes]:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise _BrokenError
    end = min(len(data), int.from_bytes(data[4:8], "little") + 8)
    kept, at = [b"WEBP"], 12
    while at + 8 <= end:
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        part = _taken(data, at, 8 + length)
        if kind == b"VP8X":
            part = part[:8] + bytes([part[8] & ~_WEBP_NOTES]) + part[9:]
        if kind in _WEBP_KEPT:
            kept.append(part + b"\0" * (length % 2))
        at += 8 + length + length % 2
    body = b"".join(kept)
    yield b"RIFF" + len(body).to_bytes(4, "little") + body


CLEANED: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    ".png": _png, ".jpg": _jpeg, ".jpeg": _jpeg, ".gif": _gif, ".webp": _webp,
}  # fmt: skip
"""The kinds of pictures that have a clean form."""
