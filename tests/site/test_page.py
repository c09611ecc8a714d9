"""What reaches the site engine is headings of entities and blocks of one line."""

from __future__ import annotations

import html

import markdown
import yaml
from hypothesis import given
from hypothesis import strategies as st

from coe.render import Markup
from coe.site.page import page

RISKY = ["attr_list", "md_in_html", "tables", "fenced_code", "footnotes", "abbr", "def_list", "admonition", "toc", "smarty"]


def engine(text: str) -> tuple[str, list[dict[str, object]]]:
    converter = markdown.Markdown(extensions=RISKY)
    return converter.convert(text.split("---\n", 2)[2]), converter.toc_tokens


@given(st.text(max_size=80))
def test_the_engine_changes_no_text_of_an_author(words: str) -> None:
    body = f"<p>{html.escape(words)}</p>"
    text = page("x.md", body, title="T").text
    made, _ = engine(text)
    block = text.split("---\n", 2)[2].strip()
    assert made == block
    assert "\n" not in block


@given(
    st.text(max_size=60),
    st.sampled_from(["`", "{{ x }}", '--8<-- "a"', "```", "# ", "[x](y)", "*[A]: b", "!!! note", "{: onclick=x}", "<b>"]),
)
def test_a_heading_of_an_author_says_what_it_said(words: str, markup: str) -> None:
    body = f'<h3 id="text-x" data-toc="">{html.escape(words + markup)} end</h3><p>text</p>'
    made, tokens = engine(page("x.md", body, title="T").text)
    assert [token["id"] for token in tokens] == ["text-x"]
    assert made.count("<h3") == 1
    assert html.escape(markup.strip(), quote=False) in html.escape(html.unescape(made), quote=False)
    assert "<b>" not in made


@given(st.text(max_size=80))
def test_metadata_reads_back_as_one_escaped_line(title: str) -> None:
    head = yaml.safe_load(page("x.md", "<p>x</p>", title=title, description=title).text.split("---\n")[1])
    assert head["title"] == head["description"] if "description" in head else True
    assert "<" not in head["title"]
    assert '"' not in head["title"]
    assert "\n" not in head["title"]


def test_code_keeps_its_lines_on_one_line_of_the_page() -> None:
    made = page("x.md", "<pre><code>a\n\n    b `c`\n```\n</code></pre>", title="T").text
    block = made.split("---\n", 2)[2].strip()
    assert "\n" not in block
    assert html.unescape(block) == '<div class="coe"><pre><code>a\n\n    b `c`\n```\n</code></pre></div>'


def test_markup_is_not_escaped_twice() -> None:
    assert "&amp;lt;" not in page("x.md", str(Markup("<p>{}</p>").format("<b>&")), title="<b>").text
