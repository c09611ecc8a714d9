"""HTML of a page → what the site engine is given of it: a frame, in which it finds nothing to interpret.

The engine's own Markdown parser must not see what authors wrote: its extensions, and the plugins and macros that a
repository may add, would act on it. So a frame is our headings as Markdown, which the table of contents is made of, and
between them places that stay empty. What belongs there is put in when the engine is done (`Frame.filled`): it need not be
parsed as Markdown, and a change of it alone needs no engine. Where the engine makes an index of all words itself, a page
goes to it whole (`Page.text`): blocks of one line each, in which all but letters, digits and plain punctuation is an entity.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coe.site.questions import Questions

from coe.site.redaction import BARS

_HEADING = re.compile(r'<h([2-6]) id="([^"]*)" data-toc(?:="")?>(.*?)</h\1>', re.DOTALL)
_PIECE = re.compile(r"(<pre\b.*?</pre>)|(<[^>]*>)|([^<]+)", re.DOTALL)
_BARRED = re.compile(
    r"<(?P<kept>svg|script|style|option|title|textarea)\b.*?</(?P=kept)>|<h[2-6] [^>]*data-toc.*?</h[2-6]>|<[^>]*>"
    rf"|(?P<bar>{BARS.pattern})",
    re.DOTALL,
)
_SPACES = re.compile(r"\s+")
_INDENT = re.compile(r"\n\s+")
_EXACT = re.compile("<(?:pre|textarea|script|template)")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
_IN_TEXT = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);|[!\"#$%&'*+:<=>?@\[\\\]^_`{|}~]")
_IN_TAG = re.compile(r"[`{}$\[\]!*|\\~^@]")
_ENDS = frozenset({"</dt>", "</dd>", "</td>", "</th>", "</li>", "</p>", "</div>"})
_TAGS = re.compile(r"<[^>]*>")
_UNKNOWN = "\ufffd"
_PLACE = '<div class="coe" data-coe="{}">{}</div>'
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff"
_CONTROL = re.compile(f"[{_CONTROLS}]")
_NO_CONTROL = re.compile(f"[^{_CONTROLS}]*")
_NOT_PLAIN = re.compile("[^A-Za-z0-9 ]")
_NOT_IN_ID = re.compile("[^A-Za-z0-9_-]")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its path below their folder, its metadata for the theme, and its parts: HTML, heading, HTML, heading, …"""

    path: str
    head: str
    parts: tuple[str, ...]

    @property
    def frame(self) -> str:
        """Return the Markdown file of the page with an empty place for each of its blocks."""
        pieces = (part if at % 2 else _place(at, part) for at, part in enumerate(self.parts) if part)
        return f"---\n{self.head}---\n\n" + "\n\n".join(pieces) + "\n"

    @property
    def blocks(self) -> dict[int, str]:
        """Return what belongs into the places of the frame, by their numbers."""
        return {at: f'<div class="coe">{part}</div>' for at, part in enumerate(self.parts) if part and not at % 2}

    @property
    def text(self) -> str:
        """Return the Markdown file of the page with everything in it."""
        pieces = (part if at % 2 else _block(part) for at, part in enumerate(self.parts) if part)
        return f"---\n{self.head}---\n\n" + "\n\n".join(pieces) + "\n"


@dataclass(frozen=True, slots=True)
class Due:
    """A page that is made only when it must be: while its inputs and what it asked stay the same, the last one is taken.

    `inputs` names what the page tells of, and is empty where nobody can say. All else it may only learn from the questions.
    """

    path: str
    inputs: str
    make: Callable[[Questions], Page]


@dataclass(frozen=True, slots=True)
class DueFile:
    """One file that is made only when it must be, as a page that is due; the rest is that of `File`."""

    path: str
    inputs: str
    make: Callable[[Questions], bytes]


@dataclass(frozen=True, slots=True)
class File:
    """One file that the site holds as it is: its path below the root of the site, and its bytes."""

    path: str
    data: bytes


def page(path: str, body: str, *, title: str, description: str = "", **meta: Any) -> Page:
    """Return a page whose body is HTML; headings with `data-toc` stand in the table of contents.

    The theme prints title and description as they are: they are escaped here, once.
    """
    values: Mapping[str, Any] = {"title": _meta(title), **({"description": _meta(description)} if description else {}), **meta}
    head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
    return Page(path, head, tuple(_parts(_printable(_barred(body)))))


def _printable(text: str) -> str:
    """Return a text in which a character that no page may hold is the sign for an unknown one."""
    # To see that there is none takes half the time of looking for one.
    return text if _NO_CONTROL.fullmatch(text) else _CONTROL.sub(_UNKNOWN, text)


def _barred(body: str) -> str:
    """Return HTML in which what was taken out of a text is a bar; headings, drawings and attributes keep the words for it."""
    return _BARRED.sub(lambda match: _bar(match) if match["bar"] else match.group(), body) if "█" in body else body


def _bar(match: re.Match[str]) -> str:
    words = f"redacted: {match['label']}" if match["label"] else "redacted"
    return f'<span class="coe-redacted">{words}</span>'


def _meta(text: str) -> str:
    """Return a text as the theme may print it: one line, escaped, and without a character that a macro looks for."""
    return _IN_TAG.sub(_entity, html.escape(_printable(" ".join(text.split()))))


def _parts(body: str) -> Iterator[str]:
    at = 0
    for match in _HEADING.finditer(body):
        yield _trimmed(body[at : match.start()])
        yield _heading(match)
        at = match.end()
    yield _trimmed(body[at:])


def _trimmed(part: str) -> str:
    """Return a block without the indentation that its template has; code keeps every space."""
    part = part.strip()
    return part if _EXACT.search(part) else _INDENT.sub("\n", part)


def _place(number: int, part: str) -> str:
    # A theme puts a first heading of its own above a page that has none.
    return _PLACE.format(number, "<h1></h1>" if "<h1" in part else "")


def _block(part: str) -> str:
    return f'<div class="coe">{_PIECE.sub(_piece, part).strip()}</div>'


def _piece(match: re.Match[str]) -> str:
    code, tag, text = match.groups()
    if code:
        inner = re.sub(r"(<[^>]*>)|([^<]+)", _kept, code)
        return inner.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "&#10;")
    if tag:
        # The search index takes words as they stand side by side: a space keeps those of two cells apart.
        return _IN_TAG.sub(_entity, _SPACES.sub(" ", tag)) + (" " if tag in _ENDS else "")
    return _IN_TEXT.sub(_entity, _SPACES.sub(" ", text))


def _kept(match: re.Match[str]) -> str:
    tag, text = match.groups()
    return tag or "\n".join(_IN_TEXT.sub(_entity, line) for line in text.split("\n"))


def _heading(match: re.Match[str]) -> str:
    """Return a heading as Markdown of letters, digits and entities; its markup is dropped, its words stay."""
    level, name, inner = match.groups()
    words = " ".join(html.unescape(_TAGS.sub("", inner)).split())
    return f"{'#' * int(level)} {_NOT_PLAIN.sub(_entity, words) or '&#8203;'} {{#{_NOT_IN_ID.sub('', name)}}}"


def _entity(match: re.Match[str]) -> str:
    found = match.group()
    return found if len(found) > 1 and _ENTITY.fullmatch(found) else f"&#{ord(found)};"
