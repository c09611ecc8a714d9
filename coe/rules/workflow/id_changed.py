"""The rule `id-changed`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.corpus import Corpus
from coe.diagnostic import Severity
from coe.rule import Bad, Finding, Good, rule
from coe.rules.workflow.change import changes


@rule(
    "WFL105",
    Severity.ERROR,
    Bad("id: «2026-07-15-checkout-pool»\n", before="id: 2026-07-14-checkout-pool-exhaustion\n"),
    Good("id: 2026-07-15-checkout-pool\n", before="id: 2026-07-14-checkout-pool-exhaustion\nstatus: draft\n"),
    Good("id: 2026-07-14-checkout-pool-exhaustion\n", before="id: 2026-07-14-checkout-pool-exhaustion\nstatus: draft\n"),
    Good("id: 2026-07-14-checkout-pool-exhaustion\n"),
    of_change=True,
)
def id_changed(corpus: Corpus) -> Iterator[Finding]:
    """The id of a COE stays once its draft is done: pages, minutes and other repositories name the COE by it.

    A title may change at any time. Only a run with `--base REF` sees what the id was; a file that git takes for a
    renamed one is compared with the file that it was.
    """
    for analysis, coe, old in changes(corpus):
        if coe.id != old.id and old.status != "draft":
            message = f"the id was `{old.id}` before this change, and links lead to it"
            yield Finding(("id",), message, f"Write `id: {old.id}` and keep the name of the file.", analysis=analysis)
