"""Sentence → Reading: which words blame whom, the gravest first; one sentence gives one reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from coe.diagnostic import Severity
from coe.language.act import act_of
from coe.language.aside import without_asides
from coe.language.clause import Clause
from coe.language.context import Context
from coe.language.frame import subject_of
from coe.language.lexicon import group
from coe.language.match import Match
from coe.language.phrase import END, keys, phrases
from coe.language.subject import Kind, Subject
from coe.language.token import Token
from coe.language.verb import is_auxiliary
from coe.parse.prose import OPAQUE
from coe.text import Span

# Of two readings that are as grave, the one further up: the first is the harder to have said.
RANK = (
    "punishment", "named-person", "human-error", "self-blame", "absolutes", "negligence", "judgement", "person-as-cause",
    "counterfactual", "hindsight", "team-blame", "knowledge-deficit", "weak-action", "passive-lapse",
)  # fmt: skip
_ACTS = frozenset({"negligence", "judgement", "person-as-cause", "absolutes"})
_LAPSES = _ACTS | {"team-blame", "counterfactual", "hindsight"}
_WITH_VERB = frozenset({"people", "hidden", "victim", "wide"})
_NEAR = 4  # words between a name and what is said of it
_MAX_TOKENS = 400  # of one sentence: what is longer is no prose
_MARKS = frozenset({".", ",", ";", ":", "(", ")", "!", "?", "--", "\u2013", "\u2014", "\u2026"})
_JOINED = frozenset({".", ",", ";", ":", ")", "!", "?", "-", "/", "'s"})
_ENDINGS = frozenset({"n't", "n\u2019t"})


class Reading(NamedTuple):
    """That a sentence blames: `span` are the words that do, `rest` is what follows them up to the next mark.

    `first` and `last` say which of the `tokens` of the sentence the words are.
    """

    category: str
    severity: Severity
    span: Span
    words: str
    rest: str
    subject: Kind
    who: str
    context: Context
    tokens: tuple[Token, ...] = ()
    first: int = 0
    last: int = 0


def read(sentence: tuple[Token, ...], *, context: Context, categories: frozenset[str] | None = None) -> Reading | None:
    """Return the gravest reading of a sentence, among some categories or all; absent when it blames nobody.

    A single word is a heading, no sentence.
    """
    if len(sentence) < 2:
        return None
    sentence = sentence[:_MAX_TOKENS]
    found = _readings(sentence, context)
    for shorter in without_asides(sentence) if not found else ():
        found += _readings(shorter, context)
    asked = (one for one in found if categories is None or one.category in categories)
    return min(asked, key=lambda one: (-one.severity, RANK.index(one.category), one.span.start - one.span.end), default=None)


def _readings(sentence: tuple[Token, ...], context: Context) -> list[Reading]:
    given = group("given_name")
    said = [token.word for token in sentence]
    if not given.isdisjoint(said) or "@" in "".join(said):
        said = ["@name" if is_name(token, given) else token.word for token in sentence]
    words = (*said, END)
    return [
        _reading(match, subject) for match in _matches(sentence, words, context) if (subject := subject_of(match)) is not None
    ]


def _matches(sentence: tuple[Token, ...], words: tuple[str, ...], context: Context) -> Iterator[Match]:
    present = {*words, "s"} if "'s" in words else frozenset(words)
    clauses: dict[int, Clause] = {}
    known = keys()
    for key in [at for at, word in enumerate(words) if word in known]:
        for phrase in phrases(words[key]):
            if not phrase.lacks.isdisjoint(present) or (phrase.needs and phrase.needs.isdisjoint(present)):
                continue
            for some in phrase.others:  # a loop, because a generator here takes as long as all the rest
                if some.isdisjoint(present):
                    break
            else:
                found = phrase.matches(words, key)
                if found:
                    yield Match(phrase, sentence, words, found[0], min(found[1], len(sentence) - 1), context, clauses)


def _reading(match: Match, subject: Subject) -> Reading:
    tokens, last = match.tokens, _last(match)
    first = _first(match)
    if subject.kind is Kind.NAMED and 0 < first - subject.last <= _NEAR:
        first = subject.last
    category = _category(match, subject.kind)
    end = next((at for at in range(last + 1, len(tokens)) if tokens[at].word in _MARKS), len(tokens))
    return Reading(
        category=category,
        severity=_severity(match, category, subject.kind),
        span=Span(tokens[first].start, tokens[last].end),
        words=_written(tokens, first, last + 1),
        rest=_written(tokens, last + 1, end),
        subject=subject.kind,
        who=_written(tokens, subject.first, subject.last + 1),
        context=match.context,
        tokens=tokens,
        first=first,
        last=last,
    )


def _first(match: Match) -> int:
    """Return where the words start, auxiliaries of the verb included."""
    first = match.first
    if match.phrase.frame in _WITH_VERB:
        start = match.clause().first
        first = next((at for at in range(start, first) if is_auxiliary(match.words[at]) or match.words[at] == "not"), first)
    elif match.phrase.frame == "act" and (act := act_of(match)):
        first = min(first, act.verb)
    return first


def _last(match: Match) -> int:
    """Return where the words end: «forgot» takes «to renew» with it, marks at the end are left out."""
    last = match.last
    while last > match.first and match.words[last] in (*_MARKS, END):
        last -= 1
    if match.phrase.frame != "people" or match.phrase.category not in _ACTS:
        return last
    last += match.words[last] != "to" and match.words[last + 1] == "to"
    return last + (match.words[last] == "to" and match.words[last + 1] not in (END, OPAQUE, *_MARKS))


def _written(tokens: tuple[Token, ...], first: int, end: int) -> str:
    """Return tokens as text, contractions joined again and names of things left out."""
    out = ""
    for token in tokens[first:end]:
        text = "\u2026" if token.word == OPAQUE else token.text
        out += text if not out or token.word in _JOINED or text[0] in "'\u2019" or text.lower() in _ENDINGS else f" {text}"
    return out


def _category(match: Match, kind: Kind) -> str:
    """Return the category: who is meant can weigh more than what is said of them."""
    category = match.phrase.category
    said = match.words[match.first : match.last + 1]
    if category in _LAPSES and (kind is Kind.NAMED or "@name" in said):
        return "named-person"
    if category in _LAPSES and kind is Kind.SELF:
        return "self-blame"
    if category in _ACTS and kind in (Kind.TEAM, Kind.USER, Kind.PROPER):
        return "team-blame"
    return category


def _severity(match: Match, category: str, kind: Kind) -> Severity:
    level = match.phrase.level
    if kind in (Kind.WE, Kind.SELF) or level == "low":
        return Severity.NOTE if category != "named-person" else Severity.WARNING
    # Others at fault weigh less than one person at fault: their view is missing, and they are not named as the cause.
    if level == "high" and category != "team-blame" and (match.context.is_cause or _is_labelled(match.words)):
        return Severity.ERROR
    return Severity.WARNING


def _is_labelled(words: tuple[str, ...]) -> bool:
    """Say whether a sentence begins with «Root cause:»."""
    label = words[: words.index(":")] if ":" in words[:4] else ()
    return any(word in ("cause", "causes", "reason", "why") for word in label)


def is_name(token: Token, given: frozenset[str]) -> bool:
    """Say whether a token names a person: a handle, an address, or a name that the lexicon knows."""
    word = token.word
    return (word in given or "@" in word) and (token.text[0].isupper() or "@" in word)
