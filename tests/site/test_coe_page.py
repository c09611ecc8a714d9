"""What the page of a COE says, as text: gaps, progress, reasons, history, and its Markdown."""

from __future__ import annotations

import datetime as dt
import gzip
import html
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coe.cli.edits import edits
from coe.config import find
from coe.corpus import collect
from coe.parse.html import to_html
from coe.site.pages import content
from coe.site.plain import PIECE, markdown
from coe.site.publication import Edit, Publication
from coe.site.sanitized import sanitized
from tests.site.conftest import ROOT, coe, coe_text, small_files, write, written_out

NAME = "2026-07-14-pool"
CAUSES = """\
root_causes:
  - {id: C1, category: technical, statement: No bound.}
  - {id: C2, category: process, statement: No review., accepted_risk: The system is retired in March.}
  - {id: C3, category: detection, statement: No alarm.}
  - {id: C4, category: knowledge, statement: No runbook.}
action_items:
  - {id: A1, title: Bound it, type: prevent, status: done, owner_team: payments, addresses: [C1]}
  - {id: A2, title: Alarm on it, type: detect, status: open, owner_team: payments, due: 2026-08-01, addresses: [C1]}
  - {id: A3, title: Write it down, type: process, status: wont_do, owner_team: payments, reason: Retired., addresses: [C4]}
"""


def files_of(folder: Path, history: dict[str, tuple[Edit, ...]] | None = None) -> dict[str, str]:
    publication = Publication(collect(find(folder), folder), dt.date(2026, 8, 20), history=history or {})
    return written_out(content(publication))


def page_of(folder: Path, history: dict[str, tuple[Edit, ...]] | None = None) -> str:
    """Return the words of the page, with its markup left out."""
    text = html.unescape(files_of(folder, history)[f"docs/coes/{NAME}/index.md"])
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def copy_of(folder: Path) -> str:
    """Return the Markdown that the page carries."""
    found = re.search(r'<code id="markdown-text">(.*?)</code>', files_of(folder)[f"docs/coes/{NAME}/index.md"], re.DOTALL)
    assert found
    return html.unescape(html.unescape(found[1]))


def repository(folder: Path, **given: str) -> Path:
    return write(folder, small_files(**given))


def test_gaps_accepted_risks_and_progress_are_said(tmp_path: Path) -> None:
    said = page_of(repository(tmp_path, more=CAUSES))
    assert "No action item answers C3 and C4 ." in said
    assert said.count("No action item answers C3.") == 1
    assert "No action item answers C4." in said, "an action that will not be done answers nothing"
    assert "Accepted risk The system is retired in March." in said
    assert "No action item answers C2" not in said
    assert "1 of 2 done, 1 overdue, 1 will not be done" in said
    assert "4 causes, 2 unanswered" in said
    assert "1 of 2 action items done, 1 overdue" in said


def test_windows_and_the_severity_over_time_are_told(tmp_path: Path) -> None:
    more = "severity_history: [{at: 2026-07-14T14:05:10Z, level: SEV2}]\n"
    said = page_of(repository(tmp_path, more=more))
    assert "SEV2 from 2026-07-14 14:05:10 UTC" in said
    assert "I1 ↑ degraded 2026-07-14 13:57:40 to 14:29 , 31 min" in said


def test_tenets_programs_and_minutes_come_back_with_a_reason(tmp_path: Path) -> None:
    more = "learnings: [{id: L1, statement: Bound it., audience: org, tenet: static-stability}]\n"
    files = small_files(more=more)
    files["reviews/2026-W31.md"] = (
        files["reviews/2026-W30.md"]
        .replace("2026-W30", "2026-W31")
        .replace(
            "reviewed: [{coe: 2026-07-14-pool, outcome: accepted, notes: The bound is worth a program.}]", f"spotlight: {NAME}"
        )
    )
    said = page_of(write(tmp_path, files))
    assert "tenet Static stability adopted learning L1 speaks for it" in said
    assert "program Retry budgets in all clients active puts the tenet Static stability into practice" in said
    assert "2026-W30 accepted reviewed" in said
    assert "2026-W31 shown at length" in said


