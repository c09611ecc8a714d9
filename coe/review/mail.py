"""Digest → a mail (RFC 5322) as a file: text and HTML, no picture, nothing fetched, below what a mail program cuts off."""

from __future__ import annotations

import datetime as dt
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path

from coe.errors import CoeError
from coe.render import render as render_template
from coe.review import markdown, words
from coe.review.digest import Digest
from coe.review.markdown import Link, LinkKind

MOST_BYTES = 100_000
"""Mail programs cut a message off at about this size."""

_LIMITS = (40, 20, 10, 5, 3, 1)
"""How many rows a list of the mail has at most: the first of these that makes it small enough."""

_LONGEST = 700
"""Characters of one author's text in the HTML part: a summary is shorter, a statement may be as long as its author likes."""

FALLBACK_SENDER = "Weekly review <noreply@review.invalid>"


def render(
    digest: Digest, *, link: Link | None = None, sender: str = "", to: tuple[str, ...] = (), shadow: Path | None = None
) -> bytes:
    """Return the mail as bytes with CRLF; the same digest gives the same bytes.

    Mail programs open it as a draft, as nobody has sent it yet. Lists that are too long end with how many more there are.

    Errors: `CoeError` when an address is none, or a shadowing template cannot be rendered.
    """
    for limit in _LIMITS:
        data = _message(digest, link, sender, to, shadow, limit).as_bytes()
        if len(data) < MOST_BYTES:
            return data
    raise CoeError(f"the mail of {digest.week.name} is larger than {MOST_BYTES} bytes", "Send a link to the site instead.")


def _message(
    digest: Digest, link: Link | None, sender: str, to: tuple[str, ...], shadow: Path | None, limit: int
) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = f"Weekly review {digest.week.name}: {words.headline(digest)[0]}, {digest.counts.overdue} overdue"
    message["From"] = _address(sender or FALLBACK_SENDER)
    if to:
        message["To"] = tuple(_address(one) for one in to)
    message["Date"] = format_datetime(_moment(digest))
    message["Message-ID"] = f"<digest.{digest.week.name}.{digest.as_of}@coekit.invalid>"
    message["X-Unsent"] = "1"
    message["Auto-Submitted"] = "auto-generated"
    text, page = _cut(markdown.render(digest, link=link, shadow=shadow)), html(digest, link=link, shadow=shadow, limit=limit)
    message.set_content(text, cte=_encoding(text))
    message.add_alternative(page, subtype="html", cte=_encoding(page))
    message.set_boundary(f"=_coekit_{digest.week.name}")
    return message


def html(digest: Digest, *, link: Link | None = None, shadow: Path | None = None, limit: int = _LIMITS[0]) -> str:
    """Return the HTML part: each element carries its style, as mail programs drop style sheets; `limit` rows a list."""
    values = {"digest": digest, "words": words, "text": _short, "href": link or _nowhere, "limit": limit}
    made = render_template("digest/mail.html", values, shadow=shadow)
    return "\n".join(line.strip() for line in made.split("\n") if line.strip()) + "\n"


def _short(text: str) -> str:
    """Return an author's text, cut where one alone would make the mail too large."""
    whole = words.plain(text)
    return whole if len(whole) <= _LONGEST else f"{whole[: _LONGEST - 1].rstrip()}…"


def _encoding(text: str) -> str:
    """Return the shorter way to write a text in a mail: quoted-printable takes three bytes for each one outside ASCII."""
    data = text.encode("utf-8")
    wide = sum(byte > 127 for byte in data)
    return "base64" if len(data) + 2 * wide > 1.37 * len(data) else "quoted-printable"


def _nowhere(kind: LinkKind, name: str) -> str | None:  # noqa: ARG001 (a mail without an address of the site links to nothing)
    return None


def _address(text: str) -> Address:
    name, address = parseaddr(text)
    user, at, host = address.rpartition("@")
    if not (user and at and host) or address not in text or any(char in text for char in "\r\n"):
        raise CoeError(f"`{text}` is not a mail address", "Write it as: Weekly review <review@example.com>")
    try:
        return Address(name, user, host)
    except ValueError as error:
        raise CoeError(f"`{text}` is not a mail address: {error}", "Write it as: Weekly review <review@example.com>") from None


def _moment(digest: Digest) -> dt.datetime:
    """Return when the mail says it was written: noon of the day of the digest, as the clock would make each run another."""
    return dt.datetime.combine(digest.as_of, dt.time(12), dt.UTC)


def _cut(text: str) -> str:
    """Return the text part, at most a third of the mail."""
    most = MOST_BYTES // 4
    if len(text.encode("utf-8")) <= most:
        return text
    kept: list[str] = []
    size = 0
    for line in text.splitlines(keepends=True):
        size += len(line.encode("utf-8"))
        if size > most:
            break
        kept.append(line)
    return "".join(kept).rstrip() + "\n\n(There is more: the HTML part of this mail and the site have it.)\n"
