"""Does a sentence give the reason of a lapse, or say that it was right so? Then it is an observation about the system."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from coe.language.lexicon import group, open_group
from coe.language.phrase import END
from coe.language.verb import is_auxiliary

_RESULTS = frozenset({"result", "consequence", "rule", "matter", "part", "precaution"})
_AGREED = frozenset({"agreed", "planned", "scheduled", "instructed", "prescribed", "intended"})


def has_reason(words: Sequence[str], first: int, last: int) -> bool:
    """Say whether the reason stands behind the words from `first` to `last`, or before the comma of their clause."""
    if any(_begins(words, at) for at in range(last, len(words) - 1)):
        return True
    before = words[:first]
    if (words[0] in ("with", "given") and "," in before) or any(
        mark in words[last:-2] and _is_told(words, last, mark) for mark in (":", ";")
    ):
        return True
    if any(word in ("so", "reason") for word in words[max(0, first - 4) : last]):
        return True
    opens = any(word in group("reason") for word in before[:2]) or _opens_reason(words)
    if opens and "," in before:
        return True
    return any(one in ("too", "so") and two in group("reason_pair") for one, two in pairwise(words))


def is_sanctioned(words: Sequence[str], last: int) -> bool:
    """Say whether it was right so, by what stands behind the word at `last`: «skipped the canary, as agreed»."""
    for at in range(last + 1, len(words) - 3):
        begins = words[at] in ("as", "per") and (words[at - 1] in (",", "as", "(") or words[at + 1] in group("determiner"))
        begins = begins or (words[at] == "as" and words[at + 1] in _AGREED)
        if begins and any(word in group("sanctioned") for word in words[at : at + 6]):
            return True
    return False


def _begins(words: Sequence[str], at: int) -> bool:
    """Say whether a word begins a reason; «since January» and «marked as broken» do not."""
    word, following = words[at], words[at + 1]
    if word == "since":
        is_time = following in group("calendar") or following[0].isdigit()
        return not is_time or (following in ("its", "his", "her", "their") and _tells(words, at))
    if word in group("reason"):
        return True
    if word == "as" and words[at - 1] != "such" and (following in group("telling") or following[0].isdigit()):
        return True
    # «, as tickets had come in», «, for the pager was mute»
    return words[at - 1] == "," and (word == "as" or (word == "for" and following in group("determiner"))) and _tells(words, at)


def _opens_reason(words: Sequence[str]) -> bool:
    """Say whether a sentence opens with a reason: «As both vans had one call sign, …», not «As a result, …»."""
    return words[0] == "as" and words[1] in group("telling") and not _RESULTS.intersection(words[2:4])


def _tells(words: Sequence[str], at: int) -> bool:
    """Say whether a clause stands behind a word: a subject, then its verb."""
    behind = words[at + 1 : at + 12]
    end = next((place for place, word in enumerate(behind) if word in (",", ";", ".", END)), len(behind))
    verb = next((place for place, word in enumerate(behind[:end]) if is_auxiliary(word) or word in open_group("past")), 0)
    return verb > 0 or (words[at] == "for" and any(word in group("relative") for word in behind[:end]))


def _is_told(words: Sequence[str], last: int, mark: str) -> bool:
    """Say whether the reason is told behind a mark: «missed it: the console shows ten rows»."""
    behind = words[words.index(mark, last) + 1 :]
    return behind[0] in ("it", "they", "there", "its", "the", "this", "no", "our") and any(map(is_auxiliary, behind))
