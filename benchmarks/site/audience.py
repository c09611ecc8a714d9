"""Measure what stands between the words of an author and a page: rendering, the sanitizer, and the redaction for the public.

    python benchmarks/site/audience.py [COES]

CPU milliseconds of this process for one generated COE of 8.5 KB, the least of several runs over all of them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from coe.config import find
from coe.corpus import Corpus, collect
from coe.parse.html import to_html
from coe.site.audience import corpus_for
from coe.site.sanitized import sanitized

ROOT = Path(__file__).resolve().parents[2]
RUNS = 5


def least(work: Callable[[], object]) -> float:
    """Return the least CPU seconds of several runs."""
    took = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return min(took)


def for_the_public(corpus: Corpus) -> Corpus:
    """Return the corpus with every COE open to the public, as the generated ones are for people inside."""
    public = {"visibility": "public", "status": "published"}
    return replace(
        corpus,
        analyses=tuple(replace(one, noun=one.coe.model_copy(update=public)) if one.coe else one for one in corpus.analyses),
    )


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "benchmarks/generate.py"), folder, "--count", str(count)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        corpus = for_the_public(collect(find(Path(folder)), Path(folder)))
        bodies = [one.document.text[one.document.body_start :] for one in corpus.coes.values()]
        pages = [to_html(body, link=lambda href: href, image=lambda href: href) for body in bodies]
        rows = {
            "rendering of a narrative": least(lambda: [to_html(body, link=str, image=str) for body in bodies]),
            "the sanitizer behind it": least(lambda: [sanitized(page) for page in pages]),
            "narrowing for people inside": least(lambda: corpus_for(corpus, "internal")),
            "narrowing and redaction for the public": least(lambda: corpus_for(corpus, "public")),
        }
        if len(corpus_for(corpus, "public").coes) != count:
            raise SystemExit("a COE is not in the build for the public")
    for name, seconds in rows.items():
        print(f"{name:40} {seconds / count * 1000:7.3f} ms a COE")


if __name__ == "__main__":
    main()
