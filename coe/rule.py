"""A rule: one decorated generator that is found by walking `coe.rules`, with examples that test and document it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from coe.diagnostic import Fix, Path, Severity
from coe.model.validate import Analysis
from coe.parse.document import Document
from coe.text import Span, nearest

_SOURCE = "Source: "


class Finding(NamedTuple):
    """What a rule yields: a span of the text, or the path of a value, and what to say of it.

    `at_key` points to the key instead of the value. A rule about the corpus says in `analysis` which document it means.
    `severity` is given only where one finding weighs more or less than its rule, `field` where a span alone does not tell it.
    """

    where: Span | Path
    message: str
    help: str | None = None
    fix: Fix | None = None
    severity: Severity | None = None
    at_key: bool = False
    analysis: Analysis | None = None
    field: Path = ()


class Good(NamedTuple):
    """A text on which the rule stays silent. See `coe.example` for how a fragment becomes a document.

    `before` is what the document said before the change, for a rule that judges changes.
    """

    text: str
    files: Mapping[str, str] = MappingProxyType({})
    before: str | None = None


class Bad(NamedTuple):
    """A text in which the rule finds what stands between « and », and what its safe or unsafe fix makes of it."""

    text: str
    fixed: str | None = None
    files: Mapping[str, str] = MappingProxyType({})
    before: str | None = None


Check = Callable[[Any], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `name` is what people write, `code` a short constant, `reads` the type of what it looks at.

    `of_change` is one that judges what a change did, and has no say where none is looked at.
    """

    name: str
    code: str
    family: str
    severity: Severity
    reads: type
    examples: tuple[Good | Bad, ...]
    check: Check
    of_change: bool = False

    def __reduce__(self) -> tuple[Callable[[str], Rule], tuple[str]]:
        # Another process has the same rules: only the name is sent.
        return rule_named, (self.name,)

    @property
    def summary(self) -> str:
        """Return the first paragraph of the explanation on one line."""
        return " ".join(inspect.cleandoc(self.check.__doc__ or "").split("\n\n", 1)[0].split())

    @property
    def explanation(self) -> str:
        """Return what follows the summary, as Markdown; a rule that names no source has that of its family."""
        own = inspect.cleandoc(self.check.__doc__ or "").partition("\n\n")[2]
        if _SOURCE in own:
            return own
        family = inspect.cleandoc(importlib.import_module(self.check.__module__.rpartition(".")[0]).__doc__ or "")
        _, found, source = family.partition(_SOURCE)
        return "\n\n".join(part for part in (own, found + source) if part)


def rule(code: str, severity: Severity, *examples: Good | Bad, of_change: bool = False) -> Callable[[Check], Rule]:
    """Return a decorator that makes a generator function a rule named after it."""

    def make(check: Check) -> Rule:
        said = next(iter(check.__annotations__.values()))
        reads = check.__globals__[said] if isinstance(said, str) else said
        family = check.__module__.rsplit(".", 2)[-2]
        return Rule(check.__name__.replace("_", "-"), code, family, severity, reads, examples, check, of_change)

    return make


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule of `coe.rules`, by code."""
    package = importlib.import_module("coe.rules")
    found = [
        value
        for info in pkgutil.walk_packages(package.__path__, "coe.rules.")
        if not info.ispkg
        for value in vars(importlib.import_module(info.name)).values()
        if isinstance(value, Rule)
    ]
    return tuple(sorted(found, key=lambda found: found.code))


def rule_named(name: str) -> Rule:
    """Return the rule of a name.

    Errors: `KeyError` when there is none.
    """
    return {rule.name: rule for rule in all_rules()}[name]


@cache
def families() -> tuple[str, ...]:
    """Return the families of rules."""
    return tuple(sorted({rule.family for rule in all_rules()}))


def chosen(words: tuple[str, ...]) -> frozenset[str]:
    """Return the names of the rules that words stand for: names, codes, beginnings of codes, families, `all`.

    Errors: `ValueError` with the word, and in its second argument the nearest known one.
    """
    names: set[str] = set()
    for word in words:
        found = {
            rule.name
            for rule in all_rules()
            if word in ("all", rule.name, rule.family) or (word.isupper() and rule.code.startswith(word)) or rule.code == word
        }
        if not found:
            known = [*(rule.name for rule in all_rules()), *families()]
            raise ValueError(word, nearest(word, known))
        names |= found
    return frozenset(names)


__all__ = ["Bad", "Document", "Finding", "Good", "Rule", "Severity", "all_rules", "chosen", "families", "rule"]
