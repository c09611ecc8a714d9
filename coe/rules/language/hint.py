"""Reading → the start of another sentence, made of the words of this one; nothing where the parse is not certain."""

from __future__ import annotations

from collections.abc import Callable

from coe.language.reading import Reading
from coe.rules.language.deeds import act, flaw, lapse, lapsed, omission, partly, unasked
from coe.rules.language.said import Said
from coe.rules.language.views import (
    belief,
    care,
    control,
    duration,
    during,
    how_to,
    nobody,
    pace,
    recall,
    refusal,
    reminder,
    topic,
    watch,
    wish,
)

Shape = Callable[[Said], str | None]
_WITH_PEOPLE: tuple[Shape, ...] = (refusal, wish, omission, lapse, unasked, flaw)
_SHAPES: dict[str, tuple[Shape, ...]] = {
    "human-error": (during,),
    "negligence": (omission, lapse, unasked, partly, duration, lapsed),
    "counterfactual": (control, wish),
    "judgement": (belief, pace, refusal, duration, lapse),
    "named-person": (*_WITH_PEOPLE, act),
    "self-blame": (*_WITH_PEOPLE, act),
    "team-blame": _WITH_PEOPLE,
    "person-as-cause": (flaw, act),
    "weak-action": (care, reminder, watch, recall),
    "knowledge-deficit": (how_to, lapse, topic),
    "passive-lapse": (partly, lapse, pace),
    "absolutes": (nobody,),
}


def hint(reading: Reading, text: str) -> str | None:
    """Return a hint that is built from the sentence; absent when none can be built without a guess."""
    said = Said(reading, text)
    return next((found for shape in _SHAPES.get(reading.category, ()) if (found := shape(said))), None)
