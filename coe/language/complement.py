"""What follows a verb → its object, and the rest of what is said; nothing where the parse is not certain.

A hint repeats these words inside a sentence of its own. A wrong guess would make it ungrammatical, so each rule here gives
up early: better no words than wrong ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from coe.language.lexicon import group, open_group
from coe.language.token import Token
from coe.language.verb import is_auxiliary
from coe.parse.prose import OPAQUE

_MARKS = frozenset({".", ",", ";", ":", "(", ")", "!", "?", "--", "\u2013", "\u2014", "\u2026"})
_ENDS = frozenset({".", ";", ":", "!", "?", "--", "\u2013", "\u2014", "\u2026", "(", ")"})
_JOINS = frozenset({"and", "or", "nor", "plus", "&"})
_MOST_WORDS = 14
_LONGEST_NOUN_PHRASE = 9
_MARKUP = re.compile(r"[*<>\[\]\\\"\u201c\u201d\u00ab\u00bb{}|]|''|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|https?:|<!--")
_CODE = re.compile(r"`[^`\n]{1,40}`")


class Object(NamedTuple):
    """The object of a verb: its tokens `first` to `last`, and the particle that belongs to the verb (`down`, `back`)."""

    first: int
    last: int
    particle: str = ""


def object_of(tokens: Sequence[Token], verb: int) -> Object | None:
    """Return the object of the verb at an index; absent when there is none, or no certain one."""
    first, particle = verb + 1, ""
    if first < len(tokens) and tokens[first].word in group("particle"):
        first, particle = first + 1, tokens[first].word
    last = noun_phrase(tokens, first)
    if last is None:
        return None
    after = tokens[last + 1].word if last + 1 < len(tokens) else "."
    if after in group("particle") | group("stranded") and not particle:
        beyond = tokens[last + 2].word if last + 2 < len(tokens) else "."
        ends = beyond in _MARKS or beyond in group("opener") or beyond in _JOINS
        if ends or (after in group("particle") and (beyond in group("preposition") or beyond in open_group("adverb"))):
            return Object(first, last, after)
        if after in group("particle"):
            return None
    return Object(first, last, particle)


def noun_phrase(tokens: Sequence[Token], first: int) -> int | None:
    """Return where the noun phrase ends that starts at an index; absent when it is not one for certain."""
    if first >= len(tokens) or not _can_start(tokens[first]):
        return None
    at = first
    while at < len(tokens) and at - first < _LONGEST_NOUN_PHRASE and not _stops(tokens, at, first):
        at += 1
    if at < len(tokens) and tokens[at].word == "of" and at > first:
        inner = noun_phrase(tokens, at + 1)
        return inner if inner is not None and inner - first < _LONGEST_NOUN_PHRASE else None
    last = at - 1
    whole = tokens[first : last + 1]
    return last if last >= first and _is_noun(whole) and _ends_well(tokens, at) else None


def _can_start(token: Token) -> bool:
    word = token.word
    if word in group("personal") or word in group("pronoun") - group("one") - group("several"):
        return False
    if word in group("determiner") or word == OPAQUE:
        return word not in ("no", "such", "same", "other", "any", "that")  # «that» opens a clause more often
    return word.isalpha() and not _is_closed(word) and word not in open_group("adverb") and word not in group("particle")


def _is_closed(word: str) -> bool:
    classes = ("preposition", "opener", "coordinator", "pronoun", "modal", "be", "have", "do", "condition", "nobody")
    return word in group("object_pronoun") or any(word in group(name) for name in classes)


def _stops(tokens: Sequence[Token], at: int, first: int) -> bool:
    """Say whether a noun phrase that starts at `first` cannot go on with the token at `at`."""
    word = tokens[at].word
    if at == first:
        return False
    if word in _MARKS or word in group("particle") or word in _JOINS or word in group("preposition") or word in group("opener"):
        return True
    if word in open_group("adverb") or word in group("degree") or word in group("coordinator"):
        return True
    return is_auxiliary(word) and word != "'s"


def _is_noun(whole: Sequence[Token]) -> bool:
    """Say whether words make a noun phrase: no verb in it, and a noun at its end."""
    last = whole[-1]
    if whole[0].word not in group("determiner") and whole[0].word != OPAQUE and not _is_bare_plural(whole):
        return False
    if len(whole) == 1:
        return last.word not in group("determiner")
    for index, token in enumerate(whole[1:], 1):
        word = token.word
        if (
            (word in group("determiner") and index > 1)
            or word in group("personal")
            or not (word[0].isalpha() or word in (OPAQUE, "'s"))
        ):
            return False
        participle = word in open_group("past") or word in open_group("participle")
        if participle and (index > 1 or token is last):
            return False  # «the table users depended on»
        if word in open_group("ing") and index > 1:
            return False  # «the volume holding requests»
    return last.word not in group("outcome_adjective") and (not last.is_capital or last.word in group("person"))


def _is_bare_plural(whole: Sequence[Token]) -> bool:
    """Say whether words without a determiner are many things, such as «DNS records»; one thing would have a determiner."""
    head = whole[-1]
    is_many = head.text.islower() and head.word.endswith("s") and not head.word.endswith(("ss", "us", "is"))
    first = whole[0].word in open_group("ing") or whole[0].word in open_group("past")
    return is_many and head.word not in group("singular_s") and len(whole) <= 3 and not first


def is_noun_phrase(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Say whether certain tokens are one noun phrase, whatever follows them."""
    if not 0 <= first <= last or not _can_start(tokens[first]):
        return False
    inner = tokens[first : last + 1]
    of = next((at for at, token in enumerate(inner) if token.word == "of"), None)
    if of is not None:
        return is_noun_phrase(tokens, first, first + of - 1) and is_noun_phrase(tokens, first + of + 1, last)
    return not any(_stops(tokens, at, first) for at in range(first, last + 1)) and _is_noun(inner)