def test_a_tie_is_not_told_again_as_a_likeness(tmp_path: Path) -> None:
    like = "tags: [rare-pool]\ntrigger: {type: attack}\nmitigation: [{type: isolate, outcome: effective}]\n"
    files = {f"coes/2025/2025-01-{day:02}-x.md": coe_text(f"2025-01-{day:02}-x") for day in range(1, 29)}
    files |= small_files(more=like)
    files["coes/2024/2024-01-01-like.md"] = coe_text("2024-01-01-like", title="Refunds delayed in Asia", more=like)
    said = page_of(write(tmp_path / "a", files))
    assert "Similar COEs" in said
    assert "both set off by an attack; both tagged rare-pool; both mitigated by isolate" in said
    files[f"coes/2026/{NAME}.md"] = coe_text(
        more=f"{like}related: [{{type: recurrence_of, id: 2024-01-01-like, note: Same pool.}}]\n"
    )
    said = page_of(write(tmp_path / "b", files))
    assert "Similar COEs" not in said
    assert "recurrence of Refunds delayed in Asia 2024-01-01, SEV2 Same pool." in said


def test_history_tells_days_and_subjects_after_publication(tmp_path: Path) -> None:
    more = "published: 2026-07-24\nrevisions: [{at: 2026-08-03, text: Two more cells were affected.}]\n"
    folder = repository(tmp_path, more=more, status="published")
    history = {NAME: (Edit("2026-08-10", "Name a <b>cell</b>"), Edit("2026-08-01", ""), Edit("2026-07-24", "Publish"))}
    said = page_of(folder, history)
    found = said[said.index("History") : said.index("Cite this")]
    assert "2026-08-10 Name a cell commit" in found
    assert re.findall(r"\d{4}-\d\d-\d\d", found) == ["2026-08-10", "2026-08-03", "2026-08-01", "2026-07-24"]
    assert "2026-08-01 Edited commit" in found
    assert "Publish " not in found
    assert "<b>" not in files_of(folder, history)[f"docs/coes/{NAME}/index.md"]
    public = coe_text(more=more, visibility="public", status="published")
    write(folder, {"coe.toml": '[site]\nvisibility = ["public"]\n', f"coes/2026/{NAME}.md": public})
    assert "Name a" not in page_of(folder, history), "what is written for colleagues is not for everybody"
    folder = repository(tmp_path / "again", more=more, status="published")
    many = {NAME: tuple(Edit("2026-08-10", f"Change {number}") for number in range(25))}
    assert "5 older commits not shown" in page_of(folder, many)


def git(folder: Path, *words: str, day: str = "2026-07-01", name: str = "Example Person") -> None:
    who = {"NAME": name, "EMAIL": "someone@example.com", "DATE": f"{day}T12:00:00Z"}
    env = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
    subprocess.run(
        ["git", "-C", str(folder), "-c", "commit.gpgsign=false", *words], check=True, capture_output=True,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(folder), **env},
    )  # fmt: skip


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """Return a repository with a history: written, renamed, and edited under subjects of all kinds."""
    folder = repository(tmp_path / "told", more="published: 2026-07-24\n", status="published")
    file = folder / f"coes/2026/{NAME}.md"
    old = folder / "coes/old.md"
    file.rename(old)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(
        folder, "commit", "-q", "-m", "Write it", "-m", "Co-authored-by: Example Person <someone@example.com>", day="2026-07-20"
    )
    old.rename(file)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Move it", day="2026-07-21")
    for day, subject in (
        ("2026-08-01", "Count a <script>cell"),
        ("2026-08-02", "As Example noted"),
        ("2026-08-03", "For @secret"),
    ):
        file.write_text(file.read_text("utf-8") + "\nMore.\n", "utf-8")
        git(folder, "commit", "-q", "-am", subject, day=day)
    return folder


def test_git_tells_days_and_subjects_and_nobody(told: Path) -> None:
    corpus = collect(find(told), told)
    found = edits(corpus.repository, corpus.catalog)
    assert found == {
        NAME: (
            Edit("2026-08-03", ""), Edit("2026-08-02", ""), Edit("2026-08-01", "Count a <script>cell"),
            Edit("2026-07-21", "Move it"), Edit("2026-07-20", "Write it"),
        ),
    }  # fmt: skip
    assert coe("build", "--as-of", "2026-08-20", cwd=told).returncode == 0
    text = (told / f"site/coes/{NAME}/index.html").read_text("utf-8")
    shown = html.unescape(re.sub(r"<[^>]*>", "", text))
    assert "Count a <script>cell" in shown
    for absent in ("Example Person", "As Example", "@secret", "Write it", "someone@"):
        assert absent not in shown


def test_where_git_knows_no_history_nothing_is_said(told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shallow = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "1", told.as_uri(), str(shallow)], check=True, capture_output=True)
    repository_of = find(shallow)
    assert edits(repository_of, None) == {}
    assert edits(find(repository(tmp_path / "none")), None) == {}
    monkeypatch.setenv("PATH", str(tmp_path))
    assert edits(find(told), None) == {}


