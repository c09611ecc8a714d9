"""Corpus, document, rules → findings: at once what a keystroke can have changed, and in slices what all documents say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from coe.check import check
from coe.corpus import Corpus
from coe.diagnostic import Diagnostic, Edit
from coe.judge import Crash
from coe.language.prose import Prose
from coe.model.validate import Analysis
from coe.parse.again import common_ends
from coe.parse.allow import Allowance
from coe.parse.document import Document
from coe.parse.prose import Passage
from coe.rule import Rule
from coe.text import Span

UNUSED = "unused-allowance"


@dataclass(frozen=True)
class Rules:
    """The rules of a repository by what they read."""

    own: tuple[Rule, ...]
    prose: tuple[Rule, ...]
    shared: tuple[Rule, ...]
    unused: tuple[Rule, ...]

    @property
    def carried(self) -> frozenset[str]:
        """Return the rules whose findings are kept while somebody types elsewhere in the document."""
        return frozenset(rule.name for rule in (*self.prose, *self.shared, *self.unused))


def sorted_rules(rules: tuple[Rule, ...]) -> Rules:
    """Return the rules that run, sorted."""
    unused = tuple(rule for rule in rules if rule.name == UNUSED)
    rest = tuple(rule for rule in rules if rule.name != UNUSED)
    return Rules(
        tuple(rule for rule in rest if rule.reads not in (Prose, Corpus)),
        tuple(rule for rule in rest if rule.reads is Prose),
        tuple(rule for rule in rest if rule.reads is Corpus),
        unused,
    )


@dataclass(frozen=True)
class Checked:
    """A document and what was found in it."""

    analysis: Analysis
    found: tuple[Diagnostic, ...]


def first(corpus: Corpus, analysis: Analysis, rules: Rules, *, crashes: list[Crash]) -> Checked:
    """Return all that the document's own rules find in it; `crashes` takes those that crash, and the others go on."""
    found = check(corpus, [analysis], (*rules.own, *rules.prose, *rules.unused), crashes=crashes)
    return Checked(analysis, _ordered(found))


def again(corpus: Corpus, before: Checked, analysis: Analysis, rules: Rules, *, crashes: list[Crash]) -> Checked:
    """Return what is found after a change: rules of language look at the passages that changed, and what they and the rules
    of the corpus found elsewhere moves with its text. `thorough` says soon what else the change did."""
    if before.analysis.document.source.flaws or analysis.document.source.flaws:
        return first(corpus, analysis, rules, crashes=crashes)
    document, shift = analysis.document, _Shift.of(before.analysis.document, analysis.document)
    if not shift.keeps(before.analysis.document.allowances, document.allowances):
        own = first(corpus, analysis, rules, crashes=crashes).found
        late = frozenset(rule.name for rule in rules.shared)
        return Checked(analysis, _ordered((*own, *_moved(before, shift, document, late))))
    kept = {_known(one, there) for one in before.analysis.document.passages if (there := shift.span(one.span))}
    new = tuple(passage for passage in document.passages if _known(passage, passage.span) not in kept)
    same = {passage.span for passage in document.passages}.difference(passage.span for passage in new)
    found = check(corpus, [analysis], rules.own, crashes=crashes)
    if new and rules.prose:
        found += check(corpus, [replace(analysis, document=_narrowed(document, new))], rules.prose, crashes=crashes)
    prose = frozenset(rule.name for rule in rules.prose)
    for moved in _moved(before, shift, document, rules.carried):
        if moved.rule not in prose or any(span.start <= moved.span.start < span.end for span in same):
            found.append(moved)
    return Checked(analysis, _ordered(found))


def _moved(before: Checked, shift: _Shift, document: Document, names: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield what some rules found before, at its place in the new text."""
    found = (shift.diagnostic(one, document) for one in before.found if one.rule in names)
    return (one for one in found if one)


def _narrowed(document: Document, passages: tuple[Passage, ...]) -> Document:
    """Return a document whose prose is only some of its passages; its text and all places stay."""
    narrow = replace(document)
    vars(narrow).update({**vars(document), "mask": document.mask, "passages": passages})
    return narrow


def _known(passage: Passage, span: Span) -> tuple[object, ...]:
    """Return what the reading of a passage depends on, its place included: which item of a list it is makes no difference."""
    return span, passage.kind, passage.section, *(part for part in passage.field if isinstance(part, str))


@dataclass(frozen=True, slots=True)
class _Shift:
    """How places move from one text to the next: what lies before `start` stays, what lies behind `end` moves by `by`."""

    start: int
    end: int
    by: int

    @classmethod
    def of(cls, before: Document, after: Document) -> _Shift:
        start, end = common_ends(before.text, after.text)
        return cls(start, len(before.text) - end, len(after.text) - len(before.text))

    def span(self, span: Span) -> Span | None:
        """Return where a place is now, absent when the change touches it."""
        if span.end < self.start or self.start == self.end == span.end == span.start:
            return span
        return span.shifted(self.by) if span.start > self.end else None

    def keeps(self, before: Iterable[Allowance], after: Iterable[Allowance]) -> bool:
        """Say whether a document allows the same at the same places."""
        moved = [(one.rule, one.reason, self._edges(one.scope)) for one in before]
        return moved == [(one.rule, one.reason, one.scope) for one in after]

    def _edges(self, scope: Span | None) -> Span | None:
        """Return a scope in the new text; a change inside of it makes it longer or shorter."""
        if scope is None:
            return None
        return Span(*(at if at <= self.start else at + self.by if at >= self.end else -1 for at in scope))

    def diagnostic(self, one: Diagnostic, document: Document) -> Diagnostic | None:
        """Return a finding at its place in the new text, with its fix; absent when the change touches either."""
        span = self.span(one.span)
        if span is None:
            return None
        fix = one.fix
        if fix:
            places = [self.span(edit.span) for edit in fix.edits]
            edits = tuple(Edit(place, edit.text) for place, edit in zip(places, fix.edits, strict=True) if place)
            fix = replace(fix, edits=edits) if len(edits) == len(fix.edits) else None
        return replace(one, span=span, fix=fix, source=document.source)


def thorough(
    corpus: Corpus, targets: Iterable[Analysis], rules: Rules, *, crashes: list[Crash]
) -> Iterator[tuple[Diagnostic, ...] | None]:
    """Yield nothing after each slice of the work, and at the end all findings of some documents.

    It is the same check as that of the command line, cut where a keystroke may come in between.
    """
    targets = tuple(targets)
    found: list[Diagnostic] = []
    for target in targets:
        for part in (rules.own, rules.prose):
            found += check(corpus, [target], (*part, *rules.unused), crashes=crashes)
            yield None
    for rule in rules.shared:
        found += check(corpus, targets, (rule, *rules.unused), crashes=crashes)
        yield None
    yield _ordered(found)


def _ordered(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(found, key=lambda one: (one.source.path, one.span, one.code, one.message)))
