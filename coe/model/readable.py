"""Whether a value that stands unquoted says to other readers of YAML what its field takes it for."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Any, Literal, TypeAlias, get_args, get_origin

from coe.diagnostic import Path
from coe.model.validate import NOUNS, Kind, field_at
from coe.parse.readings import earlier_reading, is_special_later, named
from coe.parse.tree import Scalar

Wanted: TypeAlias = Literal["text", "number", "other", "unknown"]
_PLAIN = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
"""Numbers as all readers have them."""
_ID = re.compile(r"\d{4}-\d\d-\d\d-")
"""With what the id of a COE begins, which is a text for all readers."""


@lru_cache(maxsize=4096)
def wants(kind: Kind, path: Path) -> Wanted:
    """Return what the field at a path holds: `other` for what all readers leave alone, such as times and flags."""
    names = tuple(part for part in path if isinstance(part, str))
    info = field_at(NOUNS[kind], names)[1] if kind in NOUNS else None
    if info is None or any(name.startswith("x-") for name in names):
        return "unknown"
    types = _leaves(info.annotation)
    if types & {int, float}:
        return "number"
    return "other" if types & {bool, dt.date, dt.datetime, dt.timedelta} else "text" if str in types else "unknown"


def _leaves(annotation: Any) -> set[object]:
    if get_origin(annotation) is Literal:
        return {type(choice) for choice in get_args(annotation)}
    inner = get_args(annotation)
    return set().union(*(_leaves(part) for part in inner)) if inner else {annotation}


def looks_otherwise(kind: Kind, path: Path, value: Scalar) -> str | None:
    """Return in words what another reader takes a value for; absent when it is what the field takes it for."""
    wanted, text = wants(kind, path), value.value
    if wanted == "other" or (wanted == "number" and _PLAIN.fullmatch(text)) or _ID.match(text):
        return None
    if value.style or value.is_null:
        return None
    earlier = earlier_reading(text)
    is_text, later = earlier == text, is_special_later(text)
    if wanted == "text":
        return None if is_text and not later else _words(earlier, text)
    if wanted == "number":
        plain = text.replace(".", "", 1)
        if not (plain.isascii() and plain.isdigit()):
            return None
        return None if not is_text and earlier == (float(text) if "." in text else int(text)) else _words(earlier, text)
    agree = is_text != later and not (later and isinstance(earlier, int) and not isinstance(earlier, bool) and _differs(text))
    return None if agree or isinstance(earlier, dt.date) else _words(earlier, text)


def _differs(text: str) -> bool:
    """Say whether a number has a leading zero, which makes it octal for one reader and decimal for the other."""
    digits = text.lstrip("+-")
    return len(digits) > 1 and digits[0] == "0" and digits[1] not in "xX."


def _words(earlier: object, text: str) -> str:
    return named(earlier) if earlier != text else "a number" if text[-1:].isdigit() else "another value"
