"""The digests that a meeting would see, as committed files: `COE_WRITE_GOLDEN=1 pytest tests/review` writes them anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from coe.review import html, json_digest, markdown, present
from coe.review.digest import Digest

GOLDEN = Path(__file__).parent / "golden"
RENDERINGS: dict[str, Callable[[Digest], str]] = {"md": markdown.render, "html": html.fragment, "json": json_digest.render}
NAMES = ("empty", "quiet", "year-end", "clock-change", "busy", "examples")


@pytest.mark.parametrize("form", RENDERINGS)
@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str, form: str, case: Callable[[str], Digest]) -> None:
    _compare(GOLDEN / f"{name}.{form}", RENDERINGS[form](case(name)))


def test_golden_of_many(case: Callable[[str], Digest]) -> None:
    made = case("many")
    _compare(GOLDEN / "many.md", markdown.render(made))
    assert len(made.new) == made.counts.coes == 200
    fragment = html.fragment(made, link=lambda kind, name: f"{kind}/{name}")
    assert fragment.count('<p class="coe-digest-title">') == markdown.ROWS + 1, "and the one in the spotlight"
    assert '<li class="coe-digest-more"><a href="list/coes">and 150 more COEs</a></li>' in fragment
    assert "and 180 more COEs" in present.page(made)
    assert len(json_digest.as_data(made)["new"]) == 200


@pytest.mark.parametrize("form", RENDERINGS)
@pytest.mark.parametrize("name", ["busy", "many"])
def test_the_same_digest_has_the_same_bytes(name: str, form: str, case: Callable[[str], Digest]) -> None:
    assert RENDERINGS[form](case(name)) == RENDERINGS[form](case(name))


def _compare(file: Path, text: str) -> None:
    if os.environ.get("COE_WRITE_GOLDEN"):
        file.write_text(text, encoding="utf-8", newline="\n")
        pytest.skip(f"wrote {file.name}")
    assert text == file.read_text(encoding="utf-8")
