"""The rule `duplicate-document-id`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.corpus import Corpus
from coe.diagnostic import Severity
from coe.model.coe import Coe
from coe.model.organization import Minutes, Program, Tenet
from coe.model.validate import Analysis
from coe.rule import Bad, Finding, Good, rule

_SHOWN = 3
_HEAD = "---\nid: {}\ntitle: {}\nkind: near_miss\nstatus: draft\nseverity: SEV2\nowner_team: payments\n---\n"
_ID, _TITLE = "2026-07-14-checkout-pool-exhaustion", "Checkout in Europe nearly failed"


@rule(
    "REF107",
    Severity.ERROR,
    Bad(_HEAD.format(f"«{_ID}»", _TITLE), files={f"coes/copy/{_ID}.md": _HEAD.format(_ID, _TITLE)}),
    Good(_HEAD.format(_ID, _TITLE), files={"coes/2025/2025-11-02-search.md": _HEAD.format("2025-11-02-search", _TITLE)}),
)
def duplicate_document_id(corpus: Corpus) -> Iterator[Finding]:
    """Two documents of one kind have two ids: a reference to one of them would lead to either, and one page hides the other.

    A file that was copied to start a new one still has the id of the old one. Minutes are told apart by their week.
    """
    holders: dict[tuple[str, str], list[Analysis]] = {}
    for analysis in corpus.analyses:
        noun = analysis.noun
        if isinstance(noun, Coe | Tenet | Program | Minutes):
            name = noun.week if isinstance(noun, Minutes) else noun.id
            holders.setdefault((analysis.kind, name), []).append(analysis)
    for (kind, name), sharing in holders.items():
        key = "week" if kind == "minutes" else "id"
        # Ten thousand copies of a file would name each other a hundred million times.
        paths = [one.document.source.path for one in sharing[: _SHOWN + 1]]
        for analysis in sharing if len(sharing) > 1 else ():
            others = [path for path in paths if path != analysis.document.source.path][:_SHOWN]
            more = f" and {len(sharing) - 1 - len(others)} more" if len(sharing) - 1 > len(others) else ""
            yield Finding(
                (key,),
                f"the {key} `{name}` is also that of {', '.join(others)}{more}",
                f"Give each file its own `{key}`, the name of the file without `.md`, or delete the copy.",
                analysis=analysis,
            )
