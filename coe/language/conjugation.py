"""Forms of verbs, looked up the other way round: what was done → the verb, its participle and its base form.

Only verbs of the lexicon have a base here: where a form could belong to two verbs, or to none, nothing is said.
"""

from __future__ import annotations

import re
from functools import cache

from coe.language.lexicon import Forms, forms, group, irregular, open_group

_GROUPS = ("change", "diligent", "human_act", "own_act", "duty", "belief", "outcome")
# One vowel between consonants at the end: whether the last is doubled depends on the stress, which no spelling shows.
_MAY_DOUBLE = re.compile(r"[^aeiou][aeiou][bdfgklmnprstvz]$")


@cache
def known() -> dict[str, Forms]:
    """Return the verbs of the lexicon by their base."""
    bases = frozenset().union(*(group(name, "base") for name in _GROUPS)) | frozenset(irregular())
    return {base: forms(base) for base in bases}


@cache
def _by_form() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for base, made in known().items():
        for form in (made.past, made.part, made.ing):
            found.setdefault(form, set()).add(base)
    return {form: frozenset(bases) for form, bases in found.items()}


def base_of(form: str) -> str | None:
    """Return the base of a past, participle or gerund; absent when it is not known for certain."""
    bases = _by_form().get(form, frozenset())
    return next(iter(bases)) if len(bases) == 1 else None


def participle_of(word: str) -> str | None:
    """Return the participle of a verb given in its past or participle: `ran` and `run` are both `run`."""
    base = base_of(word)
    if base:
        return known()[base].part
    return word if word.endswith("ed") and word in open_group("participle") else None


def participle_of_base(base: str) -> str | None:
    """Return the participle of a verb given in its base form; absent where its spelling is not certain."""
    if base in known():
        return known()[base].part
    is_verb = len(base) > 1 and base.isalpha()  # «forgot to y)» is a slip
    return forms(base).part if is_verb and not _MAY_DOUBLE.search(base) else None
