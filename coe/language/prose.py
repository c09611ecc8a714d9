"""Document → Prose: its sentences, and what in them blames; sentences without a word that could are never parsed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from coe.language.accepted import without_terms
from coe.language.alias import people_besides
from coe.language.context import context_of
from coe.language.house import HOUSE, House
from coe.language.lexicon import group
from coe.language.main_clause import may_tell_act
from coe.language.named import Named, has_accent, named
from coe.language.names import people_of, small_words
from coe.language.people import People
from coe.language.person import Person
from coe.language.reading import Reading, read
from coe.language.said import Said, said, vocabulary
from coe.language.sentence import split
from coe.language.token import Token, tokens
from coe.language.tongue import foreign_language, is_foreign, is_plainly_english
from coe.language.trigger import is_suspect, likely, lowered, words_of, words_of_all
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
        found = _people_of(self.document.text, self.document.body_start, self.document.mask)
        return people_besides(self.house.people, found) if found else self.house.people

    def may_tell_act(self, sentence: Span) -> bool:
        """Say from afar whether a sentence can tell an act of a person: most cannot, and need not be parsed."""
        said = self._low[sentence.start : sentence.end]
        if self.people is not HOUSE.people or "@" in said or has_accent(said):
            return True
        return may_tell_act(words_of(self._low, sentence))

    def everybody(self) -> Iterator[Named]:
        """Yield the people who are named anywhere in the prose."""
        mask, low = self.mask, self._low
        whole = frozenset(chain.from_iterable([words for _, words in self._passages]))
        if not self._may_name(whole) and "@" not in mask and not has_accent(low):
            return
        for passage, words in self._passages:
            start, end = passage.span
            if self._may_name(frozenset(words)) or mask.find("@", start, end) >= 0 or has_accent(low[start:end]):
                for sentence in split(mask, passage.span):
                    yield from named(self.people, self._apart(sentence), self.is_small)

    def _may_name(self, words: frozenset[str]) -> bool:
        return self.people.may_be_among(words) or not words.isdisjoint(group("given_name"))

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
        return _small_words(self.document.mask)

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
                read(self.tokens_of(sentence), context=context_of(passage), categories=self.categories),
            )
            for passage, sentence in self.suspects()
        )
        return tuple((sentence, one) for sentence, one in found if one)

    def tokens_of(self, sentence: Span) -> tuple[Token, ...]:
        """Return the tokens of a sentence, each person one of them."""
        return self.people.joined(self._apart(sentence), self.is_small)

    def _apart(self, sentence: Span) -> tuple[Token, ...]:
        return self.people.apart(tokens(self.mask, sentence))

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Return the phrases of the house in the document, in the order of the text; they hide no reading, nor it them."""
        known = vocabulary(self.house.phrases)
        if not known.by_key or self.tongue:
            return ()
        low = self._low
        stretches = (
            sentence
            for passage, words in self._passages
            if known.may_hold(words, low, passage.span) and self._is_english(passage, words)
            for sentence in split(self.mask, passage.span)
            if known.may_hold(words_of(low, sentence), low, sentence)
        )
        return tuple(one for sentence in stretches for one in said(self.tokens_of(sentence), known))

    @cached_property
    def tongue(self) -> str | None:
        """Return the language that the document is in for the most part, absent where it may be English.

        Most documents are English, and one word in each passage shows it.
        """
        left = sum([span.end - span.start for (_, span, _, _), _ in self._passages]) / 2
        for (_, span, _, _), words in self._passages:
            if left <= 0:
                return None
            left -= (span.end - span.start) * is_plainly_english(words)
        if left <= 0:
            return None
        return foreign_language([self.mask[passage.span.start : passage.span.end] for passage, _ in self._passages])

    def _is_english(self, passage: Passage, words: list[str]) -> bool:
        return not is_foreign(self.mask[passage.span.start : passage.span.end], words)

    @cached_property
    def mask(self) -> str:
        """Return the prose of the document at its places, with the terms that the house accepts as names of things."""
        return without_terms(self.document.mask, self.house.accepted) if self.house.accepted else self.document.mask

    @cached_property
    def _low(self) -> str:
        return lowered(self.mask)

    def of(self, category: str) -> Iterator[Reading]:
        """Yield the readings of one category."""
        return (one for one in self.readings if one.category == category)

    def sentences(self) -> Iterator[tuple[Passage, Span]]:
        """Yield every sentence with its passage."""
        for passage, _ in self._passages:
            yield from ((passage, sentence) for sentence in split(self.mask, passage.span))

    def suspects(self) -> Iterator[tuple[Passage, Span]]:
        """Yield the sentences that hold words that can blame; none of a document in another language."""
        if self.tongue:
            return
        mask, low, passages = self.mask, self._low, self._passages
        for at, given in sorted(likely([words for _, words in passages]).items()):
            passage, words = passages[at]
            if self._is_english(passage, words):
                for sentence in split(mask, passage.span):
                    if is_suspect(words_of(low, sentence), given):
                        yield passage, sentence

    @cached_property
    def _passages(self) -> tuple[tuple[Passage, list[str]], ...]:
        """Return the passages by place, each with its plain words; what YAML shows twice through an alias is read once."""
        by_span = {one.span: one for one in self.document.passages}
        spans = sorted(by_span)
        return tuple(zip([by_span[span] for span in spans], words_of_all(self._low, spans), strict=True))


# Some rules read the prose of a document for themselves, without the house: what it says of people is looked for once.
_small_words = lru_cache(maxsize=2)(small_words)


@lru_cache(maxsize=2)
def _people_of(text: str, start: int, mask: str) -> tuple[Person, ...]:
    return people_of(text, start, lambda word: word.lower() in _small_words(mask))


def read_prose(document: Document, categories: frozenset[str] | None = None, house: House = HOUSE) -> Prose:
    """Return the prose of a document; `categories` are those of the rules that run, all when absent."""
    return Prose(document, categories, house)
