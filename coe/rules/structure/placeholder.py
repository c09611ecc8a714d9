"""The rule `placeholder`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.validate import Analysis
from coe.parse.document import Document
from coe.rule import Bad, Finding, Good, rule
from coe.rules.structure.stage import is_draft
from coe.text import Span

_WORD = re.compile(r"\b(?:TODO|TBD|TBC|FIXME|XXX)\b|\b[Ll]orem [Ii]psum\b")
# A comment that is not closed takes the rest: looking for its end again and again would be quadratic.
_ANGLE = re.compile(r"<!--(?:.*?-->|.*)|(?<![\w/.:=-])<(?P<name>[A-Za-z][\w-]*)(?P<rest>[^<>]{0,160})>(?![\w/])", re.DOTALL)
_NOTHING = frozenset({"…", "...", "…."})
_WHOLE = re.compile(r"(?:TODO|TBD|TBC|FIXME|XXX)\b.*|…|\.{3}|\?{2,}|<[A-Za-z][^<>:@/]*>", re.DOTALL)
_PERHAPS = (
    ("<", "<"), ("…", "…"), (".", "..."), ("?", "??"), ("D", "TODO"), ("B", "TB"), ("X", "FIXME"), ("X", "XXX"), ("m", "orem"),
)  # fmt: skip
"""What a text has that has a placeholder, each behind its rarest sign: for a single one, a text is gone through at once."""
_HTML_NAMES = """
a abbr address article aside audio b base bdi bdo blockquote body br button canvas caption center cite code col colgroup data
datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header
hgroup hr html i iframe img input ins kbd label legend li link main map mark menu meta meter nav noscript object ol optgroup
option output p param picture pre progress q redact rp rt ruby s samp script search section select slot small source span strike
strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video
wbr
"""
_HTML = frozenset(_HTML_NAMES.split())
_ATTRIBUTES = re.compile(
    r"(?:\s*/|[^=]*=.*|\s+(?:open|hidden|disabled|checked|controls|reversed|async|defer)\s*)?\s*", re.DOTALL
)
_HELP = "Write what is known, or delete it: unknown means absent. Words that are quoted from elsewhere stand in `code`."


@rule(
    "STR104",
    Severity.ERROR,
    Bad("summary: «TODO»\n"),
    Bad("summary: For 31 minutes checkouts failed in «<region>» after a release.\n"),
    Bad("summary: For 31 minutes checkouts failed; the share is «TBD».\n"),
    Bad("---\nstatus: in_review\n---\n\n## What happened\n\n«<what happened, in three sentences>»\n"),
    Bad("---\nstatus: in_review\n---\n\n## What happened\n\n«…»\n\n- «FIXME» the times\n"),
    Good("---\nstatus: draft\n---\n\n## What happened\n\nTODO\n"),
    Good(
        "---\nstatus: in_review\n---\n\nThe log said `TODO: retry` and “TBD”, see <https://example.com/logs>. It<br>went on …\n"
    ),
)
def placeholder(analysis: Analysis) -> Iterator[Finding]:
    """What a template asked for is answered before the review: `TODO`, `TBD`, `FIXME`, `<what happened>` or `…` are no answers.

    A draft may hold them, and a proposed tenet or program. Code, quotations and HTML are left alone.
    """
    document = analysis.document
    if analysis.kind == "page" or is_draft(document) or not _may_hold_one(document.text):
        return
    typed_wrong = {flaw.path for flaw in analysis.flaws}
    in_prose = {passage.field for passage in document.passages}
    for path, _, value in document.leaves:
        if path not in typed_wrong | in_prose and _WHOLE.fullmatch(value.value.strip()):
            yield Finding(path, f"the placeholder `{_short(value.value)}` stands in place of a value", _HELP)
    for span in sorted({*_words(document), *_angles(document), *_dots(document), *_lone_angles(document)}):
        found = document.text[span.start : span.end]
        yield Finding(span, f"the placeholder `{_short(found)}` is left over", _HELP)


def _may_hold_one(text: str) -> bool:
    return any(sign in text and what in text for sign, what in _PERHAPS)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:39]}…"


def _words(document: Document) -> Iterator[Span]:
    """Yield the words that stand for something to come, outside code and quotations."""
    return (Span(*match.span()) for match in _WORD.finditer(document.mask))


def _angles(document: Document) -> Iterator[Span]:
    """Yield what stands between angle brackets inside a text and is no HTML."""
    for passage in document.passages:
        start = passage.span.start
        for match in _ANGLE.finditer(document.text[start : passage.span.end]):
            # The mask blanks what looks like a tag; where it holds a sign, the brackets are code or quoted.
            if match["name"] and not _is_html(match) and document.mask[start + match.start()] == " ":
                yield Span(*match.span()).shifted(start)


def _lone_angles(document: Document) -> Iterator[Span]:
    """Yield blocks that Markdown takes for HTML though they are an answer that was not given: `<what happened>`."""
    for block in document.body.blocks:
        if block.kind != "html_block":
            continue
        whole = document.text[block.span.start : block.span.end]
        match = _ANGLE.fullmatch(whole.strip())
        if match and match["name"] and not _is_html(match):
            start = block.span.start + len(whole) - len(whole.lstrip())
            yield Span(start, start + len(match.group()))


def _is_html(match: re.Match[str]) -> bool:
    known = match["name"].lower() in _HTML
    return bool(_ATTRIBUTES.fullmatch(match["rest"])) if known else "=" in match["rest"] or match["rest"].endswith("/")


def _dots(document: Document) -> Iterator[Span]:
    """Yield paragraphs and items of the body that hold three dots and nothing else."""
    return (
        passage.span
        for passage in document.passages
        if passage.kind in ("paragraph", "item")
        and passage.span.end - passage.span.start < 5
        and document.text[passage.span.start : passage.span.end].strip() in _NOTHING
    )
