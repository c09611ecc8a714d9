"""The rule `id-matches-file`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from coe.diagnostic import Edit, Fix, Severity
from coe.model.facts import refusal
from coe.model.validate import Analysis
from coe.rule import Bad, Finding, Good, rule

_KEYS = {"coe": "id", "tenet": "id", "program": "id", "minutes": "week"}
_NAMELESS = "stdin.md"  # what standard input is called when no other name is given
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:")
"""With what the path of a document begins that an editor has never saved: it has no name yet."""


@rule(
    "STR101",
    Severity.ERROR,
    Bad(
        "---\nid: «2026-07-14-checkout-pool»\n---\n",
        fixed="---\nid: 2026-07-14-checkout-pool-exhaustion\n---\n",
    ),
    Bad(
        '---\nid: «"2026-07-15-checkout-pool-exhaustion"» # as in the calendar\n---\n',
        fixed='---\nid: "2026-07-14-checkout-pool-exhaustion" # as in the calendar\n---\n',
    ),
    Good("---\nid: 2026-07-14-checkout-pool-exhaustion\n---\n"),
)
def id_matches_file(analysis: Analysis) -> Iterator[Finding]:
    """The id of a document is the name of its file without `.md`; minutes carry their `week` there.

    One name for both means that a reference leads to a file without a search, and that two branches
    never claim the same id for two files. The fix takes the name of the file.
    """
    document, key = analysis.document, _KEYS.get(analysis.kind)
    leaf = document.leaf(key) if key else None
    if key is None or leaf is None or leaf.key is None:
        return
    source = document.source
    if source.path == _NAMELESS or (source.file is None and _ADDRESS.match(source.path)):
        return
    value = leaf.value
    if any(flaw.path == (key,) for flaw in analysis.flaws):
        return
    written = value.value.strip()
    if f"/{document.source.path}".endswith(f"/{written}.md") or written == (stem := PurePath(document.source.path).stem):
        return
    if refusal(analysis.kind, (key,), stem) is None:
        # A value that is folded, or an alias of a text elsewhere, is left to its author.
        plain = not {"\n", "\r"} & set(document.text[leaf.key.span.end : value.span.end]) and value.span > leaf.key.span
        fix = Fix("unsafe", (Edit(value.span, _quoted(stem, value.style)),)) if plain else None
        help_text = f"Write `{key}: {stem}`, or rename the file to `{written}.md`."
        yield Finding((key,), f"`{key}` is `{written}`, and the file is named `{stem}`", help_text, fix)
    else:
        help_text = f"Rename the file to `{written}.md`; `{stem}` cannot be a value of `{key}`."
        yield Finding((key,), f"`{key}` is `{written}`, and the file is named `{stem}`", help_text)


def _quoted(value: str, style: str) -> str:
    return f"{style}{value}{style}" if style in ("'", '"') else value
