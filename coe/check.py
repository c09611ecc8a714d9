"""Corpus and rules → diagnostics."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from coe.config import Config
from coe.corpus import Corpus
from coe.diagnostic import Diagnostic, Edit, Fix, Severity
from coe.errors import CoeError
from coe.house import house_of
from coe.judge import Crash, Setting, Weights, crash_of, diagnostic, own_findings, relative, weights_of
from coe.language.house import HOUSE
from coe.language.prose import Prose
from coe.levels import ALWAYS, levels, somewhere_on
from coe.model.validate import Analysis
from coe.parse.allow import Allowance
from coe.parse.document import Document
from coe.parse.leftover import without
from coe.rule import Finding, Rule, all_rules, chosen
from coe.text import Span

_UNUSED = "unused-allowance"
_NUMBER = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules run: `families` is what the command is about, the words come from its options."""

    families: frozenset[str] | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def active_rules(config: Config, selection: Selection) -> tuple[Rule, ...]:
    """Return the rules that run; what is wrong with the very form of a file is always said.

    Errors: `ValueError` for a word that stands for no rule.
    """
    wanted = selection.select or tuple(config.lint.select)
    names = chosen(wanted) if wanted else frozenset(rule.name for rule in all_rules())
    off = frozenset(name for name, level in levels(config).items() if level.word == "off") - somewhere_on(config)
    on = names - off - chosen(selection.ignore)
    return tuple(
        rule
        for rule in all_rules()
        if rule.name in ALWAYS
        or (rule.name in on and (selection.families is None or rule.family in selection.families or bool(selection.select)))
    )


def check(
    corpus: Corpus, targets: Iterable[Analysis], rules: tuple[Rule, ...], *, crashes: list[Crash] | None = None
) -> list[Diagnostic]:
    """Return what the rules find in the targets, by path and place; allowed findings are left out.

    `crashes` takes the rules that crash; without it, the first of them is raised.
    """
    chosen_targets = list({id(analysis): analysis for analysis in targets}.values())
    house = house_of(corpus) if any(rule.reads is Prose for rule in rules) else HOUSE
    files = frozenset(file for one in corpus.analyses if (file := one.document.source.file))
    setting = Setting(corpus.repository, rules, house, corpus.as_of, files)
    judged = [(analysis, own_findings(analysis, setting, None, crashes)) for analysis in chosen_targets]
    return conclude(corpus, judged, rules, crashes=crashes)


def conclude(
    corpus: Corpus,
    judged: Iterable[tuple[Analysis, list[Diagnostic]]],
    rules: tuple[Rule, ...],
    *,
    crashes: list[Crash] | None = None,
) -> list[Diagnostic]:
    """Return what was found in documents one by one with what the rules on the whole repository find there."""
    targets = {id(analysis): (analysis, found) for analysis, found in judged}
    whole = {} if corpus.repository.config.lint.per_file else {"": weights_of(corpus.repository, None)}

    def weights(analysis: Analysis) -> Weights:
        return whole.get("") or weights_of(corpus.repository, analysis)

    for rule in rules:
        if rule.reads is Corpus:
            for finding in _on_all(rule, corpus, crashes):
                if finding.analysis is None:
                    raise TypeError(f"{rule.name} must say which document it means")
                key = id(finding.analysis)
                if key in targets and rule.name not in (said := weights(finding.analysis)).off:
                    targets[key][1].append(diagnostic(rule, finding, finding.analysis, said.severities))
    ran = frozenset(rule.name for rule in rules) - {one.rule for one in crashes or ()}
    out: list[Diagnostic] = []
    for analysis, found in targets.values():
        if not found and not analysis.document.allowances:
            continue
        said = weights(analysis)
        kept, used = _allowed(analysis.document.allowances, found)
        kept += _unused(analysis, used, _with_say(ran - said.off, analysis, corpus), said.severities)
        ordered = sorted(set(kept), key=lambda one: (one.span, one.code, one.message))
        out += _fingerprinted(ordered, relative(analysis, corpus.repository.root))
    return out


