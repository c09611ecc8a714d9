"""A verb in a sentence → its clause: subject, voice, modality, negation and tense, by rules of English word order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from coe.language.finder import Finder
from coe.language.lexicon import group, open_group
from coe.language.subject import Kind, Subject
from coe.language.token import Token
from coe.language.verb import is_verb, verb_group


class Clause(NamedTuple):
    """What is said of a subject; `first` is where the verb group starts, `opener` the word that begins the clause."""

    subject: Subject
    first: int
    modal: str = ""
    is_negated: bool = False
    is_past: bool = False
    is_passive: bool = False
    is_infinitive: bool = False
    opener: str = ""


def clause_at(tokens: Sequence[Token], verb: int) -> Clause:
    """Return the clause whose verb, or the adverb or negation before it, is the token at `verb`."""
    verbs = verb_group(tokens, verb)
    finder = Finder(tokens)
    subject, inverted, opener = finder.subject(verbs.first)
    words = (*verbs.words, *inverted)
    word = tokens[verb].word
    be = max((place for place, one in enumerate(words) if one in group("be")), default=-1)
    is_passive = be >= 0 and word in open_group("participle") and not any(w in group("have") for w in words[be + 1 :])
    return Clause(
        subject=subject,
        first=verbs.first,
        modal=next((one for one in words if one in group("modal")), ""),
        is_negated=any(one in ("not", "never", "cannot") for one in words) or subject.kind is Kind.NOBODY,
        is_past=word in open_group("past")
        or any(one in ("did", "had", "has", "have", "was", "were", "been") for one in words)
        or (subject.kind.is_people and _is_told(tokens, verb)),
        is_passive=is_passive,
        is_infinitive="to" in verbs.words,
        opener=opener,
    )


def _is_told(tokens: Sequence[Token], verb: int) -> bool:
    """Say whether a gerund tells of what was done: behind a comma or «after», and its sentence is in the past."""
    before = tokens[verb - 1].word if verb else ""
    is_added = before in (",", "and", "or") or before in group("gerund_opener") or (verb == 0 and len(tokens) > 1)
    if not is_added or tokens[verb].word not in open_group("ing"):
        return False
    return any(is_verb(tokens, at) and tokens[at].word in open_group("past") for at in range(1, len(tokens)))
