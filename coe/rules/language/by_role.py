"""A named person → the fix that writes the role, or the words of help that suggest it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coe.diagnostic import Edit, Fix
from coe.language.named import Named
from coe.language.role import role_of, stead_of

_MARKUP = re.compile(r"[*~`<>|\[\]]|_\s|\s_")


def role_fix(persons: Iterable[Named], text: str) -> Fix | None:
    """Return the fix that puts roles in the place of names in a text; absent where no name has a role that fits."""
    steads = {stead for one in persons if (stead := stead_of(one)) is not None}
    plain = (stead for stead in sorted(steads) if not _MARKUP.search(text, *stead.span))  # half of a pair would be left
    edits = tuple(Edit(stead.span, stead.text) for stead in plain)
    return Fix("unsafe", edits) if edits else None


def role_help(persons: Iterable[Named], otherwise: str) -> str:
    """Return the help that names the roles to write; `otherwise` is said where no role is known."""
    roles = dict.fromkeys(role for one in persons if (role := role_of(one.mention.person)))
    return f"Write {' and '.join(f'“the {role}”' for role in roles)} for the name." if roles else otherwise
