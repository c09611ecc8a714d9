"""Corpus and week → digest, one value with many renderings.

    from coe.review.week import parse_week, week_of, week_of_day
    from coe.review.digest import Digest, digest          digest(corpus, week=…, as_of=…) -> Digest
    from coe.review.markdown import render                render(digest, link=None, shadow=None) -> str
    from coe.review.html import fragment, page, style     fragment(digest, link=None, shadow=None) -> str
    from coe.review.json_digest import render             render(digest) -> str

`link(kind, id)` returns the address of a `coe`, `tenet`, `program` or `minutes`, or None where there is no page.
"""
