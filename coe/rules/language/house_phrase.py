"""The rule `house-phrase`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.language.prose import Prose
from coe.rule import Bad, Finding, Good, rule

_WORDS = '[[lint.phrase]]\npattern = "war_room|bunker"\nmessage = "a term of war"\nsuggestion = "Write “tech call”."\n'
_FORMS = """\
[[lint.phrase]]
pattern = "[drop] the ... ball"
message = "an idiom that judges"
suggestion = "Write what was not done, and what hindered it."
subject = "people"
severity = "note"
"""
_OPTIONAL = '[[lint.phrase]]\npattern = "single? point|points of failure"\nmessage = "too wide to act on"\n'


@rule(
    "LNG115",
    Severity.WARNING,
    Bad("Nine engineers joined the «war\nroom», some called it the «Bunker».", files={"coe.toml": _WORDS}),
    Bad("The on-call «dropped the proverbial ball».", files={"coe.toml": _FORMS}),
    Bad("The proxy was a «point of failure», the «single\npoint of failure» of the region.", files={"coe.toml": _OPTIONAL}),
    Good("The tech call began at 14:03. See `war room` in the glossary.", files={"coe.toml": _WORDS}),
    Good("The load balancer dropped the ball.", files={"coe.toml": _FORMS}),
)
def house_phrase(prose: Prose) -> Iterator[Finding]:
    """A phrase that this repository has listed in `[[lint.phrase]]` of `coe.toml` has a better word here.

    Each entry says with its own `message`, `suggestion` and `severity` why, what to write, and how grave it is. The
    `pattern` is made of words, which stand one after the other, in small letters or capitals:

    | Write | for |
    | --- | --- |
    | `war room` | these words, also across a line break or with emphasis on one of them |
    | `war_room\\|bunker` | one of these; `_` joins several words to one choice |
    | `[forget]` | any form of a verb: forgets, forgot, forgotten, forgetting |
    | `single?` | a word that may be absent |
    | `...` | up to three words, between two others and never across a comma or a stop |
    | `<person>`, `<team>`, `<user>`, `<adverb>` | a word for people, their groups or those who use a service; an adverb |

    At least one word without `?` must be there. With `subject = "people"` the words count only where people do what they
    tell. Code, quotations and the targets of links are left alone, and so are the terms of `accept`.

    Source: the repository's own `coe.toml`.
    """
    for one in prose.said:
        words = " ".join(prose.mask[one.span.start : one.span.end].split())
        yield Finding(one.span, f"“{words}”: {one.phrase.message}", one.phrase.suggestion or None, severity=one.phrase.severity)
