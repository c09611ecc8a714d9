"""A title and what is known so far → the first draft of a COE."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from coe.errors import CoeError
from coe.render import render

TEMPLATE = "new/coe.md.j2"
TITLE_LENGTH = (10, 120)
SEVERITIES = ("SEV1", "SEV2", "SEV3", "SEV4", "SEV5")
KINDS = ("incident", "near_miss", "exercise")

_SLUG_LENGTH = 60
_STEM = re.compile(r"(\d{4}-\d\d-\d\d)-[a-z0-9]+(-[a-z0-9]+)*")
_PLAIN = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z][a-z0-9-]*")
# Latin letters that no decomposition takes apart.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "\u0131": "i", "ŋ": "n"}
)
# Control, private and unassigned characters, line and paragraph separators, and what turns the direction of text.
_UNWRITABLE = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of an event on the day on which writing begins."""

    id: str
    title: str
    date: dt.date
    created: dt.date
    severity: str
    kind: str
    owner_team: str
    services: tuple[str, ...] = ()
    timezone: str = "UTC"

    @property
    def start(self) -> dt.datetime:
        """Return midnight of the day of the event, with its offset: a valid time that is plainly to be mended."""
        return dt.datetime.combine(self.date, dt.time(), ZoneInfo(self.timezone))


def clean_title(title: str) -> str:
    """Return a title as it can be written.

    Errors: `CoeError` for one that is too short, too long, or has characters that cannot be shown.
    """
    title = title.strip()
    bad = next((char for char in title if unicodedata.category(char) in _UNWRITABLE or char in _TURNING), None)
    if bad is not None:
        raise CoeError(f"the title holds the character U+{ord(bad):04X}, which cannot be shown", "Leave it out.")
    least, most = TITLE_LENGTH
    if not least <= len(title) <= most:
        size = f"the title has {len(title)} characters; {least} to {most} are allowed"
        raise CoeError(size, 'Say effect and place: "Checkout errors in Europe: connection pool exhausted".')
    return title


def slug_of(title: str, fallback: str) -> str:
    """Return the words of a title for a file name; the fallback when it has none in Latin letters."""
    plain = unicodedata.normalize("NFKD", title.lower().translate(_LETTERS))
    words = re.findall(r"[a-z0-9]+", re.sub(r"['\u2019\u0300-\u036f]", "", plain))
    slug = "-".join(words)
    if len(slug) > _SLUG_LENGTH:
        slug = slug[: _SLUG_LENGTH + 1].rpartition("-")[0] or slug[:_SLUG_LENGTH]
    return slug if re.search("[a-z]", slug) else fallback


def id_of(date: dt.date, title: str, kind: str) -> str:
    """Return the id, which is also the file's stem."""
    return f"{date.isoformat()}-{slug_of(title, kind.replace('_', '-'))}"


def date_of(stem: str) -> dt.date | None:
    """Return the date in a file's stem; absent when the stem cannot be an id."""
    match = _STEM.fullmatch(stem)
    try:
        return dt.date.fromisoformat(match[1]) if match and len(stem) <= TITLE_LENGTH[1] else None
    except ValueError:
        return None


def write_draft(draft: Draft, *, shadow: Path | None = None) -> str:
    """Return the text of a draft; `shadow` is the user's folder of templates."""
    values = {
        "id": draft.id,
        "title": quoted(draft.title),
        "severity": draft.severity,
        "kind": draft.kind,
        "owner_team": plain(draft.owner_team),
        "services": [plain(service) for service in draft.services],
        "date": draft.date.isoformat(),
        "created": draft.created.isoformat(),
        "start": draft.start.isoformat().replace("+00:00", "Z"),
    }
    return render(TEMPLATE, values, shadow=shadow)


def quoted(text: str) -> str:
    """Return a text as a double-quoted YAML scalar, which is a TOML and a JSON string as well."""
    return json.dumps(text, ensure_ascii=False)


def plain(word: str) -> str:
    """Return a word as YAML, quoted where a reader of YAML would take it for something else than a text."""
    return word if _PLAIN.fullmatch(word) else quoted(word)
