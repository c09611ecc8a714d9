"""A settings file of the site engine (mkdocs.yml) → the same with our values in it, its own tags left as they are.

The file is read as nodes and never as objects: `!ENV` and `!!python/name:` mean something to the engine alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from coe.errors import CoeError

_MAP = "tag:yaml.org,2002:map"
_SEQ = "tag:yaml.org,2002:seq"
_ENV = "!ENV"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one engine run; every change gives new ones.

    `variables` are those of the environment, which `!ENV` asks for.
    """

    root: yaml.MappingNode
    variables: Mapping[str, str] = field(default_factory=dict)

    def text(self, *path: str) -> str | None:
        """Return the plain text at a path; where the file leaves it to a variable, what the engine will make of that."""
        return _text(_at(self.root, path), self.variables)

    def option(self, path: tuple[str, ...], name: str, option: str) -> str | None:
        """Return the plain text of an option that is given with a name in a list such as `plugins`."""
        node = _at(self.root, path)
        items = node.value if isinstance(node, yaml.SequenceNode) else [node] if isinstance(node, yaml.MappingNode) else []
        found = next((found for item in items if (found := _at(item, (name, option)))), None)
        return _text(found, self.variables)

    def has(self, *path: str) -> bool:
        """Say whether a value stands at a path."""
        return _at(self.root, path) is not None

    def names(self, *path: str) -> tuple[str, ...]:
        """Return the names in a list such as `plugins`: its words, and the keys of its mappings."""
        node = _at(self.root, path)
        items = node.value if isinstance(node, yaml.SequenceNode) else [node] if isinstance(node, yaml.MappingNode) else []
        found: list[str] = []
        for item in items:
            pairs = item.value if isinstance(item, yaml.MappingNode) else []
            found += [item.value] if isinstance(item, yaml.ScalarNode) else [key.value for key, _ in pairs]
        return tuple(found)

    def with_value(self, path: tuple[str, ...], value: Any) -> Settings:
        """Return the settings with a value at a path."""
        return replace(self, root=_put(self.root, path, _node(value)))

    def with_default(self, path: tuple[str, ...], value: Any) -> Settings:
        """Return the settings with a value at a path where none stood."""
        return self if self.has(*path) else self.with_value(path, value)

    def with_items(self, path: tuple[str, ...], items: Iterable[Any], *, first: bool = False) -> Settings:
        """Return the settings with further items in a list; in a list written as a mapping, they become keys of it."""
        node, more = _at(self.root, path), _node(list(items))
        if isinstance(node, yaml.MappingNode):
            pairs = [
                pair
                for item in more.value
                for pair in (item.value if isinstance(item, yaml.MappingNode) else [(item, _node(None))])
            ]
            new: yaml.Node = yaml.MappingNode(_MAP, [*pairs, *node.value] if first else [*node.value, *pairs])
        else:
            old = node.value if isinstance(node, yaml.SequenceNode) else []
            new = yaml.SequenceNode(_SEQ, [*more.value, *old] if first else [*old, *more.value])
        return replace(self, root=_put(self.root, path, new))

    def without(self, path: tuple[str, ...], names: Iterable[str]) -> Settings:
        """Return the settings without some names in a list such as `plugins`, and without what is set for them there."""
        node, gone = _at(self.root, path), frozenset(names)
        if isinstance(node, yaml.MappingNode):
            pairs = [pair for pair in node.value if pair[0].value not in gone]
            return replace(self, root=_put(self.root, path, yaml.MappingNode(_MAP, pairs)))
        if isinstance(node, yaml.SequenceNode):
            items = [item for item in node.value if _first_name(item) not in gone]
            return replace(self, root=_put(self.root, path, yaml.SequenceNode(_SEQ, items)))
        return self

    def with_paths(self, path: tuple[str, ...], base: str) -> Settings:
        """Return the settings with relative file names at a path, or in a list there, set below another folder."""
        node = _at(self.root, path)
        if isinstance(node, yaml.ScalarNode):
            return self.with_value(path, _moved(node.value, base))
        if isinstance(node, yaml.SequenceNode):
            items = [_node(_moved(item.value, base)) if isinstance(item, yaml.ScalarNode) else item for item in node.value]
            return replace(self, root=_put(self.root, path, yaml.SequenceNode(_SEQ, items)))
        return self

    def yaml(self) -> str:
        """Return the text of the file."""
        return str(yaml.serialize(self.root, allow_unicode=True, width=1000))


