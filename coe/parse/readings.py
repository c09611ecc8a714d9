"""What other readers make of YAML: the older YAML 1.1 (PyYAML, and with it most site engines) and YAML 1.2."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, TypeAlias

from coe.parse.tree import Leaf

Told: TypeAlias = "tuple[str, str] | dict[str, Told] | list[Told]"
"""A value as the second reader has it: the text and the type of a scalar, or what a collection holds."""

MAX_COMPARED = 300_000
"""A longer YAML text is not given to the second reader, which is written in Python and slow."""
_PREFIX = "tag:yaml.org,2002:"
_LATER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_LATER_WORDS = re.compile(r"true|True|TRUE|false|False|FALSE|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_SIGNS = frozenset("+-.0123456789<=~")
"""With what a value begins that a reader may take for something else than text, but for these words."""
_WORDS = frozenset(
    spelled for word in ("yes", "no", "on", "off", "true", "false") for spelled in (word, word.capitalize(), word.upper())
)


def unsure(leaves: Iterable[Leaf]) -> list[Leaf]:
    """Return the unquoted values that a reader may take for something else than text: most values are surely text."""
    return [leaf for leaf in leaves if ((text := leaf.value.value)[:1] in _SIGNS or text in _WORDS) and not leaf.value.style]


# PyYAML is loaded where it is asked: most runs read usual YAML only, which nobody else is to be asked about.
@cache
def _earlier() -> tuple[Any, Any]:
    import yaml

    return yaml.resolver.Resolver(), yaml.constructor.SafeConstructor()


def earlier_reading(plain: str) -> object:
    """Return what YAML 1.1 takes an unquoted value for: the value itself, or the text when it is one."""
    import yaml

    resolver, constructor = _earlier()
    tag = resolver.resolve(yaml.ScalarNode, plain, (True, False)).removeprefix(_PREFIX)
    if tag == "str":
        return plain
    node = yaml.ScalarNode(_PREFIX + tag, plain)
    try:
        return {
            "bool": constructor.construct_yaml_bool,
            "int": constructor.construct_yaml_int,
            "float": constructor.construct_yaml_float,
            "timestamp": constructor.construct_yaml_timestamp,
        }[tag](node)
    except (KeyError, ValueError, OverflowError, yaml.YAMLError):
        return None


def is_special_later(plain: str) -> bool:
    """Say whether YAML 1.2 takes an unquoted value for a number or a truth value."""
    return bool(_LATER.fullmatch(plain) or _LATER_WORDS.fullmatch(plain))


def named(value: object) -> str:
    """Return a value as a message names it."""
    if isinstance(value, bool):
        return f"the truth value {str(value).lower()}"
    if isinstance(value, dt.date):
        return f"the time {value}" if isinstance(value, dt.datetime) else f"the day {value}"
    if isinstance(value, int | float):
        shown = str(value) if abs(value) < 10**15 else f"{float(value):.3g}" if abs(value) < 10**300 else "past counting"
        return f"the number {shown}"
    return "no text" if value is None else "a text"


def second_reading(text: str) -> tuple[Told | None, tuple[int, str] | None]:
    """Return what PyYAML's own parser reads, without libyaml; or where it stops, and why.

    Only for texts that our reader took: that one has the caps which keep this one from running away.
    """
    import yaml

    try:
        return _told(yaml.compose(text, Loader=yaml.SafeLoader)), None
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        return None, (mark.index if mark else 0, error.problem or "it cannot be read")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return None, (0, str(error).splitlines()[0] if str(error) else "it cannot be read")


def _told(node: Any) -> Told | None:
    import yaml

    if node is None:
        return None
    if isinstance(node, yaml.MappingNode):
        pairs = [(str(key.value), _told(value)) for key, value in node.value]
        if len(dict(pairs)) < len(pairs):
            raise ValueError("a key stands twice")
        return {key: value for key, value in pairs if value is not None}
    if isinstance(node, yaml.SequenceNode):
        return [told for item in node.value if (told := _told(item)) is not None]
    return node.value, node.tag.removeprefix(_PREFIX)


def shares_values(text: str) -> bool:
    """Say whether a YAML text has anchors, aliases, merged keys or tags: one place that speaks for several."""
    import yaml

    loader: Any = getattr(yaml, "CLoader", yaml.Loader)(text)
    try:
        while type(event := loader.get_event()) is not yaml.StreamEndEvent:
            if type(event) is yaml.AliasEvent or getattr(event, "anchor", None) or getattr(event, "tag", None):
                return True
            if type(event) is yaml.ScalarEvent and event.value == "<<" and not event.style:
                return True
        return False
    except yaml.YAMLError:
        return True
    finally:
        loader.dispose()
