"""One document → what its own rules find in it, and what the rest of the repository needs to know of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path as File
from typing import Any, NamedTuple

from coe.case import Case
from coe.config import Repository
from coe.corpus import analyse, analyse_document, document_of
from coe.diagnostic import Diagnostic, Edit, Fix, Severity, dotted
from coe.errors import CoeError
from coe.language.house import HOUSE, House
from coe.language.prose import Prose, read_prose
from coe.levels import levels
from coe.model.coe import Coe
from coe.model.naming import named_in
from coe.model.remembered import Remembered, Unopened, slim_fields
from coe.model.validate import Analysis
from coe.parse.allow import Allowance
from coe.parse.document import Document
from coe.read import Source
from coe.rule import Finding, Rule, all_rules
from coe.text import Span

RULES_URL = "https://coekit.github.io/coekit/rules/{name}/"


@dataclass(frozen=True)
class Setting:
    """What the rules that look at one document know besides it."""

    repository: Repository
    rules: tuple[Rule, ...]
    house: House = HOUSE
    as_of: dt.date | None = None
    files: frozenset[File] = frozenset()
    whole: bool = False
    """Whether all that a COE says is kept, for those who ask for most of it."""

    def course(self, analysis: Analysis) -> Course:
        """Return which rules look at a document, and with what weights: the same for all where no file has its own."""
        return self._course(analysis) if self.repository.config.lint.per_file else self._same_course

    @cached_property
    def _same_course(self) -> Course:
        return self._course(None)

    def _course(self, analysis: Analysis | None) -> Course:
        weights = weights_of(self.repository, analysis)
        rules = tuple(rule for rule in self.rules if rule.name not in weights.off)
        return Course(rules, frozenset(rule.name for rule in rules if rule.reads is Prose), weights.severities)


class Course(NamedTuple):
    """The rules that look at a document, those of them that read its prose, and severities other than the rules' own."""

    rules: tuple[Rule, ...]
    categories: frozenset[str]
    severities: dict[str, Severity]


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that did not run to its end, which is a bug of that rule; without a path it looked at the whole repository."""

    rule: str
    path: str
    words: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found in a document, as plain values that can be kept and sent.

    `facts` is what the rest of the repository needs to know of it, `rows` are the findings (absent when none were looked
    for), `asked` the files that were asked for, `digest` names the text that was looked at, and `crashes` what keeps it from
    being kept.
    """

    facts: dict[str, Any]
    rows: list[list[Any]] | None
    asked: dict[str, bool]
    digest: str | None
    crashes: tuple[Crash, ...] = ()


def own_findings(
    analysis: Analysis, setting: Setting, asked: dict[File, bool] | None = None, crashes: list[Crash] | None = None
) -> list[Diagnostic]:
    """Return what the rules that look at one document find in it; `asked` takes the files that they ask for.

    `crashes` takes the rules that crash, which stops no other; without it, the first of them is raised.
    """
    course = setting.course(analysis)
    case = Case(analysis, setting.repository, setting.as_of, setting.files, {} if asked is None else asked)
    subjects = _subjects(case, course.categories, setting.house)
    out: list[Diagnostic] = []
    for rule in course.rules:
        if (subject := subjects.get(rule.reads)) is None:
            continue
        try:
            out += [diagnostic(rule, finding, analysis, course.severities) for finding in rule.check(subject)]
        except Exception as error:
            if crashes is None or isinstance(error, CoeError):
                raise
            crashes.append(crash_of(rule, analysis.document.source.path, error))
    return out


def crash_of(rule: Rule, path: str, error: Exception) -> Crash:
    """Return what is to be told of a rule that crashed: the error, and where in the program it arose."""
    import traceback

    frame = traceback.extract_tb(error.__traceback__)[-1]
    return Crash(rule.name, path, f"{type(error).__name__}: {error} ({File(frame.filename).name}:{frame.lineno})")


def judge(source: Source, setting: Setting, *, is_target: bool) -> Judgement:
    """Return what is found in a source; only what it is when it is no target."""
    analysis = analyse(source, setting.repository)
    asked: dict[File, bool] = {}
    crashes: list[Crash] = []
    found = own_findings(analysis, setting, asked, crashes) if is_target else None
    rows = None if found is None else [_row(one) for one in found]
    facts = _facts(analysis, whole=setting.whole)
    return Judgement(facts, rows, {str(file): there for file, there in asked.items()}, source.digest, tuple(crashes))


