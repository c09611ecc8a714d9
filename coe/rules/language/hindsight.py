"""The rule `hindsight`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Edit, Fix, Severity
from coe.language.lexicon import group
from coe.language.prose import Prose
from coe.language.reading import Reading
from coe.rule import Bad, Finding, Good, rule
from coe.rules.language.told import finding
from coe.text import Span

_SAFE = frozenset({"obviously", "clearly", "plainly", "evidently", "simply", "merely", "just", "naturally", "surely"})


@rule(
    "LNG104",
    Severity.WARNING,
    Bad(
        "The on-call «simply assumed» that the replica was in step.", fixed="The on-call assumed that the replica was in step."
    ),
    Bad("«Obviously», nobody runs this on a live cluster.", fixed="Nobody runs this on a live cluster."),
    Bad("The operator «just clicked» through.", fixed="The operator clicked through."),
    Bad("The «operator should simply» read the banner.", fixed="The operator should read the banner."),
    Bad("«All the engineer had to do was» read the banner."),
    Bad("It «should have been obvious»."),
    Bad("Any backup test is «common sense»."),
    Good("The fix was simply a larger pool, and rolling back was easy."),
    Good("We simply restarted the pod."),
    Good("The page clearly shows the environment."),
    Good("Not just one engineer reads this channel."),
)
def hindsight(prose: Prose) -> Iterator[Finding]:
    """Words such as “obviously” and “simply” call easy what is easy to see only now, and shame whoever did not see it.

    Everything was as clear as the screens, texts and hours of that night made it. Where deleting the word leaves the
    sentence whole, the fix does so.

    Source: Baruch Fischhoff, "Hindsight ≠ foresight" (1975); Sidney Dekker, The Field Guide to Understanding "Human Error".
    """
    for reading in prose.of("hindsight"):
        made = finding(
            prose,
            reading,
            "“{words}” makes it look easier than it was, and hides what people saw",
            "Leave the judging word out, and write what people saw and what they did not see then.",
        )
        yield Finding(made.where, made.message, made.help, _without(prose, reading), made.severity)


def _without(prose: Prose, reading: Reading) -> Fix | None:
    """Return the deletion of the one judging adverb, absent where it could mean something else or markup stands around it."""
    tokens = reading.tokens
    found = [at for at in range(reading.first, reading.last + 1) if tokens[at].word in _SAFE]
    if len(found) != 1:
        return None
    before = tokens[found[0] - 1].word if found[0] else ""
    # «had just clicked» tells a time, «not simply» says the opposite, and what stands between commas needs both of them.
    if before in ("not", "never", ",") or (tokens[found[0]].word == "just" and before in group("have")):
        return None
    return _deletion(prose.document.text, Span(tokens[found[0]].start, tokens[found[0]].end))


def _deletion(text: str, word: Span) -> Fix | None:
    start, end = word
    end += text[end : end + 1] == ","
    gap = len(text[end : end + 9]) - len(text[end : end + 9].lstrip(" "))
    following = text[end + gap : end + gap + 1]
    if not gap or not following.isalpha() or (start and text[start - 1] not in " \n("):
        return None
    capital = text[start].isupper() and following.islower()
    edit = Edit(Span(start, end + gap + capital), following.upper() if capital else "")
    return Fix("safe", (edit,))
