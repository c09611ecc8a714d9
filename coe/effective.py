"""Repository → the configuration in effect, each value with the place that it comes from; as TOML or as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coe.config import Repository, lines
from coe.diagnostic import Path, dotted
from coe.levels import Level, levels
from coe.rule import all_rules, chosen
from coe.toml_places import line_of

VERSION = 1
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDTH = 60
_SEVERITIES: Path = ("lint", "severity")


@dataclass(frozen=True, slots=True)
class Effective:
    """The settings of a repository as nested tables, and the line of each that its file writes down."""

    file: str | None
    settings: dict[str, Any]
    lines: Mapping[Path, int]
    rules: tuple[RuleLevel, ...]

    def origin(self, keys: Path) -> str:
        """Return where the value of a key comes from: `default`, or file and line."""
        return f"{self.file}:{self.lines[keys]}" if keys in self.lines else "default"


@dataclass(frozen=True, slots=True)
class RuleLevel:
    """How a rule weighs in the whole repository, `off` or a severity, and the line that says so."""

    name: str
    code: str
    family: str
    word: str
    line: int | None


def effective(repository: Repository) -> Effective:
    """Return the configuration in effect."""
    found = lines(repository)
    settings = repository.config.model_dump(by_alias=True, mode="json")
    return Effective(repository.file.name if repository.file else None, settings, found, tuple(_rules(repository, found)))


def _rules(repository: Repository, found: Mapping[Path, int]) -> Iterator[RuleLevel]:
    select = tuple(repository.config.lint.select)
    wanted = chosen(select) if select else None
    said = levels(repository.config)
    for rule in all_rules():
        level = said.get(rule.name)
        if wanted is not None and rule.name not in wanted and (level is None or level.word != "off"):
            level = Level("off", ("lint", "select"))
        word = level.word if level else rule.severity.label
        yield RuleLevel(rule.name, rule.code, rule.family, word, line_of(found, level.keys) if level else None)


def as_toml(shown: Effective) -> str:
    """Return the configuration as TOML that can be pasted back; the rules in effect stand in comments."""
    head = f"# The configuration in effect: {_printable(shown.file) if shown.file else 'no coe.toml, so defaults'}.\n"
    return head + "".join(_table(shown, (), shown.settings))


def _table(shown: Effective, keys: Path, table: Mapping[str, Any]) -> Iterator[str]:
    rows = {(*keys, key): value for key, value in table.items() if not _is_nested(value)}
    if keys and (rows or not table):
        yield f"\n{_header(keys)}\n"
    pairs = [(_pair(str(path[-1]), value), shown.origin(path)) for path, value in rows.items()]
    width = max((len(pair) for pair, _ in pairs if len(pair) <= _WIDTH), default=0)
    yield from (f"{pair:{width}}  # {origin}\n" for pair, origin in pairs)
    if keys == _SEVERITIES:
        yield from _in_effect(shown)
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _table(shown, (*keys, key), value)
        elif _is_nested(value):
            for index, entry in enumerate(value):
                yield from _table(shown, (*keys, key, index), entry)


def _is_nested(value: Any) -> bool:
    """Say whether a value is written as a table, or as an array of tables, below the others."""
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value))


def _header(keys: Path) -> str:
    name = ".".join(_key(key) for key in keys if isinstance(key, str))
    return f"[[{name}]]" if isinstance(keys[-1], int) else f"[{name}]"


def _pair(key: str, value: Any) -> str:
    # TOML has no word for a value that is not there.
    return f"# {_key(key)} is not set" if value is None else f"{_key(key)} = {_value(value)}"


def _in_effect(shown: Effective) -> Iterator[str]:
    yield "# What that makes of the rules:\n"
    pairs = [(f"# {rule.name} = {_value(rule.word)}", rule.line) for rule in shown.rules]
    width = max(len(pair) for pair, _ in pairs)
    yield from (f"{pair:{width}}  # {f'{shown.file}:{line}' if line else 'default'}\n" for pair, line in pairs)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _value(key)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_value(inner)}" for key, inner in value.items()) + "}"
    return _printable(json.dumps(value, ensure_ascii=False))


def _printable(text: str) -> str:
    """Return a text in which what a terminal would obey stands as a number."""
    return "".join(one if one.isprintable() else f"\\U{ord(one):08X}" for one in text)


def as_json(shown: Effective) -> str:
    """Return the configuration as JSON: settings and rules, each with its line or with none for a default."""
    data = {
        "version": VERSION,
        "file": shown.file,
        "settings": [
            {"key": dotted(keys), "value": value, "line": shown.lines.get(keys)} for keys, value in _leaves((), shown.settings)
        ],
        "rules": [
            {"rule": one.name, "code": one.code, "family": one.family, "severity": one.word, "line": one.line}
            for one in shown.rules
        ],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _leaves(keys: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    """Yield the values with their keys; an empty table is a value."""
    if not (_is_nested(value) and value):
        yield keys, value
        return
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _leaves((*keys, key), inner)
