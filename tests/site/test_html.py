"""The author's Markdown becomes HTML that cannot run anything and says what the author wrote."""

from __future__ import annotations

import pytest

from coe.parse.document import parse
from coe.parse.html import to_html
from coe.parse.links import links
from coe.read import Source


def html(text: str) -> str:
    return to_html(text, link=lambda href: href, image=lambda href: None)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "<svg/onload=alert(1)>", "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))", "[x](data:text/html,<script>alert(1)</script>)", "<javascript:alert(1)>",
        "![x](vbscript:x)", "[x](//example.org/y)", "[a]: javascript:alert(1)\n\n[a]", "# <img src=x onerror=alert(1)>",
        "[x](&#106;avascript:alert(1))",
        "| a |\n|---|\n| <b onclick=alert(1)>x</b> |", "<!-- x --><script>alert(1)</script>", "[x](java\tscript:alert(1))",
    ],
)  # fmt: skip
def test_nothing_of_an_author_becomes_a_tag_or_a_script_address(text: str) -> None:
    made = html(text).lower()
    for found in ("<script", "<img", "<svg", "<b ", 'href="javascript', 'href="data', 'href="//', 'href="vbscript'):
        assert found not in made


def test_comments_are_left_out_and_code_keeps_them() -> None:
    made = html("<!-- coe: allow x: y -->\n\nText <!-- here --> on.\n\n<!-- two\nlines -->\n\n`<!-- kept -->`\n\n<!-- open")
    assert "allow" not in made
    assert "here" not in made
    assert "lines" not in made
    assert "<code>&lt;!-- kept --&gt;</code>" in made
    assert "&lt;!-- open" in made


def test_headings_are_shifted_and_have_ids_of_their_own() -> None:
    made = html("# Über uns\n\n## Why?\n\n## Why?\n\n> # Quoted\n")
    assert '<h3 id="text-fcber-uns" data-toc="">Über uns</h3>' in made
    assert '<h4 id="text-why" data-toc="">' in made
    assert '<h4 id="text-why-1" data-toc="">' in made
    assert '<h3 id="text-quoted">Quoted</h3>' in made


def test_a_link_that_leads_nowhere_keeps_its_words() -> None:
    made = to_html("See [the *plan*](gone.md) and ![a graph](gone.png).", link=lambda _: None, image=lambda _: None)
    assert made == "<p>See the <em>plan</em> and a graph.</p>\n"


def test_pictures_of_other_hosts_become_links() -> None:
    assert '<a href="https://example.org/a.png" rel="noopener noreferrer">a graph</a>' in html(
        "![a graph](https://example.org/a.png)"
    )


def test_a_text_full_of_open_comments_is_searched_once() -> None:
    class Counted(str):
        searches = 0

        def rfind(self, *given: object) -> int:
            Counted.searches += 1
            return super().rfind(*given)  # type: ignore[arg-type]

    from coe.parse.html import _comment_end

    text, env = Counted("<!-- " * 1000), {}
    assert {_comment_end(text, at * 5, env) for at in range(1000)} == {-1}
    assert Counted.searches == 1


def test_links_are_found_with_the_place_of_their_address() -> None:
    text = '---\nid: x\n---\n\nSee [a](<b c.md>), ![d](../e.png "t"), `[f](g.md)` and [h][i].\n\n'
    text += "```\n[j](k.md)\n```\n\n[i]: l.md\n"
    found = links(parse(Source("x.md", text)))
    assert [(text[link.span.start : link.span.end], link.is_image) for link in found] == [
        ("b c.md", False), ("../e.png", True), ("l.md", False),
    ]  # fmt: skip
