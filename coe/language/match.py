"""A phrase found in a sentence, and what stands around it."""

from __future__ import annotations

from typing import NamedTuple

from coe.language.clause import Clause, clause_at
from coe.language.context import Context
from coe.language.phrase import Phrase
from coe.language.token import Token


class Match(NamedTuple):
    """A phrase at a place: the tokens of its sentence, and which of them it covers."""

    phrase: Phrase
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    first: int
    last: int
    names: frozenset[str]
    context: Context

    def clause(self, at: int | None = None) -> Clause:
        """Return the clause in which the phrase, or another token, stands."""
        return clause_at(self.tokens, self.first if at is None else at, self.names)

    def has(self, flag: str) -> bool:
        """Say whether the phrase has a flag."""
        return flag in self.phrase.flags
