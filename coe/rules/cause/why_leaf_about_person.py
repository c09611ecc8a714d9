"""The rule `why-leaf-about-person`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Path, Severity
from coe.language.main_clause import act_of
from coe.language.prose import read_prose
from coe.language.sentence import split
from coe.model.causes import walk_whys
from coe.model.coe import SET_ASIDE, Coe
from coe.model.validate import Analysis
from coe.rule import Bad, Finding, Good, rule
from coe.text import Span

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
    if not leaves:
        return
    places, prose = _places(analysis), read_prose(document)
    for path in leaves:
        for sentence in split(document.mask, places[path]) if path in places else ():
            act = act_of(prose.tokens_of(sentence)) if prose.may_tell_act(sentence) else None
            if act is None:
                continue
            yield Finding(
                act.doer,
                "this chain of whys ends at what a person did",
                "Ask once more, below it: what made this possible, and what made it look right? `whys: [{why: …, because: …}]`",
            )
            break


def _places(analysis: Analysis) -> dict[Path, Span]:
    return {passage.field: passage.span for passage in analysis.document.passages if passage.field[:1] == ("five_whys",)}