def read_settings(file: Path | None, variables: Mapping[str, str] | None = None) -> Settings:
    """Return the settings in a file and in those that it inherits from; empty ones without a file.

    Errors: `CoeError` naming file and line when it is no valid YAML.
    """
    return Settings(_read(file, ()) if file else yaml.MappingNode(_MAP, []), variables or {})


def _read(file: Path, seen: tuple[Path, ...]) -> yaml.MappingNode:
    if file in seen:
        raise CoeError(f"{file} inherits from itself", "Take one `INHERIT` out.")
    try:
        node = yaml.compose(file.read_text("utf-8-sig"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CoeError(f"{file}:{line}: not valid YAML: {error.problem}", "Mend the file.") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise CoeError(f"{file}: not valid YAML: {error}", "Mend the file.") from error
    except OSError as error:
        raise CoeError(f"cannot read {file}: {error.strerror}", "Check the path and its permissions.") from error
    if node is None:
        return yaml.MappingNode(_MAP, [])
    if not isinstance(node, yaml.MappingNode):
        raise CoeError(f"{file}: settings are due here, `name: value` a line", "Begin with: site_name: …")
    parent = _at(node, ("INHERIT",))
    own = yaml.MappingNode(_MAP, [pair for pair in node.value if pair[0].value != "INHERIT"])
    if not isinstance(parent, yaml.ScalarNode):
        return own
    return _merged(_read((file.parent / parent.value).resolve(), (*seen, file)), own)


def _text(node: yaml.Node | None, variables: Mapping[str, str]) -> str | None:
    """Return the text of a node: its own, or the first variable that is set of those that `!ENV` names, else its default."""
    if isinstance(node, yaml.ScalarNode):
        return variables.get(node.value) if node.tag == _ENV else str(node.value)
    if not isinstance(node, yaml.SequenceNode) or node.tag != _ENV:
        return None
    parts = [part.value for part in node.value if isinstance(part, yaml.ScalarNode)]
    names, default = (parts[:-1], parts[-1]) if len(parts) > 1 else (parts, None)
    return next((variables[name] for name in names if name in variables), default)


def _first_name(item: yaml.Node) -> str | None:
    """Return the name of an item of a list such as `plugins`: its word, or the key of its mapping."""
    if isinstance(item, yaml.MappingNode):
        return next((key.value for key, _ in item.value), None)
    return item.value if isinstance(item, yaml.ScalarNode) else None


def _merged(base: yaml.MappingNode, over: yaml.MappingNode) -> yaml.MappingNode:
    """Return two mappings as one, as the engine does it: mappings inside are merged, all else is replaced."""
    merged = base
    for key, value in over.value:
        below = _at(base, (key.value,))
        if isinstance(below, yaml.MappingNode) and isinstance(value, yaml.MappingNode):
            value = _merged(below, value)
        merged = _put(merged, (key.value,), value)
    return merged


def _at(node: yaml.Node, path: tuple[str, ...]) -> yaml.Node | None:
    found: yaml.Node | None = node
    for part in path:
        pairs = found.value if isinstance(found, yaml.MappingNode) else []
        found = next((value for key, value in pairs if key.value == part), None)
    return found


def _put(node: yaml.Node | None, path: tuple[str, ...], value: yaml.Node) -> yaml.MappingNode:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    old = next((found for key, found in pairs if key.value == path[0]), None)
    new = value if len(path) == 1 else _put(old, path[1:], value)
    if old is None:
        return yaml.MappingNode(_MAP, [*pairs, (_node(path[0]), new)])
    return yaml.MappingNode(_MAP, [(key, new if key.value == path[0] else found) for key, found in pairs])


def _node(value: Any) -> yaml.Node:
    return yaml.SafeDumper(io.StringIO()).represent_data(value)


def _moved(name: str, base: str) -> str:
    return name if Path(name).is_absolute() else f"{base}/{name}"
