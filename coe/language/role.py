"""A person in a sentence → the role in the place of the name, where the sentence stays one."""

from __future__ import annotations

import re
from typing import NamedTuple

from coe.language.lexicon import group, open_group
from coe.language.named import Named
from coe.language.naming import begins
from coe.language.person import Person
from coe.language.token import Token
from coe.language.verb import is_auxiliary
from coe.parse.prose import OPAQUE
from coe.text import Span

_PLAIN = re.compile(r"[^\W_][\w -]*[^\W_]")  # means nothing to YAML and to Markdown
_MARKS = frozenset({"", ",", ".", ";", ":", "(", ")", "?", "!", "-", "--", "\u2013", "\u2014", "\u2026", "*", "|"})
_FARTHEST = 40  # tokens from the label of a list to one in it
_THANKED = frozenset({"thank", "thanks", "to"})


class Stead(NamedTuple):
    """The text that goes where a name stands."""

    span: Span
    text: str


def role_of(person: Person | None) -> str:
    """Return the role of a person as it stands in a sentence, without its article; empty when it cannot."""
    if person is None or not _PLAIN.fullmatch(person.role) or (person.role.endswith("s") and not person.role.endswith("ss")):
        return ""
    words = person.role.split()
    title = all(word[0].isupper() for word in words)
    return " ".join(_lowered(word) if title or at == 0 else word for at, word in enumerate(words))


def _lowered(word: str) -> str:
    """Return a word in small letters; «SRE» and «DBAs» stay."""
    return word if sum(map(str.isupper, word)) > 1 else word.lower()


def stead_of(one: Named) -> Stead | None:
    """Return what to write for a name; absent where no role is known, or where it would not fit between its neighbours."""
    person, tokens = one.mention.person, one.tokens
    role = role_of(person)
    if person is None or not role or not one.is_alone:
        return None
    first, last = one.mention.first, _with_bracket(one)
    end = tokens[last].end
    if _is_label(tokens, first, last):
        return Stead(Span(tokens[first].start, end), person.role)
    if not (_fits_before(tokens, first) and _fits_behind(tokens, last)):
        return None
    text = f"{'The' if _opens(tokens, first) else 'the'} {role}"
    if last + 1 < len(tokens) and tokens[last + 1].text in ("'", "\u2019"):
        return Stead(Span(tokens[first].start, tokens[last + 1].end), f"{text}{tokens[last + 1].text}s")
    return Stead(Span(tokens[first].start, end), text)


def _with_bracket(one: Named) -> int:
    """Return the last token of a name together with «(AK)» or «(@akern)» behind it."""
    tokens, last, person = one.tokens, one.mention.last, one.mention.person
    closing = next((at for at in range(last + 2, min(last + 5, len(tokens))) if tokens[at].word == ")"), 0)
    if not closing or tokens[last + 1].word != "(" or person is None:
        return last
    behind = one.behind
    same = behind is not None and behind.first < closing and behind.person == person
    said = "".join(token.text for token in tokens[last + 2 : closing])
    return closing if same or said in person.initials or said.lstrip("@") in person.handles or said in person.emails else last


def _is_label(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """Say whether a name stands alone, in a cell or in a list behind «Attendees:»: there a role has no article."""
    if last + 1 < len(tokens) and tokens[last + 1].word not in (",", ";", ")", "and", "/"):
        return False
    at, farthest = first - 1, max(0, first - _FARTHEST)
    while at >= farthest and (tokens[at].word in (",", ";", "and", "(", ")", "/") or not tokens[at].text[0].islower()):
        if tokens[at].word == ":":
            return True
        at -= 1
    return first == 0 and last + 1 == len(tokens)


def _opens(tokens: tuple[Token, ...], first: int) -> bool:
    """Say whether a sentence begins at a name; before a small letter it does not end at the stop, as before a handle."""
    before = tokens[first - 1].word if first else ""
    if before in (".", "?", "!"):
        return first < 2 or (len(tokens[first - 2].word) > 1 and tokens[first - 2].word not in group("abbreviation"))
    return before not in (":", ",", ";", "(") and begins(tokens, first)


def _fits_before(tokens: tuple[Token, ...], first: int) -> bool:
    """Say whether «the engineer» may follow what stands before: no article, no adjective, no title."""
    word = tokens[first - 1].word if first else ""
    if word in open_group("past") and not is_auxiliary(word):
        before = tokens[first - 2].word if first > 1 else ""
        return before != "" and before not in group("determiner")  # «asked Anna», not «a tired Anna»
    plain = word in _MARKS or word[0].isdigit() or word in _THANKED or word == "that"
    classes = ("preposition", "coordinator", "opener", "human_verb")
    return (
        plain
        or (is_auxiliary(word) and word != "'s")
        or word in open_group("adverb")
        or any(word in group(name) for name in classes)
    )


def _fits_behind(tokens: tuple[Token, ...], last: int) -> bool:
    """Say whether «the engineer» may stand before what follows: a verb, a mark, no noun and no other name for the same."""
    words = [token.word for token in tokens[last + 1 : last + 3]] + ["", ""]
    word, then = words[:2]
    if word == ",":
        return then not in group("determiner")  # «Anna, the engineer on call,»
    if word in _MARKS or word in ("'s", "to", "not") or is_auxiliary(word):
        return True
    if word in open_group("past") or word in open_group("adverb"):
        return True
    classes = ("preposition", "coordinator", "opener", "human_verb")
    present = word.endswith("s") and (then in ("", ".", ",", OPAQUE, "it", "them", "to") or then in group("determiner"))
    return present or any(word in group(name) for name in classes)
