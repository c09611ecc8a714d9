"""Configuration → what it says of each rule, in the whole repository or in one file, and where it says so."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from coe.config import Config, PerFile
from coe.diagnostic import Path
from coe.rule import chosen

ALWAYS = frozenset({"unreadable", "yaml-syntax", "front-matter"})
"""Rules that no option and no configuration turns off: after their findings nothing else can be said of a file."""


@dataclass(frozen=True, slots=True)
class Level:
    """What a rule was set to, `off` or a severity, and the keys of the setting."""

    word: str
    keys: Path


def levels(config: Config, path: str | None = None) -> dict[str, Level]:
    """Return what is set, by rule: for a file of that path, or without one for the whole repository.

    Of two words that stand for one rule the later wins; `ignore` wins over the `severity` beside it; an entry for some
    files wins over what stands for all, and a later entry over an earlier one.

    Errors: `ValueError` for a word that stands for no rule.
    """
    lint = config.lint
    settings = [*_settings(lint.severity, lint.ignore, ("lint",))]
    for index, entry in enumerate(lint.per_file):
        if path is not None and fnmatch.fnmatch(path, entry.path):
            settings += _entry(entry, index)
    return {name: level for word, level in settings for name in _names(word) if level.word != "off" or name not in ALWAYS}


def somewhere_on(config: Config) -> frozenset[str]:
    """Return the rules that an entry for some files switches on there, whatever stands for all."""
    settings = (one for index, entry in enumerate(config.lint.per_file) for one in _entry(entry, index))
    return frozenset(name for word, level in settings if level.word != "off" for name in _names(word))


def configured_words(config: Config) -> Iterator[tuple[str, Path]]:
    """Yield every word of the configuration that stands for rules, and its keys."""
    yield from ((word, ("lint", "select", index)) for index, word in enumerate(config.lint.select))
    yield from ((word, level.keys) for word, level in _settings(config.lint.severity, config.lint.ignore, ("lint",)))
    for index, entry in enumerate(config.lint.per_file):
        yield from ((word, level.keys) for word, level in _entry(entry, index))


def _entry(entry: PerFile, index: int) -> Iterator[tuple[str, Level]]:
    return _settings(entry.severity, entry.ignore, ("lint", "per-file", index))


def _settings(severity: Mapping[str, str], ignore: Iterable[str], keys: Path) -> Iterator[tuple[str, Level]]:
    yield from ((word, Level(level, (*keys, "severity", word))) for word, level in severity.items())
    yield from ((word, Level("off", (*keys, "ignore", index))) for index, word in enumerate(ignore))


@cache
def _names(word: str) -> frozenset[str]:
    return chosen((word,))
