"""What the change that is judged did to COEs that were there before."""

from __future__ import annotations

from collections.abc import Iterator

from coe.corpus import Corpus
from coe.model.coe import Coe
from coe.model.validate import Analysis


def changes(corpus: Corpus) -> Iterator[tuple[Analysis, Coe, Coe]]:
    """Yield each COE that differs from what it was, with what it says and what it said; nothing where no change is judged."""
    for analysis in corpus.analyses if corpus.base else ():
        before = corpus.before(analysis)
        if analysis.coe and before and before.coe:
            yield analysis, analysis.coe, before.coe
