"""Digest → blocks of a Slack message, within the limits of the platform; what does not fit is cut with a link."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from coe.insight.actions import ActionRow
from coe.review import words
from coe.review.digest import Digest
from coe.review.markdown import Link, LinkKind
from coe.review.words import plain

MOST_BLOCKS, MOST_SECTION, MOST_HEADER = 50, 3000, 150
"""Limits of the platform: blocks of a message, characters of a section's text and of a header's."""

MOST_MESSAGE = 12_000
"""Characters of a whole message. Source: the platform cuts messages off a little above this."""

_ROWS = 5
"""Rows of a list before it says how many more there are."""

Block: TypeAlias = dict[str, Any]


def render(digest: Digest, *, link: Link | None = None) -> str:
    """Return the message as JSON: `text` for notifications, and `blocks`. It can be sent to an incoming webhook."""
    return json.dumps(message(digest, link=link), indent=2, ensure_ascii=False) + "\n"


def message(digest: Digest, *, link: Link | None = None) -> dict[str, Any]:
    """Return the message as plain values."""
    title = f"Weekly review {digest.week.name}"
    head: list[Block] = [
        {"type": "header", "text": {"type": "plain_text", "text": title[:MOST_HEADER], "emoji": False}},
        _context(f"{words.span(digest.week)}, as of {digest.as_of}"),
    ]
    said = words.quiet(digest) or ", ".join(words.headline(digest))
    page = link("minutes", digest.week.name) if link else None
    rest = f"The rest is on <{_url(page)}|the page of the week>." if page else "The rest is in the digest."
    blocks, size, cut = [*head, _section(_escaped(said))], 0, False
    for heading, rows in _parts(digest, _Linked(link)):
        text = _text(heading, rows, words.remarks(digest, _BLOCKS[heading]))
        if len(blocks) >= MOST_BLOCKS - 2 or size + len(text) > MOST_MESSAGE - 1500:
            cut = True
            break
        blocks.append(_section(text))
        size += len(text)
    if cut or page:
        blocks.append(_context(rest if cut else f"<{_url(page or '')}|The page of the week>", escape=False))
    return {"text": f"{title}: {_escaped(said)}"[:MOST_SECTION], "blocks": blocks, "unfurl_links": False, "unfurl_media": False}


_BLOCKS = {
    "Wins": "wins", "Decisions of the last review": "decisions", "Left open by earlier reviews": "decisions", "New COEs": "new",
    "Recurring causes": "causes",
    "Spotlight": "spotlight", "Waiting for review": "queue", "Action items": "actions", "Tenet candidates": "tenets",
    "Programs": "programs",
}  # fmt: skip
"""The block of the agenda that a heading belongs to, as remarks name it."""


class _Linked:
    """Writes a name as a link where there is a page."""

    def __init__(self, link: Link | None) -> None:
        self._link = link

    def __call__(self, kind: LinkKind, name: str, text: str) -> str:
        url = self._link(kind, name) if self._link else None
        return f"<{_url(url)}|{_escaped(text)}>" if url else f"*{_escaped(text)}*"


def _parts(digest: Digest, named: _Linked) -> Iterator[tuple[str, list[str]]]:
    """Yield headings with their rows, in the order of the meeting; empty ones are left out."""
    wins = [f"*{_escaped(row.item.title)}* was shown to work" for row in digest.verified]
    wins += [f"{named('coe', one.entry.coe.id, one.entry.coe.title)}: {words.spell(one)}" for one in digest.spells]
    decisions = [
        f"{_escaped(one.text)} _Now: {_escaped(words.became(one))}_"
        for one in (digest.follow_up.decisions if digest.follow_up else ())
    ]
    left = [f"*{_escaped(one.text)}*: {words.left(one)}" for one in digest.left_open]
    new = [f"{named('coe', one.coe.id, one.coe.title)} ({words.facts(one)})" for one in digest.new]
    lit = digest.spotlight
    lines = [named("coe", lit.entry.coe.id, lit.entry.coe.title), _escaped(words.scored(lit))] if lit else []
    queue = [f"{named('coe', one.entry.coe.id, one.entry.coe.title)}: {words.waits(one, digest)}" for one in digest.queue]
    actions = [
        f"*{_escaped(team.name)}*: {words.load(team)}" + "".join(f"\n    {_row(row)}" for row in team.overdue[:3])
        for team in digest.teams
    ]
    causes = [
        f"{named('coe', one.entry.coe.id, one.entry.coe.title)}: {_escaped(one.cause.statement)}\n    "
        f"_Before:_ {named('coe', before.entry.coe.id, before.entry.coe.title)} ({_escaped(words.shared(before))})"
        for one in digest.causes
        for before in one.earlier[:1]
    ]
    tenets = [f"*{_escaped(one.title or one.id)}*: {words.repeats(one, digest)}" for one in digest.candidates]
    programs = [f"{named('program', one.id, one.title)}: {_escaped(words.progress(one))}" for one in digest.programs]
    for heading, rows in (
        ("Wins", wins), ("Decisions of the last review", decisions), ("Left open by earlier reviews", left), ("New COEs", new),
        ("Spotlight", lines), ("Waiting for review", queue), ("Action items", actions),
        ("Recurring causes", causes), ("Tenet candidates", tenets), ("Programs", programs),
    ):  # fmt: skip
        if rows:
            yield heading, rows


def _row(row: ActionRow) -> str:
    return f"{words.due(row)}: {_escaped(row.item.title)}"


def _text(heading: str, rows: Iterable[str], remarks: str) -> str:
    """Return a section's text: the heading, as many rows as fit whole, and where one can remark on them."""
    rows = list(rows)
    last_line = f"<{_url(remarks)}|Remark on this>" if remarks else ""
    lines, size = [f"*{heading}*"], len(heading) + 2 + len(last_line) + 1
    for number, row in enumerate(rows):
        last = f"• and {len(rows) - number} more"
        if number == _ROWS or size + len(row) + len(last) + 4 > MOST_SECTION:
            lines.append(last)
            break
        lines.append(f"• {row}")
        size += len(row) + 3
    return "\n".join([*lines, last_line] if last_line else lines)


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _context(text: str, *, escape: bool = True) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": _escaped(text) if escape else text, "verbatim": True}]}


_LONGEST = 300
"""Characters of one author's text in a message."""

# Asterisk, tilde, backtick and bar become signs that look like them; a joiner after a low line keeps it from opening emphasis.
_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "*": "\u2217", "_": "_\u2060", "~": "\u223c", "`": "\u02bc", "|": "\u2223"}


def _escaped(text: str) -> str:
    """Return an author's text that means itself: no mention, link or emphasis comes out of it.

    The platform escapes three characters only; for its marks of emphasis there is no escape, so look-alikes stand in.
    """
    text = plain(text)
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}\u2026"
    return "".join(_SIGNS.get(char, char) for char in short)


def _url(url: str | None) -> str:
    return (url or "").replace("&", "&amp;").replace("|", "%7C").replace(">", "%3E").replace("<", "%3C")
