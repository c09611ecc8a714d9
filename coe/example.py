"""A rule's `Good` and `Bad` texts → documents: what the tests run, the rule's page shows and the editor's hover quotes.

A text that begins with `---` is a whole document. For a rule that reads fields, a fragment of YAML replaces those
top-level keys in a small valid COE (or other noun). For all other rules a fragment is the Markdown of a plain page.
`files` adds further files of the repository by path, of which `coe.toml` is its configuration; `before` is what the
document said before a change. « and » mark what the rule finds.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path as File

from coe.config import Repository, config_of
from coe.corpus import Corpus, analyse
from coe.language.prose import Prose
from coe.listing import CONFIG_NAME
from coe.model.validate import Analysis
from coe.parse.document import Document
from coe.read import Source
from coe.rule import Bad, Good, Rule
from coe.text import Span

ROOT = File("/example")
AS_OF = dt.date(2026, 7, 30)
"""The day on which examples are looked at."""
_COE = """\
id: 2026-07-14-checkout-pool-exhaustion
title: "Checkout errors in Europe: connection pool exhausted"
kind: incident
status: in_review
severity: SEV2
owner_team: payments
impact:
  windows:
    - id: I1
      start: 2026-07-14T13:57:40Z
      end: 2026-07-14T14:29:00Z
"""
_TENET = """\
id: static-stability
title: Static stability
status: adopted
statement: Keep working.
rationale: Control planes fail.
"""
_PROGRAM = """\
id: retry-budgets
title: Retry budgets
status: active
lever: centralized_change
sponsor_team: payments
done_when: All clients have one.
"""
_MINUTES = """\
week: 2026-W30
date: 2026-07-24
facilitator: role:review-facilitator
"""
_FRAGMENTS = {
    "Coe": ("coes/2026/2026-07-14-checkout-pool-exhaustion.md", _COE),
    "Tenet": ("tenets/static-stability.md", _TENET),
    "Program": ("programs/retry-budgets.md", _PROGRAM),
    "Minutes": ("reviews/2026-W30.md", _MINUTES),
}
_MARKS_OF = {"Minutes": "\nweek:", "Tenet": "\nstatement:", "Program": "\nlever:"}
"""A key by which a whole document is known for something else than a COE."""
_BODY = "\n## What happened\n\nThe pool ran out of connections.\n"
_TOP_KEY = re.compile(r"^«?([a-z_x-]+)»?:", re.MULTILINE)
_CATALOG = """\
teams: [{id: payments, name: Payments}]
services: [{id: checkout, name: Checkout, team: payments}]
roles: [{id: review-facilitator, name: Review facilitator}, {id: service-owner, name: Service owner}]
"""


@dataclass(frozen=True, slots=True)
class Example:
    """An example as a repository: the document it is about, and where the marks stood in it."""

    corpus: Corpus
    analysis: Analysis
    marks: tuple[Span, ...]


def whole_text(rule: Rule, text: str) -> tuple[str, str]:
    """Return the path and the text, marks included, of the document that an example stands for."""
    read = rule.reads.__name__
    is_whole = text.startswith("---")
    told = next((noun for noun, key in _MARKS_OF.items() if key in text), "Coe") if is_whole else "Coe"
    path, base = _FRAGMENTS[read if read in _FRAGMENTS else told]
    if text.lstrip("«").startswith("---") or not text:
        return path, text
    if rule.reads in (Document, Prose):
        return "notes.md", text
    keys = set(_TOP_KEY.findall(text))
    parts = re.split(r"(?m)^(?=[a-z_]+:)", base)
    kept = "".join(part for part in parts if part.split(":", 1)[0] not in keys)
    return path, f"---\n{kept}{text.rstrip()}\n---\n{_BODY}"


def example(rule: Rule, shown: Good | Bad, *, text: str | None = None) -> Example:
    """Return an example of a rule as a repository; `text` is taken in place of its own, such as a fixed one."""
    path, marked = whole_text(rule, shown.text if text is None else text)
    plain, marks = unmark(marked)
    others = {"catalog.yaml": _CATALOG, **shown.files}
    repository = Repository(ROOT, config_of(others.pop(CONFIG_NAME, "")))
    sources = [
        Source(path, plain, ROOT / path),
        *(Source(name, unmark(other)[0], ROOT / name) for name, other in others.items()),
    ]
    analyses = tuple(analyse(source, repository) for source in sources)
    base = None
    if shown.before is not None:
        old = unmark(whole_text(rule, shown.before)[1])[0]
        base = {ROOT / path: analyse(Source(path, old, ROOT / path), repository)}
    return Example(Corpus(repository, analyses, AS_OF, base), analyses[0], marks)


def unmark(text: str) -> tuple[str, tuple[Span, ...]]:
    """Return a text without « and », and the spans that stood between them."""
    plain, spans, start = "", [], 0
    for part in re.split("([«»])", text):
        if part == "«":
            start = len(plain)
        elif part == "»":
            spans.append(Span(start, len(plain)))
        else:
            plain += part
    return plain, tuple(spans)
