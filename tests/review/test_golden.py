"""The digests that a meeting would see, as committed files: `COE_WRITE_GOLDEN=1 pytest tests/review` writes them anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from coe.review import html, ics, json_digest, mail, markdown, present, slack
from coe.review.digest import Digest
from coe.review.slides import slides

GOLDEN = Path(__file__).parent / "golden"
RENDERINGS: dict[str, Callable[[Digest], str]] = {"md": markdown.render, "html": html.fragment, "json": json_digest.render}
NAMES = ("empty", "quiet", "year-end", "clock-change", "autumn", "busy", "parts", "examples")
SENT: dict[str, Callable[[Digest], str]] = {
    "slack": slack.render,
    "eml": lambda digest: mail.render(digest).decode("ascii"),
    "ics": lambda digest: ics.render(digest).decode("utf-8"),
}


@pytest.mark.parametrize("form", RENDERINGS)
@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str, form: str, case: Callable[[str], Digest]) -> None:
    _compare(GOLDEN / f"{name}.{form}", RENDERINGS[form](case(name)))


@pytest.mark.parametrize("form", SENT)
@pytest.mark.parametrize("name", ["empty", "quiet", "parts"])
def test_golden_of_what_is_sent(name: str, form: str, case: Callable[[str], Digest]) -> None:
    _compare(GOLDEN / f"{name}.{form}", SENT[form](case(name)).replace("\r\n", "\n"))


def test_golden_of_many(case: Callable[[str], Digest]) -> None:
    made = case("many")
    _compare(GOLDEN / "many.md", markdown.render(made))
    assert len(made.new) == made.counts.coes == 200
    fragment = html.fragment(made, link=lambda kind, name: f"{kind}/{name}")
    assert fragment.count('<p class="coe-digest-title">') == markdown.ROWS + 1, "and the one in the spotlight"
    assert '<li class="coe-digest-more"><a href="list/coes">and 150 more COEs</a></li>' in fragment
    shown = sum(len(slide.rows) for slide in slides(made) if slide.what == "new")
    assert 10 <= shown <= 20, "five slides of what the last row can read"
    assert f"and {200 - shown} more COEs" in present.page(made)
    assert len(json_digest.as_data(made)["new"]) == 200


@pytest.mark.parametrize("form", [*RENDERINGS, *SENT, "present"])
@pytest.mark.parametrize("name", ["busy", "many", "parts"])
def test_the_same_digest_has_the_same_bytes(name: str, form: str, case: Callable[[str], Digest]) -> None:
    rendered = (RENDERINGS | SENT | {"present": present.page})[form]
    assert rendered(case(name)) == rendered(case(name))


def _compare(file: Path, text: str) -> None:
    if os.environ.get("COE_WRITE_GOLDEN"):
        file.write_text(text, encoding="utf-8", newline="\n")
        pytest.skip(f"wrote {file.name}")
    assert text == file.read_text(encoding="utf-8")
