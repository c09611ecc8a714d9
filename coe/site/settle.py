"""A full-text bundle → the same in one order: the indexer writes filters in an order that differs from run to run.

The same pages must give the same bytes. What is in the files is CBOR (numbers, texts and lists), compressed; what is not of
that form stays as it was.
"""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import Any

_MARK = b"pagefind_dcd"
_NUMBER, _TEXT, _LIST = 0, 3, 4
_FILTERS = 3
"""Where the list of filters stands in the description of a bundle."""


def settle(bundle: Path) -> None:
    """Put the filters of a bundle, and the values of each, into the order of their names."""
    entry = bundle / "pagefind-entry.json"
    for meta in sorted(bundle.glob("pagefind.*.pf_meta")):
        try:
            _settle(bundle, meta, entry)
        except (ValueError, IndexError, TypeError):
            continue


def _settle(bundle: Path, meta: Path, entry: Path) -> None:
    described = _load(meta)
    settled = []
    for name, digest in sorted(described[_FILTERS]):
        old = bundle / "filter" / f"{digest}.pf_filter"
        filtered = _load(old)
        filtered[1].sort()
        settled.append([name, _dump(filtered, old.with_name, digest, "{}.pf_filter", 7)])
        if old.stem != settled[-1][1]:
            old.unlink()
    described[_FILTERS] = settled
    before = meta.name.split(".")[1]
    after = _dump(described, meta.with_name, before, "pagefind.{}.pf_meta", 10)
    if after != before:
        meta.unlink()
        entry.write_text(entry.read_text("utf-8").replace(f'"{before}"', f'"{after}"'), "utf-8")


def _load(file: Path) -> Any:
    data = gzip.decompress(file.read_bytes())
    if not data.startswith(_MARK):
        raise ValueError("no file of a bundle")
    value, end = _read(data, len(_MARK))
    if end != len(data):
        raise ValueError("more than one value")
    return value


def _dump(value: Any, place: Any, name: str, pattern: str, length: int) -> str:
    """Write a value to a file that is named by what it holds, and return the name."""
    data = _MARK + _written(value)
    found = f"{name.partition('_')[0]}_{hashlib.blake2b(data).hexdigest()[:length]}"
    place(pattern.format(found)).write_bytes(gzip.compress(data, 9, mtime=0))
    return found


def _read(data: bytes, at: int) -> tuple[Any, int]:
    """Return the value that begins at a place, and where it ends."""
    kind, size = divmod(data[at], 32)
    at += 1
    if 24 <= size <= 27:
        width = 1 << (size - 24)
        size, at = int.from_bytes(data[at : at + width], "big"), at + width
    elif size > 27:
        raise ValueError("a length that is not given")
    if kind == _NUMBER:
        return size, at
    if kind == _TEXT:
        return data[at : at + size].decode("utf-8"), at + size
    if kind != _LIST:
        raise ValueError("another kind of value")
    found = []
    for _ in range(size):
        value, at = _read(data, at)
        found.append(value)
    return found, at


def _written(value: Any) -> bytes:
    if isinstance(value, int):
        return _head(_NUMBER, value)
    if isinstance(value, str):
        data = value.encode("utf-8")
        return _head(_TEXT, len(data)) + data
    return _head(_LIST, len(value)) + b"".join(map(_written, value))


def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes([kind * 32 + size])
    width = next(width for width in (1, 2, 4, 8) if size < 256**width)
    return bytes([kind * 32 + 23 + width.bit_length()]) + size.to_bytes(width, "big")
