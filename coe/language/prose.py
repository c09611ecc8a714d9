"""Document → Prose: its sentences, and what in them blames; sentences without a word that could are never parsed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from coe.language.context import context_of
from coe.language.house import HOUSE, House
from coe.language.names import people_of
from coe.language.reading import Reading, read
from coe.language.sentence import split
from coe.language.token import tokens
from coe.language.trigger import is_foreign, is_suspect, lowered, words_of
from coe.parse.document import Document
from coe.parse.prose import Passage
from coe.text import Span


@dataclass(frozen=True)
class Prose:
    """The prose of a document, read sentence by sentence."""

    document: Document
    categories: frozenset[str] | None = None
    house: House = HOUSE

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the people whom the document itself names."""
        return people_of(self.document.text, self.document.body_start)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Return what blames in the document, at most one reading a sentence, in the order of the text.

        The gravest is taken among the categories that are asked for, so that a rule that is off hides no other.
        """
        mask = self.document.mask
        found = (
            read(tokens(mask, sentence), self.names, context=context_of(passage), categories=self.categories)
            for passage, sentence in self.suspects()
        )
        return tuple(one for one in found if one)

    def of(self, category: str) -> Iterator[Reading]:
        """Yield the readings of one category."""
        return (one for one in self.readings if one.category == category)

    def sentences(self) -> Iterator[tuple[Passage, Span]]:
        """Yield every sentence with its passage."""
        for passage in self._passages:
            yield from ((passage, sentence) for sentence in split(self.document.mask, passage.span))

    def suspects(self) -> Iterator[tuple[Passage, Span]]:
        """Yield the sentences that hold words that can blame."""
        mask = self.document.mask
        low = lowered(mask)
        for passage in self._passages:
            words = words_of(low, passage.span)
            if is_suspect(words) and not is_foreign(words):
                for sentence in split(mask, passage.span):
                    if is_suspect(words_of(low, sentence)):
                        yield passage, sentence

    @cached_property
    def _passages(self) -> tuple[Passage, ...]:
        """Return the passages by place; what YAML shows twice through an alias is read once."""
        return tuple({passage.span: passage for passage in sorted(self.document.passages, key=lambda one: one.span)}.values())


def read_prose(document: Document, categories: frozenset[str] | None = None, house: House = HOUSE) -> Prose:
    """Return the prose of a document; `categories` are those of the rules that run, all when absent."""
    return Prose(document, categories, house)
