"""References of the repository that lead nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from coe.corpus import Corpus
from coe.diagnostic import dotted
from coe.model.naming import Target
from coe.rule import Finding
from coe.text import nearest

_GUESSES = 50  # the nearest of ten thousand ids takes a while to find, and nobody reads a thousand guesses
_ALIKE = 0.75  # ids of COEs begin with a date, which makes any two of them somewhat alike


def unknown(corpus: Corpus, target: Target, found: Callable[[str], str], advice: Callable[[str], str]) -> Iterator[Finding]:
    """Yield a finding for each reference to one kind of thing that is not there; silent when nothing can be known.

    `found` says of an id what is missing, `advice` how the thing would be made.
    """
    known = corpus.known(target)
    if known is None:
        return
    missing = [reference for reference in corpus.references_to.get(target, ()) if reference.id not in known]
    asked = list(dict.fromkeys(reference.id for reference in missing))[:_GUESSES]
    ordered = sorted(known)
    guesses = {name: nearest(name, ordered, cutoff=_ALIKE) for name in asked}
    for reference in missing:
        guess, more = guesses.get(reference.id), advice(reference.id)
        help_text = f"Did you mean `{guess}`? If not: {more[0].lower()}{more[1:]}" if guess else more
        message = f"`{dotted(reference.path)}` names {found(reference.id)}"
        yield Finding(reference.path, message, help_text, analysis=reference.analysis)
