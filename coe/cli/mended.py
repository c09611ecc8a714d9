"""A run → what fixes or allowances make of its documents → their files, each whole or as it was, and the run after that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coe.cli.console import hand_back, say, tell
from coe.errors import CoeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from coe.baseline import Baseline
    from coe.cli.job import Job
    from coe.diagnostic import Diagnostic, Safety
    from coe.fix import Fixed, Found
    from coe.model.validate import Analysis
    from coe.read import Source


def fixed(job: Job, safeties: frozenset[Safety]) -> list[Fixed]:
    """Return the sources that fixes change, with what these make of them."""
    from coe.check import check
    from coe.corpus import analyse
    from coe.fix import converge

    targets = _writable(job)
    now = {id(analysis): analysis for analysis in job.corpus.analyses}

    def recheck(texts: Mapping[int, str]) -> Found:
        fresh = {at: analyse(targets[at].document.source.with_text(text), job.repository) for at, text in texts.items()}
        now.update((id(targets[at]), one) for at, one in fresh.items())
        corpus = replace(job.corpus, analyses=tuple(now.values()))
        return _by_document(check(corpus, fresh.values(), job.rules, crashes=[]), fresh)

    found = _by_document(job.check(), dict(enumerate(targets)))
    return converge([one.document.source for one in targets], found, recheck, safeties)


def allowed(job: Job, reason: str, known: Baseline | None = None) -> list[Fixed]:
    """Return the sources in which something is found that is not known, with an allowance beside each finding.

    What cannot be read gets none: one would hide the rest of that file, and bytes that are not text would be lost. Nor
    does an allowance that is left over: one more would be left over as well.
    """
    from coe.fix import Fixed
    from coe.format.allowance import allowed as with_allowances
    from coe.format.allowance import checked_reason
    from coe.levels import ALWAYS

    words, never = checked_reason(reason), {*ALWAYS, "unused-allowance"}
    new = known.less(job.check()) if known else job.check()
    targets = _writable(job)
    found = _by_document((one for one in new if one.rule not in never), dict(enumerate(targets)))
    out = []
    for at, target in enumerate(targets):
        before = target.document.source
        after = with_allowances(target.document, [(one.span, one.rule) for one in found[at]], words)
        if after != before.text:
            out.append(Fixed(before, after))
    return out


def _writable(job: Job) -> list[Analysis]:
    """Return the documents of a run but for those with flaws in their bytes: their text is not all that the file holds."""
    return [target for target in job.targets if not target.document.source.flaws]


def _by_document(found: Iterable[Diagnostic], documents: Mapping[int, Analysis]) -> Found:
    """Return what was found in some documents, each by its number."""
    places: dict[int, list[Diagnostic]] = {id(one.document.source): [] for one in documents.values()}
    for one in found:
        if id(one.source) in places:  # Some is told of other files, which a deletion broke.
            places[id(one.source)].append(one)
    return {at: places[id(one.document.source)] for at, one in documents.items()}


def written(job: Job, changed: list[Fixed]) -> Job:
    """Write new texts, to standard output for standard input, and return the run over what is there by then."""
    if job.stdin is not None:
        from coe.read import BOM

        hand_back((BOM if changed[0].before.bom else "") + changed[0].after if changed else job.stdin)
    else:
        write_mended(changed)
    fresh = {one.before.file: one.before.with_text(one.after) for one in changed if one.before.file}
    return job.again(fresh) if fresh else job


def write_mended(changed: Iterable[Fixed]) -> None:
    """Write new texts to their files, and say to how many.

    Errors: as those of `put`.
    """
    done: list[Fixed] = []
    try:
        put(changed, done.append)
    finally:
        if done:
            say(f"{len(done)} file{'' if len(done) == 1 else 's'} changed.")


def put(changed: Iterable[Fixed], after_each: Callable[[Fixed], object]) -> None:
    """Write new texts to their files, and do something after each.

    Errors: `CoeError` for a file that the system refuses or that others have written meanwhile, after all others are written.
    """
    from coe.write import write_text

    refused: list[CoeError] = []
    for one in changed:
        try:
            if (file := one.before.file) is not None:
                _require_as_read(one.before, file)
                write_text(file, one.after, bom=one.before.bom)
        except CoeError as error:
            refused.append(error)
        else:
            after_each(one)
    for other in refused[:-1]:
        tell(other)
    if refused:
        raise refused[-1]


def _require_as_read(before: Source, file: Path) -> None:
    """Go on when a file still holds what was looked at: what an editor has saved since must not be lost.

    Errors: `CoeError` when it does not.
    """
    from coe.read import read

    if read(file, shown=before.path).digest != before.digest:
        raise CoeError(f"{before.path} was changed while it was looked at, and is left as it is", "Run the command again.")
