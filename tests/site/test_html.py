"""The author's Markdown becomes HTML that cannot run anything and says what the author wrote."""

from __future__ import annotations

import re
from html import unescape

import pytest

from coe.parse.document import parse
from coe.parse.html import to_html
from coe.parse.links import links
from coe.read import Source
from coe.site.plain import markdown
from coe.site.sanitized import sanitized
from coe.site.sections import sections
from tests.site.conftest import ROOT


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


NOTED = """\
# Why?[^head]

Slow[^1], and slow again[^1], then gone[^More]. Not known[^x], not `read[^1]`.

> quoted[^q]
>
> [^q]: In a quote.

[^more]: See [the plan](plan.md).
It goes on[^deep].

    And on.

[^1]: One.
[^1]: Another of this name.
[^deep]:
    - first
    - second

[^unread]: Nobody[^alone] asks.
[^alone]: Only asked for by what is left out.
[^head]: Of the heading.
"""


def test_notes_stand_at_the_end_in_the_order_in_which_they_are_met() -> None:
    made = html(NOTED)
    body, _, notes = made.partition('<section class="coe-notes" aria-label="Footnotes">')
    assert '<h3 id="text-why" data-toc="">Why?</h3>' in body
    assert "Not known[^x], not <code>read[^1]</code>." in body
    assert re.findall(r'<a href="#(\S+)" id="\S+" aria-label="Footnote (\d)">\2</a>', body) == [
        ("footnote-2", "2"), ("footnote-2", "2"), ("footnote-3", "3"), ("footnote-4", "4"),
    ]  # fmt: skip
    words = [re.sub("<[^>]*>|\u21a9\ufe0e[ \\d]*|\\s+", " ", one).split() for one in notes.split("<li id=")[1:]]
    assert [" ".join(one).partition(">")[2].strip() for one in words] == [
        "Of the heading.", "One.", "See the plan . It goes on 5 . And on.", "In a quote.", "first second",
    ]  # fmt: skip
    assert "Nobody" not in made
    assert "Another" not in made


def test_each_note_leads_back_to_each_place_that_refers_to_it() -> None:
    made = html(NOTED)
    names = re.findall(r' id="([^"]+)"', made)
    assert len(names) == len(set(names))
    assert set(re.findall(r'href="#([^"]+)"', made)) <= set(names)
    back = re.findall(r'<a href="#(footnote-\d-at-\d)" class="coe-note-back" aria-label="([^"]+)">', made)
    assert back[:3] == [
        ("footnote-2-at-1", "Back to the text, footnote 2, place 1"),
        ("footnote-2-at-2", "Back to the text, footnote 2, place 2"), ("footnote-3-at-1", "Back to the text, footnote 3"),
    ]  # fmt: skip


def test_notes_hold_no_more_than_other_text_may() -> None:
    made = sanitized(html('a[^"><script>] b[^ok]\n\n[^"><script>]: <img src=x>\n[^ok]: [x](javascript:y) <b>'))
    assert "<script" not in made
    assert "<img" not in made
    assert "<b>" not in made
    assert 'href="javascript' not in made
    assert sanitized('<a id="coe-search" href="#footnote-1">x</a>') == '<a href="#footnote-1">x</a>'


def test_notes_are_notes_again_in_the_markdown_of_a_page() -> None:
    assert markdown(sanitized(html("Slow[^a].\n\n[^a]: One.\n\n    Two.\n\nLast[^b].\n\n[^b]:\n    - x\n"))) == (
        "Slow[^1].\n\nLast[^2].\n\n[^1]: One.\n\n      Two.\n[^2]:\n      - x"
    )


def test_the_words_of_a_note_are_found_and_its_number_is_no_part_of_a_word() -> None:
    assert sections(html("# Head\n\nSlow[^a].\n\n[^a]: A note.\n"))[0].text == "Slow. A note."


@pytest.mark.parametrize(
    "text",
    [
        "[^" * 4000 + "\n\n[^a]: x", "[^a]: " * 4000, "[^a]" * 4000 + "\n\n[^a]: x", "> " * 60 + "[^a]: x\n" * 400,
        "\n".join(f"{'    ' * depth}[^{depth}]: x" for depth in range(90)), "[^a]:\n\n" * 3000, "- [^a]: x\n" * 2000,
        "[^a]: [^b]\n[^b]: [^a]\n\n[^a]",
    ],
)  # fmt: skip
def test_no_text_is_too_much_for_notes(text: str) -> None:
    assert sanitized(html(text)) is not None


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


TEXTS = [
    *((ROOT / "examples").rglob("coes/*/*.md")), *((ROOT / "examples").rglob("tenets/*.md")),
]  # fmt: skip
ALL_OF_MARKDOWN = """\
# A ## B

a *b* **c** ~~d~~ `e` [f](g.md "h") ![i](j.png) <https://k.example> \\
l

3. m
   - n

> o

| p | q | r |
|:--|--:|:-:|
| s | t | u |

```python
v < w & "x"
```

y[^z]

[^z]: a note

---
"""


@pytest.mark.parametrize("text", [ALL_OF_MARKDOWN, *(file.read_text("utf-8").split("---\n", 2)[2] for file in TEXTS)])
def test_the_second_wall_changes_nothing_of_what_we_render(text: str) -> None:
    def link(href: str) -> str:
        return href

    made = to_html(text, link=link, image=lambda _: "data:image/svg+xml;base64,PHN2Zy8+")
    assert unescape(sanitized(made)) == unescape(made).replace("\r", "").replace(" />", ">")
    assert "style=" not in made


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>x</a>",
        "<svg onload=alert(1)>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>", "<img src='data:text/html,alert(1)'>", "<iframe src=x>",
        "<p style='background:url(x)' onclick='alert(1)'>x</p>", "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
        "<form action=x><input name=alert></form>", "<style>@import 'alert'</style>", "<base href=//alert>",
        "<object data=alert>",
    ],
)  # fmt: skip
def test_the_second_wall_holds_where_the_first_would_not(html: str) -> None:
    assert "alert" not in sanitized(f"<p>before</p>{html}<p>after</p>")


def test_each_block_runs_as_its_first_letter_does_where_a_text_has_both_directions() -> None:
    text = (
        "## מה\n\n**תור** full!\n\n- 1: ראשית\n\n- x\n\n> ציטוט\n\n| שלב | n |\n|---|---|\n| זמן | 10 |\n\nIn English: תור.\n"
    )
    made = sanitized(html(text))
    assert '<p dir="rtl"><strong>תור</strong> full!</p>' in made
    assert '<ul dir="rtl">' in made
    assert '<p dir="ltr">x</p>' in made
    assert '<blockquote dir="rtl">' in made
    assert '<table dir="rtl" class="coe-table">' in made
    assert "<td>10</td>" in made
    assert '<p dir="ltr">In English: תור.</p>' in made
    assert '<h3 id="text-5de5d4" data-toc="">מה</h3>' in made


def test_a_text_of_one_direction_is_left_alone() -> None:
    assert "dir=" not in html(ALL_OF_MARKDOWN)
