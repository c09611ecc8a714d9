"""A verb in a sentence → its clause: subject, voice, modality, negation and tense, by rules of English word order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from coe.language.lexicon import group, open_group
from coe.language.subject import IMPLIED, PRONOUNS, THING, Kind, Subject, classify
from coe.language.token import Token

_STOPS = frozenset({";", ":", "--", "\u2013", "\u2014", "\u2026", ".", "?", "!", "|", "/", "=", "-", "+"})
_ENDS = frozenset({";", ":", ".", "?", "!", "|"})
_MAX_HOPS = 6


class Clause(NamedTuple):
    """What is said of a subject; `first` is where the verb group starts, `opener` the word that begins the clause."""

    subject: Subject
    first: int
    modal: str = ""
    is_negated: bool = False
    is_past: bool = False
    is_passive: bool = False
    is_infinitive: bool = False
    opener: str = ""


class _Group(NamedTuple):
    first: int
    words: tuple[str, ...]


def clause_at(tokens: Sequence[Token], verb: int, names: frozenset[str] = frozenset()) -> Clause:
    """Return the clause whose verb, or the adverb or negation before it, is the token at `verb`."""
    verbs = _verb_group(tokens, verb)
    finder = _Finder(tokens, names)
    subject, inverted, opener = finder.subject(verbs.first)
    words = (*verbs.words, *inverted)
    word = tokens[verb].word
    be = max((place for place, one in enumerate(words) if one in group("be")), default=-1)
    is_passive = be >= 0 and word in open_group("participle") and not any(w in group("have") for w in words[be + 1 :])
    return Clause(
        subject=subject,
        first=verbs.first,
        modal=next((one for one in words if one in group("modal")), ""),
        is_negated=any(one in ("not", "never", "cannot") for one in words) or subject.kind is Kind.NOBODY,
        is_past=word in open_group("past") or any(one in ("did", "had", "has", "have", "was", "were", "been") for one in words),
        is_passive=is_passive,
        is_infinitive="to" in verbs.words,
        opener=opener,
    )


def _verb_group(tokens: Sequence[Token], verb: int) -> _Group:
    """Return where the auxiliaries and adverbs before a verb start, and which they are."""
    first = verb
    while first > 0:
        word = tokens[first - 1].word
        asks = word in group("asking") and tokens[first].word == "to"
        if word == "since" and first > 1 and tokens[first - 2].word in group("have"):
            first -= 1
            continue
        if not (is_auxiliary(word) or word in open_group("adverb") or word == "to" or asks):
            break
        if word == "'s" and not _is_short_verb(tokens, first - 1):
            break
        first -= 1
    return _Group(first, tuple(token.word for token in tokens[first:verb]))


def is_auxiliary(word: str) -> bool:
    """Say whether a word is a form of be, have or do, or a modal."""
    return word in group("be") or word in group("have") or word in group("do") or word in group("modal")


def _is_short_verb(tokens: Sequence[Token], at: int) -> bool:
    """Say whether `'s` is short for is or has: behind a pronoun it is, behind a noun it shows an owner."""
    return at > 0 and tokens[at - 1].word in group("pronoun_before_s")


class _Finder:
    """Looks for the subject to the left of a verb group."""

    def __init__(self, tokens: Sequence[Token], names: frozenset[str]) -> None:
        self.tokens = tokens
        self.names = names
        self.hops = 0

    def word(self, index: int) -> str:
        return self.tokens[index].word

    def subject(self, first: int) -> tuple[Subject, tuple[str, ...], str]:
        """Return the subject, the auxiliary that stands before it in questions, and the word that opens the clause."""
        self.hops += 1
        if self.hops > _MAX_HOPS:
            return THING, (), ""
        at = first - 1
        while at >= 0 and self.word(at) in open_group("adverb"):
            at -= 1
        at = self._before_aside(at)
        if self._is_start(at):
            return IMPLIED, (), ""
        word = self.word(at)
        if word in ("who", "that") and self.word(at - 1) in ("and", "or", "but", "nor"):
            return self._antecedent(at - 1)  # «who approved it and who had»
        if word in group("relative") and at > 0 and not self._is_verb(at - 1) and self.word(at - 1) not in ("so", ","):
            return self._person_before(at) if word == "who" else self._noun_phrase(at - 1)
        if word in ("who", "whom") and at > 1:
            return self._noun_phrase(at - 2)
        if word in group("coordinator"):
            return self._same_subject(at)
        if word == ",":
            return self._before_comma(at)
        if word == ")":
            return self._before_bracket(at)
        if word in group("opener") or word in _STOPS:
            return (IMPLIED if word in (":", "-", "\u2013", "\u2014") else THING), (), word
        if self._is_verb(at):
            return self._antecedent(at)
        return self._noun_phrase(at)

    def _person_before(self, who: int) -> tuple[Subject, tuple[str, ...], str]:
        """Return the noun phrase before «who»: of «run on the host by a colleague who», only the colleague."""
        found = self._noun_phrase(who - 1)
        if found[0].kind is not Kind.THING:
            return found
        first = next((at for at in range(who - 2, max(-1, who - 7), -1) if self.word(at) in group("preposition")), None)
        return found if first is None else self._found(first + 1, who - 1)

    def _is_start(self, at: int) -> bool:
        """Say whether nothing but times, marks, little words and names of things stands before, or «while debugging,»."""
        while at >= 0 and self._is_little(at):
            at -= 1
        return at < 0 or self._is_adjunct(at)

    def _is_little(self, at: int) -> bool:
        word = self.word(at)
        return word[0].isdigit() or word in _STOPS or word in group("before_note") or (word == "," and self._is_start(at - 1))

    def _is_adjunct(self, last: int) -> bool:
        """Say whether a sentence up to a word is but «while debugging» or «during the rollback,»: its subject is dropped."""
        end = last - (self.word(last) == ",")
        if self.word(0) in group("adjunct_opener") and end > 0 and self.word(1) in open_group("ing"):
            return not any(self.word(index) == "," or self._is_subject(index) for index in range(1, end + 1))
        is_adjunct = self.word(last) == "," and self.word(0) in group("preposition") and end > 0
        return is_adjunct and not any(self._is_verb(index) or self.word(index) == "," for index in range(1, end + 1))

    def _is_subject(self, at: int) -> bool:
        return self.word(at) in PRONOUNS or self._is_verb(at) or self.word(at) in group("human")

    def _before_aside(self, at: int) -> int:
        """Return the index before «, however,», «, Priya,» or «— new to the job —»."""
        if at < 2 or self.word(at) not in (",", "-", "--", "\u2013", "\u2014"):
            return at
        opening = next((index for index in range(at - 1, max(at - 12, 0), -1) if self.word(index) == self.word(at)), 0)
        if not opening or any(self._is_finite(index) for index in range(opening + 1, at)):
            return at
        is_short = at - opening == 2 and (self.word(at - 1) in open_group("adverb") or self.tokens[at - 1].is_capital)
        return opening - 1 if self.word(at) != "," or is_short else at

    def _is_verb(self, at: int) -> bool:
        """Say whether a word is a finite verb; a participle behind «the» or «a poorly» is an adjective."""
        word = self.word(at)
        if is_auxiliary(word):
            return word != "'s" or _is_short_verb(self.tokens, at)
        if word not in open_group("past") and word not in open_group("participle"):
            return False
        before = at - 1
        while before >= 0 and self.word(before) in open_group("adverb"):
            before -= 1
        noun = self.word(before) if before >= 0 else ""
        if noun in group("same_past_noun"):
            return False
        return not (noun in group("determiner") or noun in group("preposition") or noun in ("", ",", "and", "'s"))

    def _noun_phrase(self, last: int) -> tuple[Subject, tuple[str, ...], str]:
        """Return the subject whose noun phrase ends at `last`."""
        if self.word(last) in PRONOUNS or self.word(last) == "whoever":
            return self._found(last, last)
        first = last
        while first > 0 and not self._bounds(first - 1):
            first -= 1
        before = self.word(first - 1) if first else ""
        if self.word(first) == "by" and first > 1 and is_auxiliary(self.word(first - 2)):
            return self._found(first + 1, last)  # «was done by an engineer who»
        if first and self._is_verb(first - 1) and not is_auxiliary(before) and self.word(first) in group("preposition"):
            return self._noun_phrase(first - 2)  # «the operator assigned to the shift»
        if first and (self._is_relative_verb(first - 1) or self.word(first - 2) == "whoever"):
            return self._antecedent(first - 1)  # «the engineer who wrote the job»
        start = self._inner_start(first, last)
        if start is None:
            return self._after_adjunct(first)
        return self._found(start, last)

    def _found(self, first: int, last: int) -> tuple[Subject, tuple[str, ...], str]:
        before = self.word(first - 1) if first else ""
        inverted = (before,) if is_auxiliary(before) and before not in ("'s", "being") else ()
        return classify(self.tokens, first, last, self.names), inverted, before if before in group("opener") else ""

    def _is_relative_verb(self, at: int) -> bool:
        start = _verb_group(self.tokens, at).first
        if start < 2 or not self._is_verb(at):
            return False
        if self.word(start - 1) == "and":  # «who were on shift and had access»
            clause = [self.word(index) for index in range(start)]
            return "who" in clause and "," not in clause[clause.index("who") :]
        return self.word(start - 1) in ("who", "whose", "that", "which")

    def _bounds(self, at: int) -> bool:
        word = self.word(at)
        return word in (",", "(", ")") or word in _STOPS or word in group("coordinator") or self._opens(at) or self._is_verb(at)

    def _opens(self, at: int) -> bool:
        """Say whether a word opens a clause; «since Monday» and «after the upgrade» do not."""
        return self.word(at) in group("opener") and self.word(at) not in ("as", "once")

    def _inner_start(self, first: int, last: int) -> int | None:
        """Return where the subject starts behind «during the upgrade», absent when nothing follows that."""
        while first < last and self.word(first) in open_group("adverb"):
            first += 1
        if self.word(first) not in group("preposition"):
            return first
        for index in range(last, first, -1):
            starts = self.word(index) in group("determiner") or self.word(index) in ("i", "we", "he", "she", "they", "nobody")
            if starts and self.word(index - 1) not in group("preposition"):
                return index
        return last if self.tokens[last].is_capital and self.word(last - 1) not in group("preposition") else None

    def _after_adjunct(self, first: int) -> tuple[Subject, tuple[str, ...], str]:
        return (IMPLIED, (), "") if first == 0 else (THING, (), "")

    def _same_subject(self, at: int) -> tuple[Subject, tuple[str, ...], str]:
        """Return the subject of the verb that stands before a coordinator."""
        index = at - 1
        while index >= 0 and (index == at - 1 or self.word(index) not in _ENDS):
            if self._opens(index) and self.word(index) not in group("relative"):
                break
            if self._is_finite(index):
                found, _, opener = self.subject(_verb_group(self.tokens, index).first)
                return found, (), opener
            index -= 1
        return (IMPLIED if self._is_past(0) else THING), (), ""

    def _is_finite(self, at: int) -> bool:
        word = self.word(at)
        if is_auxiliary(word):
            return at == 0 or self.word(at - 1) != "to"
        return self._is_verb(at) or (at == 0 and self._is_past(0))

    def _is_past(self, at: int) -> bool:
        return self.word(at) in open_group("past") or self.word(at) in open_group("adverb")

    def _before_comma(self, comma: int) -> tuple[Subject, tuple[str, ...], str]:
        """Return the subject before «, after a pause,» or, in a list of verbs, that of the verb before."""
        opening = next((at for at in range(comma - 1, -1, -1) if self.word(at) in (",", *_STOPS)), -1)
        inner = self.word(opening + 1) if opening + 1 < comma else ""
        if comma > 1 and self.word(comma - 1) in open_group("adverb") and self.word(comma - 2) in group("coordinator"):
            return self._same_subject(comma - 2)  # «and, later, forgot» and «and crucially, forgot»
        inserted = (
            inner in group("opener")
            or inner in group("preposition")
            or inner.endswith("ing")
            or inner in open_group("participle")
            or inner in group("determiner")
            or inner in group("aside")
        )
        if opening > 0 and self.word(opening) == "," and inserted and not self._is_verb(opening - 1):
            return self._noun_phrase(opening - 1)
        return self._same_subject(comma)

    def _before_bracket(self, closing: int) -> tuple[Subject, tuple[str, ...], str]:
        opening = next((at for at in range(closing - 1, 0, -1) if self.word(at) == "("), 0)
        return self.subject(opening) if opening else (THING, (), "")

    def _antecedent(self, at: int) -> tuple[Subject, tuple[str, ...], str]:
        """Return the noun before a relative clause that ends at `at`: «the user whose account was locked had …»."""
        for index in range(at, -1, -1):
            if self.word(index) in _STOPS:
                break
            if self.word(index) == "whoever":
                return self._found(index, index)
            if self.word(index) in group("relative") and index and self.word(index - 1) not in (*_STOPS, "and", "or"):
                return self._noun_phrase(index - (2 if self.word(index - 1) == "," else 1))
            is_contact = (
                self.word(index) in ("i", "we", "he", "she", "they") and index == _verb_group(self.tokens, at).first - 1
            )
            if is_contact and index and not self._bounds(index - 1):
                return self._noun_phrase(index - 1)  # «the person we hired»
        return THING, (), ""
