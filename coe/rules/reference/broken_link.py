"""The rule `broken-link`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.case import Case
from coe.diagnostic import Severity
from coe.parse.addresses import is_local, local_target, named_target
from coe.parse.links import links
from coe.rule import Bad, Finding, Good, rule

_HEAD = "---\nid: 2026-07-14-checkout-pool-exhaustion\n---\n\n"
_STORIES = frozenset({"coe", "tenet", "program", "minutes"})


@rule(
    "REF109",
    Severity.ERROR,
    Bad(
        _HEAD
        + "See the [graph](«img/none.png»), ![it](<«a b.png»>) and [the other COE][other].\n\n[other]: «../2025/none.md»\n"
    ),
    Good(
        _HEAD + "See [the tenet](../../tenets/static-stability.md#why), [us](#here) and `[no](link.md)`.\n",
        files={"tenets/static-stability.md": "Keep working.\n"},
    ),
)
def broken_link(case: Case) -> Iterator[Finding]:
    """A link or picture in a narrative leads to a file that is in the repository.

    Readers meet a dead end on the code host and on the site alike. Addresses are relative to the document, or to the
    root of the repository when they begin with `/`. The build of the site stops at such a link.
    """
    analysis, root = case.analysis, case.repository.root
    file = analysis.document.source.file if analysis.kind in _STORIES else None
    for link in links(analysis.document) if file else ():
        if file is None or not is_local(link.href):
            continue
        target = local_target(link.href, file=file, root=root)
        what = "picture" if link.is_image else "link"
        if target is None:
            message = f"the {what} `{link.href}` leads out of the repository"
            yield Finding(link.span, message, "Name a file of the repository, or write a full https:// address.")
        elif not case.exists(target, named=named_target(link.href, file=file, root=root)):
            message = f"the {what} `{link.href}` leads to a file that is not there"
            yield Finding(link.span, message, "Mend the path, or add the file.")
