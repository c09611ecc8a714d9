"""That an edit changed what it was meant to change, and nothing else."""

from __future__ import annotations

import copy
import re
from collections import Counter
from itertools import pairwise
from typing import Any, TypeAlias

from coe.diagnostic import Edit, Path
from coe.errors import CoeError
from coe.format.canonical import plain
from coe.model.validate import Analysis, validate
from coe.parse.document import parse, parse_data

Value: TypeAlias = "str | list[str] | dict[str, Value]"
"""What is written: a text, a list of texts, or fields."""


def proved(analysis: Analysis, edit: Edit, path: Path, value: Value) -> str:
    """Return the text after an edit that changed what it was meant to change and nothing else.

    Errors: `CoeError` when it did not, or when the value is not allowed there.
    """
    before = analysis.document
    text = before.text[: edit.span.start] + edit.text + before.text[edit.span.end :]
    source = before.source.with_text(text)
    document = parse_data(source) if analysis.kind == "catalog" else parse(source)
    after = validate(document, analysis.kind)
    new = _worse(analysis, after)
    if new is not None:
        raise CoeError(f"{before.source.path} is left as it was: {new[0]}", new[1])
    wanted = _with(plain(before.tree), path, value)
    if plain(document.tree) != wanted or document.text[document.body_start :] != before.text[before.body_start :]:
        raise CoeError(
            f"{before.source.path} is left as it was: the edit would change other values as well",
            "The value may come from an anchor, or stand in an uncommon style: edit the file, or run `coe fmt` first.",
        )
    return text


def _worse(before: Analysis, after: Analysis) -> tuple[str, str | None] | None:
    """Return message and help of the first flaw that an edit brought; numbers of items may have moved."""

    def numbered(message: str) -> str:
        return re.sub(r"\[\d+\]", "[]", message)

    known = Counter(numbered(flaw.message) for flaw in (*before.document.flaws, *before.flaws))
    for flaw in (*after.document.flaws, *after.flaws):
        name = numbered(flaw.message)
        if not known[name]:
            return flaw.message, flaw.help
        known[name] -= 1
    return None


def _with(data: Any, path: Path, value: Value) -> Any:
    """Return plain values with one more, or another one, at a path."""
    data = copy.deepcopy(data) if data is not None else {}
    here = data
    for step, following in pairwise(path):
        if isinstance(here, dict) and here.get(step) is None:
            here[step] = [] if isinstance(following, int) else {}
        here = here[step]
    last: Any = path[-1]
    if isinstance(here, list) and isinstance(value, dict):
        here.insert(last, value)
    else:
        here[last] = value
    return data