def _facts(analysis: Analysis, *, whole: bool) -> dict[str, Any]:
    noun = analysis.noun
    facts: dict[str, Any] = {"kind": analysis.kind}
    if noun is not None:
        facts["noun"] = slim_fields(noun) if isinstance(noun, Coe) else analysis.document.data
        if whole and isinstance(noun, Coe):
            # As text, which takes a tenth of the memory until it is asked for.
            facts["whole"] = json.dumps(analysis.document.data, ensure_ascii=False, separators=(",", ":"))
            facts["body"] = analysis.document.body_start
        facts["references"] = tuple([_shared(*one) for one in named_in(noun)])
    if whole:
        facts["marks"] = analysis.document.has_marks
    if analysis.document.allowances:
        facts["allowances"] = [(one.rule, one.reason, one.span, one.scope) for one in analysis.document.allowances]
    return facts


@lru_cache(100_000)
def _shared(*reference: Any) -> tuple[Any, ...]:
    """Return one value for all references that are alike: the documents of a repository name the same few things."""
    return reference


def remembered(source: Source, facts: Mapping[str, Any], repository: Repository) -> Remembered:
    """Return a document as its facts have it."""

    allowances = tuple(
        Allowance(rule, reason, Span(*span), Span(*scope) if scope else None)
        for rule, reason, span, scope in facts.get("allowances", ())
    )
    document = Unopened(source, allowances, lambda: document_of(source, repository), facts.get("body"), facts.get("marks"))
    noun = facts.get("noun")
    return Remembered(
        document,
        facts["kind"],
        noun=noun if facts["kind"] == "coe" else _tupled(noun),
        references=facts.get("references", ()),
        analyse=lambda: analyse_document(document.opened, repository),
        whole=facts.get("whole"),
    )


def _tupled(value: Any) -> Any:
    """Return plain values with tuples for lists, as the model takes them."""
    if isinstance(value, dict):
        return {key: _tupled(inner) for key, inner in value.items()}
    return tuple(map(_tupled, value)) if isinstance(value, list | tuple) else value


def _row(one: Diagnostic) -> list[Any]:
    fix = (one.fix.safety, [(edit.span, edit.text) for edit in one.fix.edits]) if one.fix else None
    return [one.rule, int(one.severity), one.message, one.span, one.help, one.field, fix]


def found_again(rows: list[list[Any]], source: Source) -> list[Diagnostic]:
    """Return the findings of rows that were kept."""
    codes = {rule.name: rule.code for rule in all_rules()} if rows else {}
    return [
        Diagnostic(
            rule, codes[rule], Severity(severity), message, source, Span(*span), text, field,
            Fix(fix[0], tuple(Edit(Span(*place), new) for place, new in fix[1])) if fix else None,
            RULES_URL.format(name=rule),
        )
        for rule, severity, message, span, text, field, fix in rows
    ]  # fmt: skip


def _subjects(case: Case, categories: frozenset[str], house: House) -> dict[type, Any]:
    """Return what the rules that look at one document read of it, by its type."""
    analysis = case.analysis
    subjects: dict[type, Any] = {Document: analysis.document, Analysis: analysis, Case: case}
    if analysis.noun is not None:
        subjects[type(analysis.noun)] = analysis.noun
    if analysis.kind != "catalog" and categories:
        subjects[Prose] = read_prose(analysis.document, categories, house)
    return subjects


class Weights(NamedTuple):
    """What the configuration says for one file: rules that are off there, and severities other than the rules' own."""

    off: frozenset[str]
    severities: dict[str, Severity]


def weights_of(repository: Repository, analysis: Analysis | None) -> Weights:
    """Return what the configuration says for one document, or without one for all that it says nothing else of."""
    said = levels(repository.config, relative(analysis, repository.root) if analysis else None)
    off = frozenset(name for name, level in said.items() if level.word == "off")
    return Weights(off, {name: Severity.of(level.word) for name, level in said.items() if level.word != "off"})


def diagnostic(rule: Rule, finding: Finding, analysis: Analysis, severities: dict[str, Severity]) -> Diagnostic:
    """Return a finding with its place, its weight and its name."""
    document, where = analysis.document, finding.where
    field = dotted(finding.field) or None
    if isinstance(where, Span):
        span = where
    else:
        span = document.key_span(where) if finding.at_key else document.value_span(where)
        field = dotted(where) or None
    return Diagnostic(
        rule=rule.name,
        code=rule.code,
        severity=severities.get(rule.name) or finding.severity or rule.severity,
        message=finding.message,
        source=document.source,
        span=span,
        help=finding.help,
        field=field or _field_of(document, span),
        fix=finding.fix,
        url=RULES_URL.format(name=rule.name),
    )


def _field_of(document: Document, span: tuple[int, int]) -> str | None:
    """Return the field whose text holds a span."""
    if not document.front or span[0] >= document.front.body:
        return None
    field = document.field_at(span[0])
    return dotted(field) if field else None


def relative(analysis: Analysis, root: File) -> str:
    """Return the path of a document inside its repository, whatever folder the command ran in."""
    source = analysis.document.source
    return source.file.relative_to(root).as_posix() if source.file and source.file.is_relative_to(root) else source.path
