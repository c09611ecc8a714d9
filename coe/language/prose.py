"""Document → Prose: its sentences, and what in them blames; sentences without a word that could are never parsed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from coe.language.alias import people_besides
from coe.language.context import context_of
from coe.language.house import HOUSE, House
from coe.language.lexicon import group
from coe.language.named import ACCENTED, Named, named
from coe.language.names import people_of, small_words
from coe.language.people import People
from coe.language.reading import Reading, read
from coe.language.sentence import split
from coe.language.token import Token, tokens
from coe.language.trigger import can_blame, is_foreign, lowered, words_of
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
    def people(self) -> People:
        """Return the people of the house and those whom the document itself names."""
        return people_besides(self.house.people, people_of(self.document.text, self.document.body_start, self.is_small))

    def everybody(self) -> Iterator[Named]:
        """Yield the people who are named anywhere in the prose."""
        mask = self.document.mask
        low = lowered(mask)
        for passage in self._passages:
            start, end = passage.span
            words = frozenset(words_of(low, passage.span))
            hit = self.people.may_be_among(words) or not words.isdisjoint(group("given_name"))
            if hit or mask.find("@", start, end) >= 0 or ACCENTED.search(low, start, end):
                for sentence in split(mask, passage.span):
                    yield from named(self.people, self._apart(sentence), self.is_small)

    def blamed(self, category: str) -> Iterator[tuple[Reading, tuple[Named, ...]]]:
        """Yield the readings of one category with the people whom they blame: those in the words, and the subject."""
        for sentence, reading in self._read:
            if reading.category == category:
                everyone = named(self.people, self._apart(sentence), self.is_small)
                yield reading, tuple(one for one in everyone if self._is_meant(one, reading))

    def _is_meant(self, one: Named, reading: Reading) -> bool:
        start, end = one.span
        is_subject = " ".join(self.document.text[start:end].split()) == reading.who
        return is_subject or (start < reading.span.end and reading.span.start < end)

    def is_small(self, word: str) -> bool:
        """Say whether the document writes a word with a small letter too."""
        return word.lower() in self._small

    @cached_property
    def _small(self) -> frozenset[str]:
        return small_words(self.document.mask)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Return what blames in the document, at most one reading a sentence, in the order of the text.

        The gravest is taken among the categories that are asked for, so that a rule that is off hides no other.
        """
        return tuple(reading for _, reading in self._read)

    @cached_property
    def _read(self) -> tuple[tuple[Span, Reading], ...]:
        found = (
            (
                sentence,
                read(self.tokens_of(sentence), frozenset(), context=context_of(passage), categories=self.categories),
            )
            for passage, sentence in self.suspects()
        )
        return tuple((sentence, one) for sentence, one in found if one)

    def tokens_of(self, sentence: Span) -> tuple[Token, ...]:
        """Return the tokens of a sentence, each person one of them."""
        return self.people.joined(self._apart(sentence), self.is_small)

    def _apart(self, sentence: Span) -> tuple[Token, ...]:
        return self.people.apart(tokens(self.document.mask, sentence))

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
            if can_blame(words) and not is_foreign(words):
                for sentence in split(mask, passage.span):
                    if can_blame(words_of(low, sentence)):
                        yield passage, sentence

    @cached_property
    def _passages(self) -> tuple[Passage, ...]:
        """Return the passages by place; what YAML shows twice through an alias is read once."""
        return tuple({passage.span: passage for passage in sorted(self.document.passages, key=lambda one: one.span)}.values())


def read_prose(document: Document, categories: frozenset[str] | None = None, house: House = HOUSE) -> Prose:
    """Return the prose of a document; `categories` are those of the rules that run, all when absent."""
    return Prose(document, categories, house)
