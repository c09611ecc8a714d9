"""The rule `why-leaf-about-person`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Path, Severity
from coe.language.clause import Clause, clause_at
from coe.language.lexicon import group, open_group
from coe.language.names import people_of
from coe.language.sentence import split
from coe.language.subject import Kind
from coe.language.token import Token, tokens
from coe.language.verb import is_auxiliary
from coe.model.causes import walk_whys
from coe.model.coe import SET_ASIDE, Coe
from coe.model.validate import Analysis
from coe.rule import Bad, Finding, Good, rule
from coe.text import Span

_PERSONS = frozenset({Kind.PERSON, Kind.NAMED, Kind.SELF})
_MAX_TOKENS = 200  # of one sentence: who acts is said before
_WHY = "five_whys:\n  - why: Why was the volume gone?\n    because: {}\n    cause: C1\n"
_DEEPER = "    whys: [{why: Why did both look alike?, because: The host names differ in one letter., cause: C1}]"


@rule(
    "CAU105",
    Severity.WARNING,
    Bad(_WHY.format("«The engineer» selected the volume of the other host.")),
    Bad(_WHY.format(">-\n      At night «the operator» had confirmed both prompts.")),
    Good(_WHY.format("The console shows host names that differ in one letter.")),
    Good(_WHY.format("The engineer was shown a list without environments.")),
    Good(_WHY.format("The engineer had no way to see which host it was.")),
    Good(_WHY.format("The operator pod restarted without its volume.")),
    Good(_WHY.format(f"The engineer selected the volume of the other host.\n{_DEEPER}")),
)
def why_leaf_about_person(analysis: Analysis) -> Iterator[Finding]:
    """A chain of whys that ends at what a person did ends one question early: ask what made it possible and look right.

    Acts may stand inside a chain; at its end a condition is due that the next person meets too, such as what was shown,
    asked for or allowed. What was done to somebody, and what somebody was, had or could do, is such a condition.

    Source: Sidney Dekker, The Field Guide to Understanding "Human Error"; John Allspaw, "The Infinite Hows".
    """
    coe, document = analysis.noun, analysis.document
    if not isinstance(coe, Coe) or coe.status in SET_ASIDE:
        return
    leaves = [(*path, "because") for path, why in walk_whys(coe.five_whys) if not why.whys]
    places = _places(analysis) if leaves else {}
    names = people_of(document.text, document.body_start) if leaves else frozenset()
    for path in leaves:
        for sentence in split(document.mask, places[path]) if path in places else ():
            found = tokens(document.mask, sentence)[:_MAX_TOKENS]
            clause = _main_clause(found, names)
            if clause is None or not _is_act(clause):
                continue
            subject = clause.subject
            yield Finding(
                Span(found[subject.first].start, found[subject.last].end),
                "this chain of whys ends at what a person did",
                "Ask once more, below it: what made this possible, and what made it look right? `whys: [{why: …, because: …}]`",
            )
            break


def _places(analysis: Analysis) -> dict[Path, Span]:
    return {passage.field: passage.span for passage in analysis.document.passages if passage.field}


def _main_clause(found: tuple[Token, ...], names: frozenset[str]) -> Clause | None:
    """Return the clause of the first verb that can be told from its form, absent when there is none."""
    for index, token in enumerate(found):
        if index == 0 or not (is_auxiliary(token.word) or token.word in open_group("past")):
            continue
        clause = clause_at(found, _verb(found, index), names)
        if clause.subject.kind is not Kind.IMPLIED:
            return None if _is_held(found, index) else clause
    return None


def _verb(found: tuple[Token, ...], index: int) -> int:
    """Return where the verb stands that an auxiliary at `index` belongs to, or the index itself."""
    at = index
    while at + 1 < len(found) and (is_auxiliary(found[at + 1].word) or found[at + 1].word in open_group("adverb")):
        at += 1
    follows = found[at + 1].word if at + 1 < len(found) else ""
    return at + 1 if follows in open_group("participle") or follows in open_group("past") else at


def _is_held(found: tuple[Token, ...], index: int) -> bool:
    """Say whether a form of to have or to be is the verb itself: what somebody had or was is no act."""
    word = found[index].word
    return (word in group("have") or word in group("be")) and _verb(found, index) == index


def _is_act(clause: Clause) -> bool:
    return clause.subject.kind in _PERSONS and not clause.is_passive and not clause.modal and not clause.opener
