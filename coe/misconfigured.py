"""What is wrong with settings → the keys it is about, the problem in words, and what helps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

from coe.diagnostic import dotted
from coe.table import Table
from coe.text import nearest

if TYPE_CHECKING:
    from coe.toml_places import Path as Keys

_DUE = {
    "list_type": 'a list is due, such as ["a", "b"]',
    "model_type": "a table is due",
    "dict_type": "a table is due",
    "string_type": "a text in quotation marks is due",
    "int_type": "a whole number is due",
    "bool_type": "true or false is due",
}
_ALLOWED = "See `coe schema config` for what is allowed."
_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def told(error: Mapping[str, Any], model: type[Table]) -> tuple[Keys, str, str]:
    """Return the keys, the problem and an advice for one error that pydantic found in the settings of a model."""
    kind, keys = error["type"], error["loc"]
    # pydantic marks what is wrong with a key, not with its value, by a last part of its own.
    keys = keys[:-1] if keys[-1] == "[key]" else keys
    if kind == "missing":
        return keys, f"`{dotted(keys)}` is missing", "See `coe schema config` for what is due."
    if kind == "extra_forbidden":
        return keys, f"unknown key `{dotted(keys)}`", _known(keys, model)
    if kind == "literal_error":
        words = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        guess = nearest(str(error["input"]), words)
        said = f"{dotted(keys)}: `{error['input']}` is none of {', '.join(words)}"
        return keys, said, f"Did you mean `{guess}`?" if guess else _ALLOWED
    return keys, f"{dotted(keys)}: {_DUE.get(kind) or error['msg'].removeprefix('Value error, ')}", _ALLOWED


def _known(keys: Keys, model: type[Table]) -> str:
    """Return what the key that nobody knows was most likely meant to be."""
    if keys[:1] == ("tool",):
        return "[tool.coe.lint] is for pyproject.toml: write [lint] here."
    known = _names(keys[:-1], model)
    guess = nearest(str(keys[-1]), known)
    return f"Did you mean `{guess}`?" if guess else f"Known keys: {', '.join(known)}."


def _names(keys: Keys, model: type[Table]) -> list[str]:
    """Return the keys that the table at a path can have."""
    for part in keys:
        held = next((field.annotation for name, field in model.model_fields.items() if part in (name, field.alias)), None)
        # The items of a list and the values of a table are what its annotation names last.
        inner = (held, *get_args(held)[-1:])
        model = next((one for one in inner if isinstance(one, type) and issubclass(one, Table)), model)
    return [field.alias or name for name, field in model.model_fields.items()]


def broken(text: str, said: str) -> tuple[int, str, str]:
    """Return the line of what the reader of TOML stopped at (0 when unknown), its words without it, and an advice."""
    place = _AT.search(said)
    if not place:
        return 0, said, "Mend the file, or see `coe schema config`."
    line = int(place[1] or text.rstrip().count("\n") + 1)
    shown = " ".join(text.split("\n")[line - 1].split())[:60]
    return line, said[: place.start()], f"It says `{shown}`: mend it, or see `coe schema config`."