def _ends_well(tokens: Sequence[Token], at: int) -> bool:
    """Say whether what stands behind a noun phrase shows that it has ended there."""
    if at >= len(tokens):
        return True
    word = tokens[at].word
    if word in _JOINS or word == ",":
        following = at + 1
        if following < len(tokens) and tokens[following].word in _JOINS | {"but", "so", "then"}:
            following += 1
        while following < len(tokens) and tokens[following].word in open_group("adverb"):
            following += 1
        bare = word == "," and following == at + 1  # «the old, unused volume» goes on
        return following >= len(tokens) or _starts_anew(tokens[following], may_be_verb=not bare)
    return (
        word in _MARKS
        or word in group("particle")
        or word in group("preposition")
        or word in group("opener")
        or word in group("coordinator")
        or word in group("degree")
        or word in open_group("adverb")
    )


def _starts_anew(token: Token, *, may_be_verb: bool) -> bool:
    word = token.word
    return (
        word in group("determiner")
        or word in group("opener")
        or word in group("preposition")
        or word in ("i", "we", "he", "she", "it", "they", "nothing", "nobody")
        or (may_be_verb and word in open_group("past"))
        or is_auxiliary(word)
        or word in group("consequence")
    )


def is_plural(tokens: Sequence[Token], found: Object) -> bool | None:
    """Say whether an object is many; absent when its form does not tell."""
    words = [token.word for token in tokens[found.first : found.last + 1]]
    head = words[: words.index("of")] if "of" in words else words
    if head[0] in group("one") or head[-1] == OPAQUE:
        return False
    if head[0] in group("several"):
        return True if head[-1].endswith("s") else None
    word = head[-1]
    if word in group("uncounted") or not tokens[found.first + len(head) - 1].text.islower():
        return None
    if word in group("singular_s") or word.endswith(("ss", "us", "is")):
        return False
    return word.endswith("s")


def rest_of(tokens: Sequence[Token], first: int) -> tuple[int, int] | None:
    """Return the tokens, `first` and the end, that complete a verb before `first`; absent when that is not certain.

    They can stand behind another form of the same verb, as in «should have told us at once» and «to tell us at once».
    """
    end = first
    while end < len(tokens) and tokens[end].word not in _ENDS and tokens[end].word not in group("end_of_rest"):
        word = tokens[end].word
        if word in _JOINS or word == ",":
            if not _ends_well(tokens, end):
                return None
            break
        end += 1
    said = tokens[first:end]
    if 0 < end < len(tokens) - 1 and tokens[end].word in _ENDS and tokens[end + 1].start == tokens[end].end:
        return None  # the stop within a name, such as that of a host
    if not said:
        return None if end < len(tokens) and tokens[end].word in _JOINS else (first, end)
    closed = said[-1].word in group("determiner") or (
        said[-1].word in group("preposition") - group("particle") - group("stranded")
    )
    opens = False
    for before, token in zip((None, *said), said, strict=False):
        opens = opens or token.word in group("content_opener")
        is_verb = (is_auxiliary(token.word) and token.word != "'s") or token.word in open_group("past")
        attributive = before is not None and before.word in group("determiner")
        if (is_verb and not opens and not attributive) or token.word in group("degree") or token.word in group("personal"):
            return None
    return None if closed or len(said) > _MOST_WORDS else (first, end)


def quoted(text: str, tokens: Sequence[Token], span: tuple[int, int]) -> str | None:
    """Return tokens, first and end, as they stand in the source; absent where markup or a quotation stands in between."""
    first, end = span
    if first >= end:
        return ""
    said = " ".join(text[tokens[first].start : tokens[end - 1].end].split())
    return None if _MARKUP.search(_CODE.sub("", said)) or "`" in _CODE.sub("", said) else said