def _on_all(rule: Rule, corpus: Corpus, crashes: list[Crash] | None) -> list[Finding]:
    """Return what a rule finds in the whole repository; nothing of one that crashes."""
    try:
        return list(rule.check(corpus))
    except Exception as error:  # whatever a rule did wrong is told with its name, and the others still run
        if crashes is None or isinstance(error, CoeError):
            raise
        crashes.append(crash_of(rule, "", error))
        return []


def _allowed(allowances: tuple[Allowance, ...], found: list[Diagnostic]) -> tuple[list[Diagnostic], set[Allowance]]:
    """Return the findings that no allowance covers, and the allowances that covered one.

    Both are gone through once, by place: many allowances and many findings do not meet each with each.
    """
    if not allowances:
        return found, set()
    kept: list[Diagnostic] = []
    used: set[Allowance] = set()
    whole = [one for one in allowances if one.scope is None]
    waiting = sorted((one for one in allowances if one.scope), key=lambda one: one.scope or Span(0, 0), reverse=True)
    here: list[Allowance] = []
    for one in sorted(found, key=lambda one: one.span):
        while waiting and (waiting[-1].scope or Span(0, 0)).start <= one.span.start:
            here.append(waiting.pop())
        here = [allowance for allowance in here if allowance.covers(one.span)]
        cover = [allowance for allowance in (*whole, *here) if allowance.rule in (one.rule, one.code)]
        used.update(cover)
        if not any(allowance.reason for allowance in cover):
            kept.append(one)
    return kept, used


def _unused(analysis: Analysis, used: set[Allowance], ran: frozenset[str], severities: dict[str, Severity]) -> list[Diagnostic]:
    """Return a finding for each allowance of a rule that ran and found nothing there, less those that are allowed in turn."""
    unused = next((rule for rule in all_rules() if rule.name == _UNUSED), None)
    if unused is None or unused.name not in ran:
        return []
    allowances = [one for one in analysis.document.allowances if one not in used and _name_of(one.rule) in ran]

    def left(chosen: list[Allowance]) -> list[Diagnostic]:
        edits = without(analysis.document, chosen)
        return [diagnostic(unused, _leftover(*pair), analysis, severities) for pair in zip(chosen, edits, strict=True)]

    in_turn = tuple(one for one in allowances if _name_of(one.rule) == _UNUSED)
    kept, needed = _allowed(in_turn, left([one for one in allowances if one not in in_turn]))
    return kept + left([one for one in in_turn if one not in needed])


def _leftover(allowance: Allowance, edit: Edit | None) -> Finding:
    fix = Fix("safe", (edit,)) if edit else None
    return Finding(allowance.span, f"nothing here is reported by `{allowance.rule}`", "Delete the allowance.", fix)


def _with_say(ran: frozenset[str], analysis: Analysis, corpus: Corpus) -> frozenset[str]:
    """Return which of the rules that ran had their say of a document.

    One that cannot be typed is read as a text only, and where no change of it is looked at, none is judged.
    """
    if not analysis.document.allowances:
        return ran
    typed, changed = analysis.noun is not None or analysis.kind == "page", corpus.before(analysis) is not None
    rules = (rule for rule in all_rules() if rule.name in ran and (changed or not rule.of_change))
    return frozenset(rule.name for rule in rules if typed or rule.family == "form" or rule.reads in (Document, Prose))


@cache
def _name_of(word: str) -> str | None:
    return next((rule.name for rule in all_rules() if word in (rule.name, rule.code)), None)


def _fingerprinted(found: list[Diagnostic], path: str) -> list[Diagnostic]:
    """Return the findings with a name that stays when lines move: rule, file, field, the words found, and which of equals.

    Of the field its place in a list is left out: an event that is added is no reason to take all that follow for new ones.
    """
    seen: Counter[str] = Counter()
    out = []
    for one in found:
        words = one.source.text[one.span.start : one.span.end]
        stem = "\0".join((one.rule, path, _NUMBER.sub("[]", one.field or ""), " ".join(words.split())))
        seen[stem] += 1
        digest = hashlib.sha256(f"{stem}\0{seen[stem]}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
        out.append(replace(one, fingerprint=digest))
    return out
