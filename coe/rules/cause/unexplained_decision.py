"""The rule `unexplained-decision`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from coe.diagnostic import Severity
from coe.language.clause import clause_at
from coe.language.context import context_of
from coe.language.lexicon import group
from coe.language.prose import Prose
from coe.language.sentence import split
from coe.language.subject import Kind
from coe.language.token import Token
from coe.parse.prose import Passage
from coe.rule import Bad, Finding, Good, rule
from coe.text import Span

_DECIDERS = frozenset({Kind.WE, Kind.PERSON, Kind.TEAM, Kind.NAMED, Kind.SELF})
_MAX_TOKENS = 40  # a longer sentence tells its reasons somewhere


@rule(
    "CAU111",
    Severity.NOTE,
    Bad("At 14:05 we «decided to fail» over."),
    Bad("The incident commander «decided to keep» the cell in rotation. It stayed there."),
    Good("At 14:05 we decided to fail over, as the lag was still growing."),
    Good("At 14:05 we decided to fail over. We believed that the replica was in step."),
    Good("The lag kept growing. We decided to fail over."),
    Good("We decided to restart the pool to shed the stuck requests."),
    Good("We have decided to move the ledger next year."),
    Good("## Action items\n\n- We decided to fail over once a month.\n"),
    Good("The scheduler decided to evict the pod."),
)
def unexplained_decision(prose: Prose) -> Iterator[Finding]:
    """A decision is told with what was known and aimed at then; without it, readers judge it by how things ended.

    The rule asks only where neither the sentence, nor the one before it or after it in the paragraph, tells a reason,
    a goal, or what people saw. In front matter the rule `decision-without-context` asks the same of an event.

    Source: Sidney Dekker, The Field Guide to Understanding "Human Error", on local rationality and hindsight bias.
    """
    mask = prose.document.mask
    narrative = mask[prose.document.body_start :]
    if not any(map(narrative.__contains__, group("decide"))):  # plain searches: every document comes by here
        return
    for passage in prose.document.passages:
        if passage.field or passage.kind == "heading" or not any(mask.find(words, *passage.span) >= 0 for words in _decides()):
            continue
        if not context_of(passage).is_action:
            yield from _of(prose, passage)


@cache
def _decides() -> tuple[str, ...]:
    return tuple(f"{word} to " for word in sorted(group("decide")))


def _of(prose: Prose, passage: Passage) -> Iterator[Finding]:
    """Yield the decision with which a paragraph begins, when neither its sentence nor the next one explains it."""
    mask = prose.document.mask
    first, *others = (prose.tokens_of(sentence) for sentence in split(mask, passage.span))
    place = _decision(first)
    if place is None or _explains(first, place + 2) or (others and _explains(others[0], 0)):
        return
    span = Span(first[place].start, first[place + 2].end)
    if any(one.span.start < passage.span.end and passage.span.start <= one.span.start for one in prose.readings):
        return
    yield Finding(
        span,
        "the decision stands here without what was known then",
        "Add what was seen and aimed at, and what spoke against the other way: “…, as errors still grew and … took longer”.",
    )


def _decision(sentence: tuple[Token, ...]) -> int | None:
    """Return where people decide on an act in a sentence, absent when they do not, or only have done so."""
    if not 4 <= len(sentence) <= _MAX_TOKENS:
        return None
    for at, token in enumerate(sentence[:-3]):
        if token.word in group("decide") and sentence[at + 1].word == "to":
            clause = clause_at(sentence, at)
            is_told = clause.subject.kind in _DECIDERS and not (clause.is_negated or clause.modal or clause.opener)
            return at if is_told and sentence[at - 1].word not in group("have") and not clause.is_passive else None
    return None


def _explains(sentence: tuple[Token, ...], start: int) -> bool:
    words = [token.word for token in sentence[start:]]
    return "to" in words or any(word in group("explaining") for word in words)
