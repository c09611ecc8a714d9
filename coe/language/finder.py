"""A verb → its subject, by rules of English word order: looks to the left of the verb."""

from __future__ import annotations

from collections.abc import Sequence

from coe.language.lexicon import group, open_group
from coe.language.subject import IMPLIED, PRONOUNS, THING, Kind, Subject, classify
from coe.language.token import Token
from coe.language.verb import is_auxiliary, is_present, is_verb, verb_group

_STOPS = frozenset({";", ":", "--", "\u2013", "\u2014", "\u2026", ".", "?", "!", "|", "/", "=", "-", "+"})
_ENDS = frozenset({";", ":", ".", "?", "!", "|"})
_MAX_HOPS = 6


class Finder:
    """Looks for the subject to the left of a verb group."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.hops = 0

    def word(self, index: int) -> str:
        """Return the word of a token."""
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
        if word in group("gerund_opener") and self.word(first).endswith("ing"):
            return self._of_gerund(at)
        if word in ("who", "that") and self.word(at - 1) in ("and", "or", "but", "nor"):
            return self._antecedent(at - 1)  # «who approved it and who had»
        if word in group("relative") and at > 0 and not self._is_verb(at - 1) and self.word(at - 1) not in ("so", ","):
            return self._person_before(at) if word == "who" else self._related(at - 1)
        if word in ("who", "whom") and at > 1:
            return self._related(at - 2)
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

    def _of_gerund(self, at: int) -> tuple[Subject, tuple[str, ...], str]:
        """Return the subject of «after ignoring it»: that of the verb before, or of the one behind its comma."""
        if at > 0 and not self._begins_clause(at):
            return self._same_subject(at)
        comma = next((index for index in range(at, len(self.tokens)) if self.word(index) == ","), len(self.tokens))
        verb = next((index for index in range(comma + 1, len(self.tokens)) if self._is_finite(index)), 0)
        if not verb and at:
            return self._same_subject(at)
        return self.subject(verb_group(self.tokens, verb).first) if verb else (THING, (), "")

    def _begins_clause(self, at: int) -> bool:
        """Say whether a new clause starts here, whose subject is behind the comma: «it was down, and by failing to …, we»."""
        return self.word(at - 1) in (";", ":") or (at > 1 and self.word(at - 1) in ("and", "but") and self.word(at - 2) == ",")

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
        return is_verb(self.tokens, at)

    def _noun_phrase(self, last: int) -> tuple[Subject, tuple[str, ...], str]:
        """Return the subject whose noun phrase ends at `last`."""
        if self.word(last) in PRONOUNS or self.word(last) == "whoever":
            return self._found(last, last)
        first = last
        while first > 0 and not self._bounds(first - 1):
            first -= 1
        before = self.word(first - 1) if first else ""
        if self.word(first) == "by" and first > 1 and is_auxiliary(self.word(first - 2)):
            return self._antecedent(first - 2)  # «the server that was patched by an engineer»
        if first and self._is_verb(first - 1) and not is_auxiliary(before) and self.word(first) in group("preposition"):
            return self._noun_phrase(first - 2)  # «the operator assigned to the shift»
        if first and (self._is_relative_verb(first - 1) or self.word(first - 2) == "whoever"):
            return self._antecedent(first - 1)  # «the engineer who wrote the job»
        if before == "who" or (before in ("that", "which") and first > 1 and self._is_noun_before(first)):
            return self._antecedent(first - 1)  # «the team who owns it»
        start = self._inner_start(first, last)
        if start is None:
            return self._after_adjunct(first)
        return self._found(start, last)

    def _related(self, last: int) -> tuple[Subject, tuple[str, ...], str]:
        """Return the noun phrase that a relative clause is about: «done by an engineer who», «we use a library that»."""
        first = last
        while first > 0 and not self._bounds(first - 1):
            first -= 1
        if self.word(first) == "by":
            return self._found(first + 1, last)
        if self.word(first) in PRONOUNS and first < last and self.word(first + 1) not in group("preposition"):
            return self._found(last, last)
        return self._noun_phrase(last)

    def _person_before(self, who: int) -> tuple[Subject, tuple[str, ...], str]:
        """Return the noun phrase before «who»: of «run on the host by a colleague who», only the colleague."""
        found = self._related(who - 1)
        if found[0].kind is not Kind.THING:
            return found
        first = next((at for at in range(who - 2, max(-1, who - 7), -1) if self.word(at) in group("preposition")), None)
        return found if first is None else self._found(first + 1, who - 1)

    def _is_noun_before(self, first: int) -> bool:
        """Say whether «that» and a verb in the present stand behind a noun, so that the noun is the subject of both."""
        return is_present(self.tokens, first) and not self._bounds(first - 2) and self.word(first - 2) not in group("speaking")

    def _found(self, first: int, last: int) -> tuple[Subject, tuple[str, ...], str]:
        before = self.word(first - 1) if first else ""
        inverted = (before,) if is_auxiliary(before) and before not in ("'s", "being") else ()
        return classify(self.tokens, first, last), inverted, before if before in group("opener") else ""

    def _is_relative_verb(self, at: int) -> bool:
        start = verb_group(self.tokens, at).first
        if start < 2 or not self._is_verb(at):
            return False
        if self.word(start - 1) in ("and", "but", "or"):  # «who were on shift and had access»
            clause = [self.word(index) for index in range(start)]
            return "who" in clause and "," not in clause[clause.index("who") :]
        return self.word(start - 1) in ("who", "whose", "that", "which")

    def _bounds(self, at: int) -> bool:
        word = self.word(at)
        return word in (",", "(", ")") or word in _STOPS or word in group("coordinator") or self._opens(at) or self._is_verb(at)

    def _opens(self, at: int) -> bool:
        """Say whether a word opens a clause; «since Monday» and «after the upgrade» do not."""
        following = self.word(at + 1) if at + 1 < len(self.tokens) else ""
        is_time = following[:1].isdigit() or following in group("calendar")
        if self.word(at) == "like" and at and self.word(at - 1) in group("seeming"):
            return True  # «it looks like one of the developers had»
        return self.word(at) in group("opener") and self.word(at) not in ("as", "once") and not is_time

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
                found, _, opener = self.subject(verb_group(self.tokens, index).first)
                return found, (), opener
            index -= 1
        return (IMPLIED if self._is_past(0) or self._is_note() else THING), (), ""

    def _is_note(self) -> bool:
        """Say whether a gerund opens the sentence, behind its time: «10:35 starting the update, but forgot»."""
        first = next((index for index, token in enumerate(self.tokens) if token.word[0].isalpha()), 0)
        return self.word(first) in open_group("ing")

    def _is_finite(self, at: int) -> bool:
        word = self.word(at)
        if is_auxiliary(word):
            return at == 0 or self.word(at - 1) != "to"
        return self._is_verb(at) or (at == 0 and self._is_past(0))

    def _is_past(self, at: int) -> bool:
        return self.word(at) in open_group("past") or self.word(at) in open_group("adverb")

    def _before_comma(self, comma: int) -> tuple[Subject, tuple[str, ...], str]:
        """Return the subject before «, after a pause,» or, in a list of verbs, that of the verb before."""
        end = comma - 1 - (self.word(comma - 1) == ".")  # «Springfield, Ill., forgot»
        opening = next((at for at in range(end, -1, -1) if self.word(at) in (",", *_STOPS)), -1)
        inner = self.word(opening + 1) if opening + 1 < comma else ""
        if comma > 1 and self.word(comma - 1) in open_group("adverb") and self.word(comma - 2) in group("coordinator"):
            return self._same_subject(comma - 2)  # «and, later, forgot» and «and crucially, forgot»
        inserted = (
            inner in group("opener")
            or inner in group("preposition")
            or inner.endswith("ing")
            or inner in open_group("participle")
            or (inner in group("determiner") and not any(map(self._is_finite, range(opening + 1, comma))))
            or inner in group("aside")
            or all(self.tokens[at].is_capital for at in range(opening + 1, end + 1))
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
                return self._related(index - (2 if self.word(index - 1) == "," else 1))
            is_contact = self.word(index) in ("i", "we", "he", "she", "they") and index == verb_group(self.tokens, at).first - 1
            if is_contact and index and not self._bounds(index - 1):
                return self._noun_phrase(index - 1)  # «the person we hired»
        return THING, (), ""