def test_one_look_at_git_serves_all_coes(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import coe.cli.edits as module

    asked = []
    real = module.git
    monkeypatch.setattr(module, "git", lambda *words: asked.append(words) or real(*words))
    for number in range(30):
        write(
            told, {f"coes/2025/2025-01-{number % 28 + 1:02}-x{number}.md": coe_text(f"2025-01-{number % 28 + 1:02}-x{number}")}
        )
    git(told, "add", ".")
    git(told, "commit", "-q", "-m", "Add many")
    assert len(edits(find(told), None)) == 31
    assert len(asked) == 2


def test_the_markdown_says_what_the_page_says(tmp_path: Path) -> None:
    body = "## What happened\n\nSee [the program](../../programs/retry-budgets.md) and [a site](https://example.com/x).\n"
    text = copy_of(repository(tmp_path, more=CAUSES, body=f"{body}\n<!-- coe: allow x: secret -->\n"))
    assert text.startswith("# Checkout errors in Europe\n\n> **Draft.** ")
    assert "- Customers affected for: 31 min (1 impact window)" in text
    assert "### What happened\n\nSee the program and [a site](<https://example.com/x>)." in text
    assert "secret" not in text
    assert "- **C3**, detection: No alarm. No action item answers it." in text
    assert "| A2 | Alarm on it | open | Payments | 2026-08-01 |" in text
    assert "\n\n\n" not in text


def narrative(text: str) -> str:
    return markdown(to_html(text, link=lambda href: href, image=lambda _: None))


@pytest.mark.parametrize(
    "text",
    [
        "A *word* and a **strong** one, `code` too.",
        "### Head\n\nText.",
        "- one\n- two\n  - three\n\n  more of two\n- four",
        "3. three\n4. four",
        "> quoted\n>\n> - an item\n> - another",
        "```\na\n\n  b `c`\n```",
        "- item\n\n  ```\n  code\n  ```",
        "| a | b |\n|---|---|\n| c | d |",
        "one\n\n---\n\ntwo",
        "a [link](https://example.com/a) here",
    ],
)
def test_markdown_of_a_narrative_reads_back_as_the_same_page(text: str) -> None:
    def page(source: str) -> str:
        made = to_html(source, link=lambda href: href, image=lambda _: None)
        return re.sub(r"\s+", " ", re.sub(r"</?p>", "", made)).strip()

    assert page(narrative(text)) == page(text)


def test_no_markup_comes_out_of_a_narrative() -> None:
    text = narrative("\\# no head \\<script\\>\n\n&lt;b&gt; 1\\. no list [x](javascript:y) `<img src=x>` @somebody")
    assert text == ("\\# no head &lt;script&gt;\n\n&lt;b&gt; 1. no list \\[x\\](javascript:y) `<img src=x>` @\u2060somebody")


def test_a_page_stays_small_on_the_wire(examples: Path) -> None:
    """The largest of the examples, and it holds the whole page: facts, drawing, tree, links."""
    sizes = {
        file.parent.name: len(gzip.compress(file.read_bytes(), 9)) for file in (examples / "site/coes").glob("*/index.html")
    }
    assert len(sizes) == 12
    assert max(sizes.values()) < 30_000, "half of what a page may weigh"


def test_what_the_page_asks_is_plain() -> None:
    """A page is made again only when an answer changes, so an answer must be comparable."""
    from coe.site.library import Library
    from coe.site.questions import Questions

    publication = Publication(collect(find(ROOT / "examples"), ROOT), dt.date(2025, 11, 22))
    questions = Questions(publication, Library(ROOT, {}))
    for name in publication.coes:
        for answer in (questions.similar(name), questions.growth(name), questions.edits(name), questions.spotlights(name)):
            assert all(
                isinstance(part, str | bool | int) for one in answer for part in (one if isinstance(one, tuple) else (one,))
            )


class _Pieces(HTMLParser):
    """What a reader of any HTML sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(("", tag))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(("/", tag))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        self.seen.append(("text", data))


MARKS = [
    "*", "`", "\n\n", "\n- ", "\n3. ", "> ", "<b>", "<!--", "&amp;", "&", '"', "[a](b>\"c 'd')", "![p](q.png)", "\n---\n",
    "\n|a|b|\n|-|:-|\n",
]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(MARKS), st.text(max_size=9)), max_size=12).map("".join))
def test_a_narrative_is_read_in_pieces_as_any_html(text: str) -> None:
    made = to_html(text, link=lambda href: href, image=lambda href: href)
    for written in (made, sanitized(made)):
        reader = _Pieces()
        reader.feed(written)
        reader.close()
        found = [("text", html.unescape(words)) if words else (end, tag) for end, tag, _, words in PIECE.findall(written)]
        assert found == reader.seen
        assert PIECE.sub("", written) == ""
