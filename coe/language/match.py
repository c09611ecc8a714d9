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
    context: Context
    clauses: dict[int, Clause]
    """The clauses of the sentence that are already known, by the token that was asked for."""

    def clause(self, at: int | None = None) -> Clause:
        """Return the clause in which the phrase, or another token, stands."""
        place = self.first if at is None else at
        if place not in self.clauses:
            self.clauses[place] = clause_at(self.tokens, place)
        return self.clauses[place]

    def has(self, flag: str) -> bool:
        """Say whether the phrase has a flag."""
        return flag in self.phrase.flags
