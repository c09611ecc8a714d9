"""What authors write stays text in every format."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from coe.review import html, json_digest, markdown
from coe.review.digest import Digest
from coe.review.markdown import escaped

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "x</li></ul></div><h1>taken over</h1>",
    '" onmouseover="alert(1)',
    "</style><script>alert(1)</script>",
    "<!-- coe: allow-file everything: no -->",
    "[click](javascript:alert(1))",
    "![pixel](https://tracker.example/p.png)",
    "[ref]: https://evil.example",
    "<https://evil.example>",
    "https://evil.example/path and www.evil.example",
    "someone@evil.example and @everyone, see #1",
    "# A heading of its own",
    "1. first 2) second",
    "- item\n- item\n\n# heading\n\n---\n",
    "> quote | cell",
    "+ plus and = equals",
    "    indented code",
    "``` fence",
    "`code` **bold** __bold__ *it* _it_ ~~gone~~",
    "{{ 7 * 7 }} {% raw %} {: onclick=alert(1) }",
    "&lt;script&gt; &amp; &#106;",
    "back\\slash \\` \\<b>",
    "\x1b[31mred\x1b]0;title\x07 \x9b2J",
    "right-to-left \u202etxt.exe\u2066",
    "line\u2028separator\u0085next",
    "\u200b\u2060 \u200e",
    "tags \U000e0041\U000e0042 and zero\u200bwidth \ufeff",
]
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")


def made(kit: Any, payload: str) -> Digest:
    """A digest in which every text of an author is a payload."""
    title = f"{payload} in a title"[:120]
    items = [
        kit.item("A1", title=payload, due="2026-11-01"),
        kit.item("A2", title=payload, status="done", completed="2026-11-18"),
    ]
    files = {
        **kit.coe(
            "2026-11-16-pool", title=title, summary=payload, action_items=items, tags=["pool"],
            learnings=[{"id": "L1", "statement": payload, "audience": "org", "tenet": "bound"}],
        ),
        **kit.coe("2026-11-02-pool", title=title, status="in_review"),
        **kit.coe("2026-09-01-pool", title=title, status="draft", action_items=items),
        "tenets/bound.md": kit.front(id="bound", title=payload, status="proposed", statement="S", rationale="R"),
        **kit.minutes(
            "2026-W47", "2026-11-20", spotlight="2026-11-16-pool",
            reviewed=[{"coe": "2026-11-16-pool", "outcome": "accepted", "notes": payload}],
            decisions=[{"id": "D1", "text": payload, "tenet": "bound"}],
        ),
        "catalog.yaml": f"teams:\n  - {{id: payments, name: {kit.quoted(payload)}}}\n",
    }  # fmt: skip
    digest: Digest = kit.case("2026-W47", files).digest()
    assert digest.counts.left_out == 0
    assert (len(digest.new), len(digest.queue), len(digest.late_drafts), len(digest.completed)) == (1, 1, 1, 2)
    return digest


class Outline(HTMLParser):
    """The tags and attributes of a page, in order, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", ((data, None),)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_html(kit: Any, payload: str) -> None:
    page = html.page(made(kit, payload))
    assert Outline(page).tags == Outline(html.page(made(kit, "harmless"))).tags
    assert not UNSEEN.search(page)
    visible = " ".join(" ".join(Outline(page).words).split())
    assert visible.count(html.words.plain(payload)) >= 8


def structure(text: str) -> list[str]:
    """The tags that Markdown becomes, for a reader that knows tables, strikethrough, raw HTML and bare links."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return re.findall(r"<[^>]*>", reader.render(text))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markdown(kit: Any, payload: str) -> None:
    text = markdown.render(made(kit, payload))
    assert structure(text) == structure(markdown.render(made(kit, "harmless")))
    assert not UNSEEN.search(text)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_json(kit: Any, payload: str) -> None:
    digest = made(kit, payload)
    text = json_digest.render(digest)
    assert json.loads(text) == json_digest.as_data(digest)
    assert json.loads(text)["completed"][0]["title"] == payload.strip()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]", text)


def test_bare_addresses_and_mentions_are_not_linked() -> None:
    assert escaped("https://evil.example") == "https:\\/\\/evil.example"
    assert escaped("www.evil.example") == "www\\.evil.example"
    assert escaped("ask @everyone or a@b.example about #12") == "ask @\u2060everyone or a@\u2060b.example about #\u206012"


@given(st.text(st.characters(codec="utf-8"), max_size=60))
@pytest.mark.parametrize(("line", "marks"), [("- {}\n", set()), ("- **{}**: a fact\n", {"strong_open", "strong_close"})])
def test_any_text_is_one_run_of_text_in_markdown(line: str, marks: set[str], text: str) -> None:
    tokens = MarkdownIt("commonmark", {"html": True}).parse(line.format(escaped(text)))
    assert [token.type for token in tokens] == [
        "bullet_list_open", "list_item_open", "paragraph_open", "inline",
        "paragraph_close", "list_item_close", "bullet_list_close",
    ]  # fmt: skip
    children = {child.type for token in tokens for child in token.children or ()}
    assert children - {"text", "text_special"} == marks


@given(st.text(max_size=60))
def test_a_text_of_printed_characters_is_told_as_any_other(text: str) -> None:
    assert html.words.plain(text) == html.words.plain(f"{text}\xad"), "the last character is not seen, and takes the long way"


def test_an_address_is_no_link_however_it_is_written() -> None:
    assert escaped("see WWW.evil.example and wWw.evil.example") == "see WWW\\.evil.example and wWw\\.evil.example"


def test_a_tilde_and_a_bar_are_read_as_themselves() -> None:
    made = MarkdownIt("commonmark").renderInline(escaped("about ~ 5 | 6 #8"))
    assert made == "about ~ 5 | 6 #\u20608"
