"""The words of a reading, to be repeated in other words: its object, its people, the rest of what it says."""

from __future__ import annotations

from collections.abc import Iterator

from coe.language.complement import is_plural, noun_phrase, object_of, quoted, rest_of
from coe.language.conjugation import base_of
from coe.language.lexicon import group, open_group
from coe.language.reading import Reading
from coe.language.subject import Kind, classify
from coe.language.token import Token
from coe.language.verb import is_auxiliary

OBJECT_CASE = {"i": "you", "we": "us", "he": "them", "she": "them", "they": "them"}
_PLAIN_TO_SEE = frozenset({"obvious", "clear", "evident", "glaring", "basic", "simple", "easy", "trivial", "plain", "blatant"})


class Said:
    """The words of one reading, to be repeated in other words."""

    def __init__(self, reading: Reading, text: str) -> None:
        self.reading, self.text = reading, text
        self.tokens, self.first, self.last = reading.tokens, reading.first, reading.last

    def words(self) -> tuple[str, ...]:
        """Return the words that blame."""
        return tuple(token.word for token in self.tokens[self.first : self.last + 1])

    def word(self, at: int) -> str:
        """Return a word of the sentence; nothing outside of it."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def places(self, *wanted: str) -> Iterator[int]:
        """Yield where certain words stand among those that blame."""
        return (at for at in range(self.first, self.last + 1) if self.word(at) in wanted)

    def skip_adverbs(self, at: int) -> int:
        """Return the index of the next word that is no adverb."""
        while at < len(self.tokens) and self.word(at) in open_group("adverb"):
            at += 1
        return at

    def object(self, verb: int) -> str | None:
        """Return the object of a verb as it would stand within a sentence; «an obvious bug» would blame once more."""
        found = object_of(self.tokens, verb)
        if found and any(self.word(at) in _PLAIN_TO_SEE for at in range(found.first, found.last + 1)):
            return None
        said = quoted(self.text, self.tokens, (found.first, found.last + 1)) if found else None
        return lower(said, self.tokens[found.first]) if found and said else None

    def passive(self, verb: int, participle: str | None, no: str = "") -> str | None:
        """Return the act of a verb without its doer: «The volume was deleted»."""
        found = object_of(self.tokens, verb)
        if found is None or participle is None or (base_of(participle) in group("no_act") and not found.particle):
            return None
        many = is_plural(self.tokens, found)
        said = quoted(self.text, self.tokens, (found.first, found.last + 1))
        if many is None or not said:
            return None
        be = "were" if many else "was"
        particle = f" {found.particle}" if found.particle else ""
        return f"{said[0].upper()}{said[1:]} {be} {no}{participle}{particle}"

    def circumstance(self, verb: int) -> str:
        """Return where, when or whereto the act of a verb was, with a space before it; nothing where that is not certain."""
        found = object_of(self.tokens, verb)
        first = found.last + 1 if found else verb + 1
        first += bool(found and found.particle and self.word(first) == found.particle)
        opens = self.word(first) in group("preposition") or self.word(first) in ("when", "before", "after")
        end = (rest_of(self.tokens, first) or (first, first))[1] if opens else first
        accidental = group("judging_adverb") | group("flaw") | {"accident"}
        said = quoted(self.text, self.tokens, (first, end))
        is_told = said and accidental.isdisjoint(self.word(at) for at in range(first, end))
        return f" {said}" if is_told else ""

    def rest(self, first: int, *, until: frozenset[str] = frozenset(), asks: bool = True) -> str | None:
        """Return what completes a verb before an index, with a space before it; a wish holds no «anyone»."""
        found = rest_of(self.tokens, first)
        if found and asks and not group("indefinite").isdisjoint(self.word(at) for at in range(*found)):
            return None
        if found and until:
            found = first, next((at for at in range(*found) if self.word(at) in until), found[1])
        said = quoted(self.text, self.tokens, found) if found else None
        return None if said is None else f" {said}" if said else ""

    def phrase(self, first: int) -> str | None:
        """Return the noun phrase that starts at an index, unless it is about people."""
        last = noun_phrase(self.tokens, first)
        if last is None or classify(self.tokens, first, last).kind not in (Kind.THING, Kind.PROPER):
            return None
        said = quoted(self.text, self.tokens, (first, last + 1))
        return lower(said, self.tokens[first]) if said else None

    def whom(self, who: str | None = None) -> str | None:
        """Return the people of the reading, or others, as an object: «the engineer», «us»."""
        kind, who = self.reading.subject, self.reading.who if who is None else who
        if kind in (Kind.NAMED, Kind.IMPLIED, Kind.NOBODY):
            return "somebody"
        words = who.split()
        while words and (is_auxiliary(words[-1].lower()) or words[-1].lower() in ("not", "n't")):
            words.pop()
        if " ".join(words).lower() in OBJECT_CASE:
            return OBJECT_CASE[" ".join(words).lower()]
        if not words or len(words) > 5 or not all(word.replace("-", "").replace("'s", "").isalpha() for word in words):
            return None
        if any(word.lower() in open_group("past") or word.lower() in open_group("adverb") for word in words):
            return None
        if words[-1].lower() in group("determiner"):
            return None
        if words[0].lower() in ("a", "an"):
            words[0] = "the"
        if words[0][0].isupper() and words[0][1:].islower() and kind is not Kind.PROPER:
            words[0] = words[0].lower()
        return " ".join(words)

    def who(self) -> str | None:
        """Return the people as the subject at the start of a sentence: «The engineer», «We»."""
        who = self.reading.who
        if who.lower() in OBJECT_CASE:
            return who.capitalize()
        whom = None if self.reading.subject in (Kind.NAMED, Kind.IMPLIED, Kind.NOBODY) else self.whom()
        return f"{whom[0].upper()}{whom[1:]}" if whom else None


def lower(said: str, token: Token) -> str:
    """Return words in small letters at their start, when it is only the sentence that made them large."""
    return f"{said[0].lower()}{said[1:]}" if token.word in group("determiner") else said


def is_base(word: str) -> bool:
    """Say whether the word behind the «to» of an act can be its verb."""
    closed = word in group("determiner") or word in group("preposition") or word in open_group("adverb")
    return word.replace("-", "").isalpha() and not closed and word not in ("be", "have", "do")
