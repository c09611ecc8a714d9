"""Is a word that could be a name one here? By what stands around it: whoever acts, speaks or is thanked is a person."""

from __future__ import annotations

from collections.abc import Sequence

from coe.language.lexicon import group, open_group
from coe.language.token import Token
from coe.language.verb import is_auxiliary

_MARKS = frozenset({"*", "-", "--", "\u2013", "\u2014", "(", ")", ":", ",", ".", ";", "|", "/"})
_NEAR = 6  # tokens between words that belong together
_SAINTS = frozenset({"san", "santa", "st", "saint", "sao"})
_MONTHS = frozenset({"jan", "jun"})
_THANKS = frozenset({"thanks", "thank", "kudos", "credit", "props"})


def is_human_act(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Say whether tokens are a person for what only people do or are: «told us», «engineer …», «thanks to …», «… (SRE)»."""
    at = _skipped(tokens, last + 1)
    if at < len(tokens) and tokens[at].word in group("human_verb") and not tokens[at].word.endswith("ing"):
        return True
    if last + 2 < len(tokens) and tokens[last + 1].word == "(" and is_role(tokens[last + 2 : last + 8]):
        return True
    before = tokens[first - 1].word if first else ""
    if before in ("and", ","):  # «thanks to the vendor and Will»
        before = next((token.word for token in tokens[max(0, first - _NEAR) : first] if token.word in _THANKS), before)
    if before == "to" and first > 1:
        before = tokens[first - 2].word
    return before in _THANKS or (before in group("person") and tokens[first].is_capital and not before.endswith("s"))


def acts(tokens: Sequence[Token], first: int, last: int, *, anywhere: bool = False) -> bool:
    """Say whether tokens that are also plain words are a person: one does something, in the middle of a sentence.

    What is no word of the language, such as a handle, may also begin one: `anywhere`.
    """
    if is_human_act(tokens, first, last):
        return True
    if begins(tokens, first) and not anywhere:
        return False  # «Will failed jobs start again?», «Mark failed hosts»
    if first and tokens[first - 1].word == "by" and tokens[first].is_capital:
        return True
    rest = range(last + 1, min(last + 1 + _NEAR, len(tokens)))
    at = next((at for at in rest if tokens[at].word not in open_group("adverb")), len(tokens))
    word = tokens[at].word if at < len(tokens) else ""
    return word in open_group("past") or word in ("was", "were", "had", "did", "has")


def begins(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a token is the first word of a sentence, but for marks."""
    return at <= _NEAR and all(token.word in _MARKS for token in tokens[:at])


def is_initials_place(tokens: Sequence[Token], at: int) -> bool:
    """Say whether letters stand where somebody acts, owns or is asked: «AK restarted it», «by AK», «Owner: AK»."""
    before = tokens[at - 1].word if at else ""
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if before in ("by", ":", "(") or (not before and not after):
        return True
    if before in group("determiner") or after in ("-", "/"):
        return False
    does = after.endswith("s") and after not in ("was", "is") and not before
    return after in ("to", "'s") or after in open_group("past") or after in open_group("adverb") or is_auxiliary(after) or does


def can_follow_given(tokens: Sequence[Token], at: int) -> bool:
    """Say whether the word behind a given name can be the family's: one with a capital, and no word of the language."""
    if at + 1 >= len(tokens) or tokens[at + 1].start != tokens[at].end + 1:
        return False
    following = tokens[at + 1]
    return following.is_capital and following.word.isalpha() and not is_common(following.word)


def is_place_or_date(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a given name is none here: «San Jose», «12 Jan»."""
    before = tokens[at - 1].word if at else ""
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    return before in _SAINTS or (tokens[at].word in _MONTHS and (before[:1].isdigit() or after[:1].isdigit()))


def is_role(some: Sequence[Token]) -> bool:
    """Say whether words say what somebody does: «SRE», «on call», «database team»."""
    said = [token.word for token in some]
    inner = said[: said.index(")")] if ")" in said else said
    return any(
        word in group("person") or word in group("maybe_person") or word in ("call", "they", "she", "he") for word in inner
    )


def is_given(word: str) -> bool:
    """Say whether a word is a common given name, or two with a hyphen."""
    return word in group("given_name") or ("-" in word and all(part in group("given_name") for part in word.split("-")))


def is_common(word: str) -> bool:
    """Say whether a word with a capital is none of a name: a role, a team, a day, a word of the language."""
    common = ("person", "maybe_person", "team", "user", "human_modifier", "determiner", "preposition", "pronoun", "coordinator")
    return any(word in group(name) for name in common) or word in group("ordinary_name")


def _skipped(tokens: Sequence[Token], first: int) -> int:
    """Return where the verb stands behind auxiliaries and adverbs."""
    for at in range(first, min(first + _NEAR, len(tokens))):
        word = tokens[at].word
        if not (is_auxiliary(word) or word == "not" or word in open_group("adverb")):
            return at
    return len(tokens)
