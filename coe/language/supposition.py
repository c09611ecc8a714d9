"""Is it supposed that there had been a control? «If we had had a backup» blames nobody, «had we looked» does."""

from __future__ import annotations

from collections.abc import Sequence

from coe.language.lexicon import group, open_group

_SUBJECT = 6  # words between «if» and its verb
_ENDS = frozenset({",", ";", ":", ".", "(", ")"})
_VERBS = frozenset({"had", "was", "were", "would"})
_PRONOUNS = frozenset({"i", "we", "he", "she", "they", "nobody", "no one", "you"})


def supposes_control(words: Sequence[str]) -> bool:
    """Say whether a sentence supposes a thing that was not there, or that it had worked; never an act of people."""
    if words[0] == "with" and "," in words:
        return not _is_of_people(words[1 : words.index(",")])
    return any(_is_control(words, at) for at, word in enumerate(words) if word == "if" or (word == "had" and _opens(words, at)))


def _opens(words: Sequence[str], at: int) -> bool:
    return at == 0 or words[at - 1] in _ENDS


def _is_control(words: Sequence[str], at: int) -> bool:
    """Say whether the clause behind «if», or behind the «had» that stands for it, is about a control."""
    end = next((index for index in range(at + 1, len(words)) if words[index] in _ENDS), len(words) - 1)
    if words[at] == "if":
        verb = next((index for index in range(at + 1, min(at + 1 + _SUBJECT, end)) if words[index] in _VERBS), 0)
    else:
        verb = next((index - 1 for index in range(at + 2, min(at + 2 + _SUBJECT, end)) if _is_participle(words[index])), 0)
    if not verb:
        return False
    subject, said = (
        words[at + 1 : verb + (words[at] == "had")],
        [word for word in words[verb + 1 : end] if not _is_adverb(word)],
    )
    if not said:
        return False
    if words[verb] == "had" or words[at] == "had":
        owns = not _is_participle(said[0]) or (said[0] == "had" and said[1:2] != ["been"])
        if owns:
            return not _is_of_people(said)
    if any(word in group("human") or word in _PRONOUNS for word in subject):
        return False
    return not any(word in group("human_act", "part") or word in group("own_act", "part") for word in said[:3])


def _is_participle(word: str) -> bool:
    return word in open_group("participle")


def _is_adverb(word: str) -> bool:
    return word in open_group("adverb")


def _is_of_people(words: Sequence[str]) -> bool:
    """Say whether words name what is in people: care, knowledge, a phone call."""
    return any(
        word in group("virtue") or word in group("knowing") or word in group("glance") or word in group("forethought")
        for word in words
    )
